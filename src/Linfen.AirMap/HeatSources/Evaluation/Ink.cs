using Linfen.AirMap.GisData;
using SkiaSharp;

namespace Linfen.AirMap.HeatSources.Evaluation;

/// <summary>Colours and letters of the picture. The drawing library sees no fonts of the system: the file of the Chinese one is loaded.</summary>
sealed class Ink : IDisposable
{
    /// <summary>Where Debian's fonts-noto-cjk puts it, which the product installs; in the collection the third face is simplified Chinese.</summary>
    const string FontFile = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

    const int SimplifiedChinese = 2;

    public static readonly SKColor Paper = SKColor.Parse("#FBFAF6");
    public static readonly SKColor Ground = SKColor.Parse("#F0EDE4");
    public static readonly SKColor Line = SKColor.Parse("#D9D3C4");
    public static readonly SKColor Border = SKColor.Parse("#8F8674");
    public static readonly SKColor Text = SKColor.Parse("#2B2A27");
    public static readonly SKColor Quiet = SKColor.Parse("#6F695E");
    public static readonly SKColor Other = SKColor.Parse("#A79E90");
    public static readonly SKColor Explained = SKColor.Parse("#0B7A86");

    /// <summary>By days lit: from, and the colour.</summary>
    public static readonly (int Days, SKColor Colour)[] Persistence =
        [(0, SKColor.Parse("#F2B134")), (10, SKColor.Parse("#E8762C")), (20, SKColor.Parse("#CB3A2A")), (30, SKColor.Parse("#7E1031"))];

    readonly SKTypeface face;

    /// <exception cref="GisDataException">The font is not there.</exception>
    public Ink() => face = File.Exists(FontFile) && SKTypeface.FromFile(FontFile, SimplifiedChinese) is { } found
        ? found
        : throw new GisDataException($"The picture needs the font {FontFile}: apt-get install fonts-noto-cjk");

    public static SKColor Of(int days) => Persistence.Last(p => days >= p.Days).Colour;

    public void Write(SKCanvas canvas, string text, float x, float y, float size, SKColor colour, SKTextAlign align = SKTextAlign.Left, bool bold = false)
    {
        using var font = new SKFont(face, size) { Embolden = bold, Edging = SKFontEdging.Antialias };
        using var paint = new SKPaint { Color = colour, IsAntialias = true };
        canvas.DrawText(text, x, y, align, font, paint);
    }

    public float WidthOf(string text, float size)
    {
        using var font = new SKFont(face, size);
        return font.MeasureText(text);
    }

    public static SKPaint Fill(SKColor colour) => new() { Color = colour, IsAntialias = true };

    public static SKPaint Stroke(SKColor colour, float width) => new() { Color = colour, IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = width };

    public void Dispose() => face.Dispose();
}
