using System.Buffers.Binary;
using System.Text;

namespace Linfen.AirMap.Tables.Shp;

/// <summary>Writes a .dbf (dBase III) in UTF-8.</summary>
sealed class DbfFile
{
    const int FieldBytes = 32;
    const int MostFields = 255;

    /// <summary>No reader uses the day of the last change; always the same one, so that equal tables make equal files.</summary>
    static ReadOnlySpan<byte> Changed => [126, 1, 1];

    readonly Stream file;
    readonly IReadOnlyList<FieldPlan> plans;
    readonly byte[] record;
    readonly int headerLength;
    uint count;

    public DbfFile(Stream file, IReadOnlyList<FieldPlan> plans, IReadOnlyList<string> names)
    {
        (this.file, this.plans) = (file, plans);
        var length = 1 + plans.Sum(p => p.Length * p.Parts);
        if (names.Count > MostFields || length > ushort.MaxValue)
        {
            throw new TableException("row-too-wide", "The texts are too long for a shapefile. Export as GeoJSON.");
        }

        record = new byte[length];
        headerLength = 32 + names.Count * FieldBytes + 1;
        file.Write(Header(names));
    }

    byte[] Header(IReadOnlyList<string> names)
    {
        var header = new byte[headerLength];
        header[0] = 3;
        Changed.CopyTo(header.AsSpan(1));
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)headerLength);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(10), (ushort)record.Length);
        var field = 0;
        foreach (var plan in plans)
        {
            for (var part = 0; part < plan.Parts; part++, field++)
            {
                var description = header.AsSpan(32 + field * FieldBytes, FieldBytes);
                Encoding.UTF8.GetBytes(names[field], description);
                (description[11], description[16], description[17]) = ((byte)plan.Type, (byte)plan.Length, (byte)plan.Decimals);
            }
        }

        header[^1] = 0x0D;
        return header;
    }

    public void Add(IReadOnlyDictionary<string, string> cells)
    {
        record.AsSpan().Fill((byte)' ');
        var at = 1;
        foreach (var plan in plans)
        {
            var pieces = plan.Pieces(cells.GetValueOrDefault(plan.Column.Name, ""));
            for (var part = 0; part < plan.Parts; part++, at += plan.Length)
            {
                Encoding.UTF8.GetBytes(part < pieces.Count ? pieces[part] : "", record.AsSpan(at, plan.Length));
            }
        }

        file.Write(record);
        count++;
    }

    public void Finish()
    {
        file.WriteByte(0x1A);
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(number, count);
        file.Position = 4;
        file.Write(number);
    }
}
