namespace Linfen.AirMap.Tables;

/// <summary>Private files for what must be read twice or out of order. They have no name, so that they vanish with the process at the latest.</summary>
static class Spool
{
    const int BufferBytes = 128 * 1024;

    public static FileStream Create()
    {
        var path = Path.Combine(Path.GetTempPath(), "airmap-" + Guid.NewGuid().ToString("N"));
        var unix = !OperatingSystem.IsWindows();
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            BufferSize = BufferBytes,
            Options = FileOptions.Asynchronous | (unix ? FileOptions.None : FileOptions.DeleteOnClose),
        };
        if (unix)
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(path, options);
        if (unix)
        {
            File.Delete(path);
        }

        return file;
    }

    /// <summary>A copy that stands at its start.</summary>
    /// <exception cref="TableException"><c>file-too-large</c>, as soon as more than the limit was read.</exception>
    public static async Task<FileStream> CopyAsync(Stream body, long limit, CancellationToken cancellation)
    {
        var file = Create();
        try
        {
            var buffer = new byte[BufferBytes];
            for (int read; (read = await body.ReadAsync(buffer, cancellation)) > 0;)
            {
                if (file.Length + read > limit)
                {
                    throw new TableException("file-too-large", $"The file has more than {limit} bytes.");
                }

                await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
                await file.FlushAsync(cancellation);
            }

            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
