namespace Linfen.AirMap.Tests.Tables;

/// <summary>A body that exists only as it is read: a start, and then the same bytes again and again up to a length.</summary>
sealed class EndlessStream(byte[] start, long length, byte[]? again = null) : Stream
{
    readonly byte[] again = again ?? [(byte)'1'];

    public long Served { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => Served;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // Whole parts only, so that no row is cut.
        var count = 0;
        while (count < buffer.Length && (Served < length || (Served - start.Length) % again.Length != 0))
        {
            buffer.Span[count++] = Served < start.Length ? start[Served] : again[(Served - start.Length) % again.Length];
            Served++;
        }

        return new(count);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
