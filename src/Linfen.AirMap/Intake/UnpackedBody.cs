using System.IO.Compression;

namespace Linfen.AirMap.Intake;

/// <summary>
/// A request body as plain bytes: gzip is unpacked (by header or by its magic bytes), and what unpacks to more than the limit is
/// refused, however small it came in.
/// </summary>
sealed class UnpackedBody : Stream
{
    readonly Stream inner;
    readonly long limit;
    readonly bool leaveOpen;
    long read;

    UnpackedBody(Stream inner, long limit, bool leaveOpen = false)
    {
        this.inner = inner;
        this.limit = limit;
        this.leaveOpen = leaveOpen;
    }

    /// <summary>A file from its beginning; it stays open when this is closed.</summary>
    public static UnpackedBody Over(Stream file, long limit)
    {
        file.Position = 0;
        var isGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return isGzip ? new(new GZipStream(file, CompressionMode.Decompress, leaveOpen: true), limit) : new(file, limit, leaveOpen: true);
    }

    public static async Task<UnpackedBody> OpenAsync(HttpRequest request, long limit, CancellationToken cancellation)
    {
        var encoding = request.Headers.ContentEncoding.ToString().Trim();
        if (encoding.Length > 0 && !encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase) && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            throw new UnreadableBodyException("encoding-unsupported", "Content-Encoding may be gzip or absent.", StatusCodes.Status415UnsupportedMediaType);
        }

        var body = request.BodyReader;
        var isGzip = encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase);
        if (!isGzip)
        {
            var start = await body.ReadAtLeastAsync(2, cancellation);
            isGzip = start.Buffer.Length >= 2 && StartsWithMagic(start.Buffer);
            body.AdvanceTo(start.Buffer.Start);
        }

        var packed = body.AsStream();
        return new(isGzip ? new GZipStream(packed, CompressionMode.Decompress) : packed, limit);
    }

    static bool StartsWithMagic(System.Buffers.ReadOnlySequence<byte> buffer)
    {
        Span<byte> start = stackalloc byte[2];
        System.Buffers.BuffersExtensions.CopyTo(buffer.Slice(0, 2), start);
        return start is [0x1F, 0x8B];
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count;
        try
        {
            count = await inner.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidDataException e)
        {
            throw new UnreadableBodyException("broken-gzip", $"The compressed body is damaged: {e.Message}");
        }

        read += count;
        return read <= limit
            ? count
            : throw new UnreadableBodyException("body-too-large", $"The body unpacks to more than {limit} bytes.", StatusCodes.Status413PayloadTooLarge);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !leaveOpen)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
