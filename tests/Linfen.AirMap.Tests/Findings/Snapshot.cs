using SkiaSharp;

namespace Linfen.AirMap.Tests.Findings;

/// <summary>Photos as phones take them, with the owner's traces in them.</summary>
static class Snapshot
{
    /// <summary>What the camera notes about itself; nobody who looks at the photo may learn it.</summary>
    public const string Camera = "GeheimKamera 7";

    /// <summary>A JPEG of one colour, with an EXIF block that names the camera.</summary>
    public static byte[] Jpeg(int shade = 120)
    {
        using var bitmap = new SKBitmap(64, 48);
        bitmap.Erase(new SKColor((byte)shade, (byte)(255 - shade), 80));
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        var plain = data.ToArray();
        var exif = Exif();
        // After the two bytes that begin every JPEG.
        return [.. plain[..2], 0xFF, 0xE1, (byte)((exif.Length + 2) >> 8), (byte)(exif.Length + 2), .. exif, .. plain[2..]];
    }

    /// <summary>TIFF, little-endian, with one entry: 0x010F, the maker.</summary>
    static byte[] Exif()
    {
        var text = System.Text.Encoding.ASCII.GetBytes(Camera + "\0");
        return
        [
            .. "Exif\0\0"u8, .. "II"u8, 42, 0, 8, 0, 0, 0,
            1, 0, 0x0F, 0x01, 2, 0, (byte)text.Length, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0, .. text,
        ];
    }
}
