using System.Buffers.Binary;
using System.Text;
using Linfen.AirMap.Tables.Csv;

namespace Linfen.AirMap.Tables.Shp;

/// <param name="Type">The letter of dBase III: C, N, F, D, L.</param>
/// <param name="Offset">In the record, whose first byte marks deletion.</param>
sealed record DbfField(string Name, char Type, int Offset, int Length);

/// <summary>
/// The attributes of a shapefile, a file of fixed records (dBase III). What its header claims is held against the size of the file, and
/// every value stays the text it is, so that one bad number spoils no file.
/// </summary>
sealed class DbfTable
{
    const int HeaderBytes = 32;
    const int FieldBytes = 32;
    const byte EndOfFields = 0x0D;
    const byte Deleted = (byte)'*';

    readonly Stream file;
    readonly Encoding encoding;
    readonly int headerLength;
    readonly byte[] record;

    DbfTable(Stream file, Encoding encoding, IReadOnlyList<DbfField> fields, int headerLength, int recordLength, long count)
    {
        (this.file, this.encoding, this.headerLength) = (file, encoding, headerLength);
        (Fields, Count) = (fields, count);
        record = new byte[recordLength];
    }

    public IReadOnlyList<DbfField> Fields { get; }

    public long Count { get; }

    public static DbfTable Open(Stream file, string? cpg)
    {
        var start = new byte[HeaderBytes];
        file.Position = 0;
        if (file.ReadAtLeast(start, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes)
        {
            throw ShapefileTableReader.Damaged("the .dbf is too short");
        }

        var count = BinaryPrimitives.ReadUInt32LittleEndian(start.AsSpan(4));
        int headerBytes = BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(8));
        int recordBytes = BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(10));
        if (headerBytes < HeaderBytes + 1 || recordBytes < 1 || headerBytes + (long)count * recordBytes > file.Length)
        {
            throw ShapefileTableReader.Damaged("the .dbf is shorter than it says");
        }

        var descriptions = new byte[headerBytes - HeaderBytes];
        file.ReadExactly(descriptions);
        var fields = Fieldset(descriptions, recordBytes);
        var found = DbfEncoding.Stated(cpg, start[29]) ?? Guess(file, headerBytes, recordBytes, count, fields, descriptions);
        var named = fields.Select((f, i) => f with { Name = NameOf(found, descriptions, i) });
        return new(file, found, [.. named], headerBytes, recordBytes, count);
    }

    static List<DbfField> Fieldset(ReadOnlySpan<byte> descriptions, int recordLength)
    {
        var fields = new List<DbfField>();
        var offset = 1;
        for (var at = 0; at + FieldBytes <= descriptions.Length && descriptions[at] != EndOfFields; at += FieldBytes)
        {
            var length = descriptions[at + 16];
            fields.Add(new("", (char)descriptions[at + 11], offset, length));
            offset += length;
        }

        return offset <= recordLength ? fields : throw ShapefileTableReader.Damaged("the fields of the .dbf are longer than its records");
    }

    static string NameOf(Encoding of, byte[] descriptions, int index)
    {
        try
        {
            return DbfEncoding.Decode(of, descriptions.AsSpan(index * FieldBytes, 11));
        }
        catch (DecoderFallbackException)
        {
            return $"FIELD_{index + 1}";
        }
    }

    static Encoding Guess(Stream file, int start, int length, long count, List<DbfField> fields, byte[] descriptions)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (!DbfEncoding.CanDecode(TextEncoding.Utf8, descriptions.AsSpan(i * FieldBytes, 11)))
            {
                return TextEncoding.Gb18030;
            }
        }

        var bytes = new byte[length];
        file.Position = start;
        for (var number = 0L; number < count; number++)
        {
            file.ReadExactly(bytes);
            if (fields.Exists(f => f.Type == 'C' && !DbfEncoding.CanDecode(TextEncoding.Utf8, bytes.AsSpan(f.Offset, f.Length))))
            {
                return TextEncoding.Gb18030;
            }
        }

        return TextEncoding.Utf8;
    }

    /// <summary>The values of a record in the order of the fields; null where it is marked as deleted.</summary>
    public string[]? Read(long number, out string? fault)
    {
        fault = null;
        file.Position = headerLength + (number - 1) * record.Length;
        file.ReadExactly(record);
        if (record[0] == Deleted)
        {
            return null;
        }

        var values = new string[Fields.Count];
        for (var i = 0; i < values.Length; i++)
        {
            try
            {
                values[i] = Value(Fields[i], DbfEncoding.Decode(encoding, record.AsSpan(Fields[i].Offset, Fields[i].Length)));
            }
            catch (DecoderFallbackException)
            {
                values[i] = "";
                fault ??= $"text-invalid: {Fields[i].Name} is no {encoding.WebName} text";
            }
        }

        return values;
    }

    static string Value(DbfField field, string text) => field.Type switch
    {
        // Asterisks stand for a number that was too long for its field.
        'N' or 'F' => text.StartsWith('*') ? "" : PlainNumber.OfField(text),
        'D' when text.Length == 8 && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 => text is "00000000" ? "" : $"{text[..4]}-{text[4..6]}-{text[6..]}",
        'L' => text switch
        {
            "T" or "t" or "Y" or "y" => "true",
            "F" or "f" or "N" or "n" => "false",
            _ => "",
        },
        _ => text,
    };
}
