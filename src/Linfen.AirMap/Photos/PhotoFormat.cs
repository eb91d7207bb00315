namespace Linfen.AirMap.Photos;

/// <summary>The formats that are taken, told by their first bytes and nothing else.</summary>
static class PhotoFormat
{
    public const string Jpeg = "image/jpeg";
    public const string Png = "image/png";
    public const string WebP = "image/webp";

    /// <summary>Brands of ISO base media files that hold HEVC pictures (ISO/IEC 23008-12).</summary>
    static readonly string[] HeicBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"];

    /// <returns>Null for none of them.</returns>
    public static string? MediaTypeOf(ReadOnlySpan<byte> photo) => photo switch
    {
        [0xFF, 0xD8, 0xFF, ..] => Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Png,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => WebP,
        _ => null,
    };

    public static bool IsHeic(ReadOnlySpan<byte> photo) => photo.Length >= 12 && photo[4..8].SequenceEqual("ftyp"u8)
        && HeicBrands.Contains(System.Text.Encoding.ASCII.GetString(photo[8..12]), StringComparer.Ordinal);
}
