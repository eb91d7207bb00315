using System.Buffers.Binary;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Esri.Shapefiles.Readers;

namespace Linfen.AirMap.Tables.Shp;

/// <summary>
/// The shapes of a .shp, record by record (ESRI Shapefile Technical Description, July 1998). Lengths and counts are checked before
/// anything is built from them; then each record goes to the library as a file of its own, so that a bad one spoils no other. Heights
/// and measures are left out: they follow the plane coordinates.
/// </summary>
sealed class ShpShapes
{
    const int FileHeaderBytes = 100;
    const int RecordHeaderBytes = 8;
    const int FileCode = 9994;
    const int FileVersion = 1000;

    /// <summary>Finding the holes of a polygon compares rings with rings.</summary>
    const int MostParts = 5_000;

    static readonly GeometryFactory Plane = new(new PrecisionModel(), 0);

    readonly Stream file;
    readonly int largest;

    public ShpShapes(Stream file, TableLimits limits)
    {
        (this.file, largest) = (file, limits.FeatureBytes);
        var header = new byte[FileHeaderBytes];
        file.Position = 0;
        if (file.ReadAtLeast(header, FileHeaderBytes, throwOnEndOfStream: false) < FileHeaderBytes || BinaryPrimitives.ReadInt32BigEndian(header) != FileCode)
        {
            throw ShapefileTableReader.Damaged("the .shp is none");
        }
    }

    /// <summary>Reads the record that follows; a fault concerns this record alone.</summary>
    /// <exception cref="TableException">The file ends here, or nothing behind this record can be found.</exception>
    public Geometry? Read(long line, out string? fault)
    {
        Span<byte> header = stackalloc byte[RecordHeaderBytes];
        if (file.ReadAtLeast(header, RecordHeaderBytes, throwOnEndOfStream: false) < RecordHeaderBytes)
        {
            throw ShapefileTableReader.Damaged("the .shp has fewer records than the .dbf", line);
        }

        var length = 2L * BinaryPrimitives.ReadInt32BigEndian(header[4..]);
        if (length < 4 || length > file.Length - file.Position)
        {
            throw ShapefileTableReader.Damaged("a record of the .shp is longer than the file", line);
        }

        if (length > largest)
        {
            throw new TableException("feature-too-large", $"A shape has more than {largest} bytes.", line);
        }

        var content = new byte[length];
        file.ReadExactly(content);
        return Shape(content, out fault);
    }

    public bool IsAtEnd => file.Position >= file.Length;

    static Geometry? Shape(byte[] content, out string? fault)
    {
        fault = null;
        var type = BinaryPrimitives.ReadInt32LittleEndian(content);
        if (type == 0)
        {
            return null;
        }

        // 11 to 18 add heights and 21 to 28 measures to 1 to 8.
        var plane = type is > 10 and < 30 ? type % 10 : type;
        if (PlaneBytes(plane, content) is not { } bytes || bytes > content.Length)
        {
            fault = $"shape-damaged: a record of type {type} that is unknown, or has other counts than its length allows";
            return null;
        }

        try
        {
            using var reader = NetTopologySuite.IO.Esri.Shp.Shp.OpenRead(Alone(plane, content.AsSpan(0, (int)bytes)), new ShapefileReaderOptions { Factory = Plane });
            var shape = reader.Read() ? reader.Geometry : null;
            return shape is null or { IsEmpty: true } ? null
                : shape is GeometryCollection { NumGeometries: 1 } single ? single.GetGeometryN(0)
                : shape;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IOException or OverflowException or FormatException
            or IndexOutOfRangeException or NotSupportedException or NullReferenceException || e.GetType().Namespace?.StartsWith("NetTopologySuite", StringComparison.Ordinal) == true)
        {
            fault = "shape-damaged: its rings or parts do not make a shape";
            return null;
        }
    }

    /// <summary>Length of the part with plane coordinates.</summary>
    static long? PlaneBytes(int type, ReadOnlySpan<byte> content)
    {
        switch (type)
        {
            case 1:
                return 20;
            case 8 when content.Length >= 40:
                var points = BinaryPrimitives.ReadInt32LittleEndian(content[36..]);
                return points >= 0 ? 40 + 16L * points : null;
            case 3 or 5 when content.Length >= 44:
                return PartsBytes(content);
            default:
                return null;
        }
    }

    static long? PartsBytes(ReadOnlySpan<byte> content)
    {
        var parts = BinaryPrimitives.ReadInt32LittleEndian(content[36..]);
        var points = BinaryPrimitives.ReadInt32LittleEndian(content[40..]);
        var bytes = 44 + 4L * parts + 16L * points;
        if (parts is < 0 or > MostParts || points < 0 || (parts == 0 && points > 0) || bytes > content.Length)
        {
            return null;
        }

        var before = -1;
        for (var i = 0; i < parts; i++)
        {
            var start = BinaryPrimitives.ReadInt32LittleEndian(content[(44 + 4 * i)..]);
            if (start <= before || start >= points || (i == 0 && start != 0))
            {
                return null;
            }

            before = start;
        }

        return bytes;
    }

    static MemoryStream Alone(int type, ReadOnlySpan<byte> content)
    {
        var alone = new byte[FileHeaderBytes + RecordHeaderBytes + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(alone, FileCode);
        BinaryPrimitives.WriteInt32BigEndian(alone.AsSpan(24), alone.Length / 2);
        BinaryPrimitives.WriteInt32LittleEndian(alone.AsSpan(28), FileVersion);
        BinaryPrimitives.WriteInt32LittleEndian(alone.AsSpan(32), type);
        BinaryPrimitives.WriteInt32BigEndian(alone.AsSpan(FileHeaderBytes), 1);
        BinaryPrimitives.WriteInt32BigEndian(alone.AsSpan(FileHeaderBytes + 4), content.Length / 2);
        content.CopyTo(alone.AsSpan(FileHeaderBytes + RecordHeaderBytes));
        BinaryPrimitives.WriteInt32LittleEndian(alone.AsSpan(FileHeaderBytes + RecordHeaderBytes), type);
        return new MemoryStream(alone, writable: false);
    }
}
