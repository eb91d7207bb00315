using System.Buffers.Binary;
using System.Text;
using SkiaSharp;

namespace Linfen.AirMap.Tests.Photos;

/// <summary>Photos made in the test: red above, blue below, green at the left edge, so that every turn shows.</summary>
static class Picture
{
    public static byte[] Of(int width, int height, SKEncodedImageFormat format = SKEncodedImageFormat.Jpeg, bool transparent = false)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, transparent ? SKAlphaType.Premul : SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(transparent ? SKColors.Transparent : SKColors.Red);
            if (!transparent)
            {
                using var blue = new SKPaint { Color = SKColors.Blue };
                canvas.DrawRect(0, height / 2f, width, height / 2f, blue);
                using var green = new SKPaint { Color = SKColors.Lime };
                canvas.DrawRect(0, 0, width / 4f, height, green);
            }
        }

        using var data = bitmap.Encode(format, 95);
        return data.ToArray();
    }

    /// <summary>Whether a JPEG shows the picture upright.</summary>
    public static bool IsUpright(byte[] jpeg)
    {
        using var bitmap = SKBitmap.Decode(jpeg);
        var (right, left) = (bitmap.Width * 3 / 4, bitmap.Width / 8);
        return IsNear(bitmap.GetPixel(right, bitmap.Height / 8), SKColors.Red) && IsNear(bitmap.GetPixel(right, bitmap.Height * 7 / 8), SKColors.Blue)
            && IsNear(bitmap.GetPixel(left, bitmap.Height / 8), SKColors.Lime) && IsNear(bitmap.GetPixel(left, bitmap.Height * 7 / 8), SKColors.Lime);
    }

    public static bool IsNear(SKColor seen, SKColor meant) =>
        Math.Abs(seen.Red - meant.Red) < 40 && Math.Abs(seen.Green - meant.Green) < 40 && Math.Abs(seen.Blue - meant.Blue) < 40;

    /// <summary>The picture as a camera held the given way stores it: turned, with the orientation noted.</summary>
    public static byte[] Held(int orientation, int width, int height)
    {
        using var upright = SKBitmap.Decode(Of(width, height, SKEncodedImageFormat.Png));
        var sideways = orientation >= 5;
        using var stored = new SKBitmap(sideways ? height : width, sideways ? width : height);
        for (var y = 0; y < stored.Height; y++)
        {
            for (var x = 0; x < stored.Width; x++)
            {
                // TIFF 6.0, Orientation: where row 0 and column 0 of what is stored lie in the picture.
                var (px, py) = orientation switch
                {
                    1 => (x, y),
                    2 => (width - 1 - x, y),
                    3 => (width - 1 - x, height - 1 - y),
                    4 => (x, height - 1 - y),
                    5 => (y, x),
                    6 => (width - 1 - y, x),
                    7 => (width - 1 - y, height - 1 - x),
                    _ => (y, height - 1 - x),
                };
                stored.SetPixel(x, y, upright.GetPixel(px, py));
            }
        }

        using var jpeg = stored.Encode(SKEncodedImageFormat.Jpeg, 95);
        return WithExif(jpeg.ToArray(), Exif(orientation));
    }

    /// <summary>A JPEG with an EXIF block, and a comment that must not be served either.</summary>
    public static byte[] WithExif(byte[] jpeg, byte[] exif)
    {
        byte[] comment = [0xFF, 0xFE, 0, 12, .. "secretnote"u8];
        byte[] segment = [0xFF, 0xE1, 0, 0, .. "Exif\0\0"u8, .. exif];
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(segment.Length - 2));
        return [.. jpeg.AsSpan(0, 2), .. segment, .. comment, .. jpeg.AsSpan(2)];
    }

    /// <summary>The TIFF structure of EXIF, little-endian: orientation, time with offset, and a place.</summary>
    public static byte[] Exif(
        int orientation = 1, string? time = null, string? offset = null, (uint Degrees, uint Minutes, uint Hundredths)? lat = null, (uint Degrees, uint Minutes, uint Hundredths)? lon = null, uint denominator = 100)
    {
        var main = new List<(ushort Tag, ushort Type, uint Count, byte[] Data)> { (0x0112, 3, 1, [(byte)orientation, 0, 0, 0]) };
        var exif = new List<(ushort Tag, ushort Type, uint Count, byte[] Data)>();
        var gps = new List<(ushort Tag, ushort Type, uint Count, byte[] Data)>();
        if (time is not null)
        {
            exif.Add(Ascii(0x9003, time));
        }

        if (offset is not null)
        {
            exif.Add(Ascii(0x9011, offset));
        }

        if (lat is { } y && lon is { } x)
        {
            gps.AddRange([Ascii(1, "N"), Degrees(2, y, denominator), Ascii(3, "E"), Degrees(4, x, denominator)]);
        }

        var tiff = new MemoryStream();
        tiff.Write("II*\0\b\0\0\0"u8);
        main.Add((0x8769, 4, 1, new byte[4]));
        main.Add((0x8825, 4, 1, new byte[4]));
        var exifAt = 8 + Size(main);
        BitConverter.TryWriteBytes(main[1].Data, exifAt);
        BitConverter.TryWriteBytes(main[2].Data, exifAt + Size(exif));
        foreach (var directory in new[] { main, exif, gps })
        {
            Write(tiff, directory);
        }

        return tiff.ToArray();
    }

    static (ushort Tag, ushort Type, uint Count, byte[] Data) Ascii(ushort tag, string text) =>
        (tag, 2, (uint)text.Length + 1, Encoding.ASCII.GetBytes(text + '\0'));

    static (ushort Tag, ushort Type, uint Count, byte[] Data) Degrees(ushort tag, (uint Degrees, uint Minutes, uint Hundredths) of, uint denominator) =>
        (tag, 5, 3, [.. new[] { of.Degrees, 1u, of.Minutes, 1u, of.Hundredths, denominator }.SelectMany(BitConverter.GetBytes)]);

    static int Size(List<(ushort Tag, ushort Type, uint Count, byte[] Data)> directory) =>
        2 + 12 * directory.Count + 4 + directory.Sum(e => e.Data.Length > 4 ? e.Data.Length : 0);

    static void Write(MemoryStream tiff, List<(ushort Tag, ushort Type, uint Count, byte[] Data)> directory)
    {
        var data = (int)tiff.Position + 2 + 12 * directory.Count + 4;
        var behind = new List<byte>();
        tiff.Write(BitConverter.GetBytes((ushort)directory.Count));
        foreach (var entry in directory)
        {
            tiff.Write(BitConverter.GetBytes(entry.Tag));
            tiff.Write(BitConverter.GetBytes(entry.Type));
            tiff.Write(BitConverter.GetBytes(entry.Count));
            tiff.Write(entry.Data.Length > 4 ? BitConverter.GetBytes(data + behind.Count) : [.. entry.Data, .. new byte[4 - entry.Data.Length]]);
            behind.AddRange(entry.Data.Length > 4 ? entry.Data : []);
        }

        tiff.Write(new byte[4]);
        tiff.Write([.. behind]);
    }

    /// <summary>A PNG of a few bytes whose header declares any size.</summary>
    public static byte[] PngBomb(int width, int height)
    {
        var png = Of(8, 8, SKEncodedImageFormat.Png);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc32(png.AsSpan(12, 17)));
        return png;
    }

    /// <summary>A chunk of a PNG with its checksum.</summary>
    public static byte[] WithChunk(byte[] png, string type, byte[] data)
    {
        byte[] chunk = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(type), .. data, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32(chunk.AsSpan(4, chunk.Length - 8)));
        return [.. png.AsSpan(0, 33), .. chunk, .. png.AsSpan(33)];
    }

    static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
