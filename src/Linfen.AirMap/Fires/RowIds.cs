using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Linfen.AirMap.Fires;

/// <summary>
/// Ids for the rows of one batch: UUIDv7 (RFC 9562, 6.2 method 2), random at the start and counting up from there. In order they
/// go to the end of the indexes, and one read of random bytes serves a whole batch.
/// </summary>
sealed class RowIds
{
    readonly ulong high;
    ulong low;

    public RowIds()
    {
        Span<byte> random = stackalloc byte[10];
        RandomNumberGenerator.Fill(random);
        high = BinaryPrimitives.ReadUInt16BigEndian(random) & 0x0FFFul;
        // The upper two bits are the variant's; a third stays free, so that no batch counts past the end.
        low = BinaryPrimitives.ReadUInt64BigEndian(random[2..]) >> 3;
    }

    public Guid Next(DateTimeOffset at)
    {
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(id, ((ulong)at.ToUnixTimeMilliseconds() << 16) | 0x7000 | high);
        BinaryPrimitives.WriteUInt64BigEndian(id[8..], 0x8000_0000_0000_0000 | low++);
        return new Guid(id, bigEndian: true);
    }
}
