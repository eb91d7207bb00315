using System.Security.Cryptography;

namespace Linfen.AirMap.Photos;

enum PhotoSize
{
    /// <summary>At most 2048 pixels long.</summary>
    View,

    /// <summary>At most 320.</summary>
    Thumbnail,
}

/// <summary>
/// Photos by the SHA-256 of their bytes. <c>originals/</c> keeps the bytes as they came: evidence, opened by nothing here.
/// <c>views/</c> has the copies that are shown. A photo is there once its original is, which is written last; every file appears whole or
/// not at all, so that the same photo may be stored by many at once and again after a crash.
/// </summary>
sealed class PhotoStore(string folder) : IDisposable
{
    public const int MostBytes = 20 * 1024 * 1024;

    const int ViewSide = 2048;
    const int ThumbnailSide = 320;

    /// <summary>A decoded photo of 60 million pixels takes 240 MB.</summary>
    const int DecodedAtOnce = 2;

    readonly SemaphoreSlim decoding = new(DecodedAtOnce);

    public async Task<PhotoOutcome> StoreAsync(Stream body, CancellationToken cancellation)
    {
        if (await ReadAsync(body, cancellation) is not { } photo)
        {
            return new PhotoOutcome.Refused(PhotoRefusals.TooLarge);
        }

        if (PhotoFormat.MediaTypeOf(photo) is not { } mediaType)
        {
            return new PhotoOutcome.Refused(PhotoFormat.IsHeic(photo) ? PhotoRefusals.Heic : PhotoRefusals.NoPhoto);
        }

        using var darkroom = Darkroom.Enter(photo, out var reason);
        if (darkroom is null)
        {
            return new PhotoOutcome.Refused(reason);
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(photo));
        if (!File.Exists(Original(hash)) && !await DevelopAsync(darkroom, hash, photo, cancellation))
        {
            return new PhotoOutcome.Refused(PhotoRefusals.Truncated);
        }

        return new PhotoOutcome.Stored(hash, darkroom.Width, darkroom.Height, mediaType, Capture.Read(photo, mediaType));
    }

    /// <summary>Whether the photo was stored.</summary>
    public bool Holds(string hash) => IsHash(hash) && File.Exists(Original(hash));

    /// <returns>A JPEG; null where there is no such photo.</returns>
    public Stream? OpenView(string hash, PhotoSize size)
    {
        if (!IsHash(hash))
        {
            return null;
        }

        try
        {
            return new FileStream(View(hash, size), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read | FileShare.Delete, Options = FileOptions.Asynchronous });
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <returns>Null where there is more than may be.</returns>
    static async Task<byte[]?> ReadAsync(Stream body, CancellationToken cancellation)
    {
        var photo = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = await body.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (photo.Length + read > MostBytes)
            {
                return null;
            }

            photo.Write(buffer, 0, read);
        }

        return photo.ToArray();
    }

    async Task<bool> DevelopAsync(Darkroom darkroom, string hash, byte[] photo, CancellationToken cancellation)
    {
        await decoding.WaitAsync(cancellation);
        byte[][]? prints;
        try
        {
            prints = await Task.Run(() => darkroom.Develop(ViewSide, ThumbnailSide), cancellation);
        }
        finally
        {
            decoding.Release();
        }

        if (prints is null)
        {
            return false;
        }

        await WriteAsync(View(hash, PhotoSize.View), prints[0], cancellation);
        await WriteAsync(View(hash, PhotoSize.Thumbnail), prints[1], cancellation);
        await WriteAsync(Original(hash), photo, cancellation);
        return true;
    }

    static async Task WriteAsync(string path, byte[] bytes, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await file.WriteAsync(bytes, cancellation);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    static bool IsHash(string hash) => hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower);

    string Original(string hash) => Path.Combine(folder, "originals", hash[..2], hash[2..4], hash);

    string View(string hash, PhotoSize size) =>
        Path.Combine(folder, "views", hash[..2], hash[2..4], $"{hash}-{(size == PhotoSize.View ? ViewSide : ThumbnailSide)}.jpg");

    public void Dispose() => decoding.Dispose();
}
