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
        var photo = await ReadAsync(body, cancellation);
        var (outcome, prints) = await LookAsync(photo, cancellation);
        if (outcome is PhotoOutcome.Stored stored && prints is not null)
        {
            await WriteAsync(stored.Hash, photo!, prints, cancellation);
        }

        return outcome;
    }

    /// <summary>All of them or none: the first that is refused keeps those before it out of the store.</summary>
    /// <param name="open">Opens the photo of a number, once to look at it and once more to keep it: together they may be larger than memory should hold.</param>
    public async Task<IReadOnlyList<PhotoOutcome>> StoreAllAsync(int count, Func<int, Stream> open, CancellationToken cancellation)
    {
        var seen = new List<(PhotoOutcome Outcome, byte[][]? Prints)>();
        for (var i = 0; i < count && seen.TrueForAll(s => s.Outcome is PhotoOutcome.Stored); i++)
        {
            await using var body = open(i);
            seen.Add(await LookAsync(await ReadAsync(body, cancellation), cancellation));
        }

        for (var i = 0; i < count && seen.TrueForAll(s => s.Outcome is PhotoOutcome.Stored); i++)
        {
            if (seen[i] is (PhotoOutcome.Stored stored, { } prints))
            {
                await using var body = open(i);
                await WriteAsync(stored.Hash, (await ReadAsync(body, cancellation))!, prints, cancellation);
            }
        }

        return seen.ConvertAll(s => s.Outcome);
    }

    /// <summary>What the camera noted about a photo that is stored, read from its original; null where there is none, or nothing of use in it.</summary>
    public async Task<Capture?> CaptureOfAsync(string hash, CancellationToken cancellation)
    {
        if (!Holds(hash))
        {
            return null;
        }

        var photo = await File.ReadAllBytesAsync(Original(hash), cancellation);
        return Capture.Read(photo, PhotoFormat.MediaTypeOf(photo)!);
    }

    /// <summary>What would become of a photo, and its prints where it is not stored yet; nothing is written.</summary>
    async Task<(PhotoOutcome Outcome, byte[][]? Prints)> LookAsync(byte[]? photo, CancellationToken cancellation)
    {
        if (photo is null)
        {
            return (new PhotoOutcome.Refused(PhotoRefusals.TooLarge), null);
        }

        if (PhotoFormat.MediaTypeOf(photo) is not { } mediaType)
        {
            return (new PhotoOutcome.Refused(PhotoFormat.IsHeic(photo) ? PhotoRefusals.Heic : PhotoRefusals.NoPhoto), null);
        }

        using var darkroom = Darkroom.Enter(photo, out var reason);
        if (darkroom is null)
        {
            return (new PhotoOutcome.Refused(reason), null);
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(photo));
        var isNew = !File.Exists(Original(hash));
        var prints = isNew ? await DevelopAsync(darkroom, cancellation) : null;
        return isNew && prints is null
            ? (new PhotoOutcome.Refused(PhotoRefusals.Truncated), null)
            : (new PhotoOutcome.Stored(hash, darkroom.Width, darkroom.Height, mediaType, Capture.Read(photo, mediaType)), prints);
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

    async Task<byte[][]?> DevelopAsync(Darkroom darkroom, CancellationToken cancellation)
    {
        await decoding.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => darkroom.Develop(ViewSide, ThumbnailSide), cancellation);
        }
        finally
        {
            decoding.Release();
        }
    }

    async Task WriteAsync(string hash, byte[] photo, byte[][] prints, CancellationToken cancellation)
    {
        await WriteAsync(View(hash, PhotoSize.View), prints[0], cancellation);
        await WriteAsync(View(hash, PhotoSize.Thumbnail), prints[1], cancellation);
        await WriteAsync(Original(hash), photo, cancellation);
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
