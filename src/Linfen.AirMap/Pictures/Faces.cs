using SkiaSharp;

namespace Linfen.AirMap.Pictures;

/// <summary>The letters of pictures. The drawing library sees no fonts of the system: the files of the Chinese one are loaded.</summary>
sealed record Faces(SKTypeface Regular, SKTypeface Bold) : IDisposable
{
    /// <summary>Where Debian's fonts-noto-cjk puts them, which the product installs.</summary>
    public const string Folder = "/usr/share/fonts/opentype/noto";

    /// <summary>In the collection the third face is simplified Chinese.</summary>
    const int SimplifiedChinese = 2;

    /// <summary>Null where the font is not: a picture without letters tells nothing, and none is made.</summary>
    public static Faces? Load(string folder) =>
        Face(folder, "Regular") is { } regular ? new(regular, Face(folder, "Bold") ?? regular) : null;

    public static string MissingFrom(string folder) => $"Pictures need the font {Path.Combine(folder, FileOf("Regular"))}: apt-get install fonts-noto-cjk";

    static SKTypeface? Face(string folder, string weight) =>
        Path.Combine(folder, FileOf(weight)) is var file && File.Exists(file) ? SKTypeface.FromFile(file, SimplifiedChinese) : null;

    static string FileOf(string weight) => $"NotoSansCJK-{weight}.ttc";

    public void Dispose()
    {
        Regular.Dispose();
        Bold.Dispose();
    }
}
