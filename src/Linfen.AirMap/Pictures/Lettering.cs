using SkiaSharp;

namespace Linfen.AirMap.Pictures;

/// <summary>Writes on a canvas, and hands out the paints that lines and areas are drawn with.</summary>
class Lettering(Faces faces)
{
    /// <summary>Text is made smaller to fit, but not below this share of its size; beyond that it is cut.</summary>
    const float LeastShare = 0.72f;

    public void Write(SKCanvas canvas, string text, float x, float y, float size, SKColor colour, SKTextAlign align = SKTextAlign.Left, bool bold = false)
    {
        using var font = FontOf(size, bold);
        using var paint = Fill(colour);
        canvas.DrawText(text, x, y, align, font, paint);
    }

    /// <summary>Writes within a width: smaller where it must be, and at last cut. Returns how wide it came out.</summary>
    public float WriteWithin(SKCanvas canvas, string text, float x, float y, float width, float size, SKColor colour, SKTextAlign align = SKTextAlign.Left, bool bold = false)
    {
        var natural = WidthOf(text, size, bold);
        var fitted = Math.Max(size * LeastShare, size * Math.Min(1, width / Math.Max(1, natural)));
        var shown = text;
        while (shown.Length > 1 && WidthOf(shown, fitted, bold) > width + 0.5f)
        {
            shown = shown.TrimEnd('…')[..^1] + "…";
        }

        Write(canvas, shown, x, y, fitted, colour, align, bold);
        return WidthOf(shown, fitted, bold);
    }

    /// <summary>Centred on a point, with a rim that keeps it readable on whatever lies below.</summary>
    public void WriteRimmed(SKCanvas canvas, string text, float x, float y, float size, SKColor colour, SKColor rim, bool bold = false)
    {
        using var font = FontOf(size, bold);
        using var outline = Stroke(rim, size * 0.24f);
        outline.StrokeJoin = SKStrokeJoin.Round;
        canvas.DrawText(text, x, y, SKTextAlign.Center, font, outline);
        using var paint = Fill(colour);
        canvas.DrawText(text, x, y, SKTextAlign.Center, font, paint);
    }

    public float WidthOf(string text, float size, bool bold = false)
    {
        using var font = FontOf(size, bold);
        return font.MeasureText(text);
    }

    public static SKPaint Fill(SKColor colour) => new() { Color = colour, IsAntialias = true };

    public static SKPaint Stroke(SKColor colour, float width) => new() { Color = colour, IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = width };

    SKFont FontOf(float size, bool bold) => new(bold ? faces.Bold : faces.Regular, size) { Edging = SKFontEdging.Antialias, Subpixel = true, Hinting = SKFontHinting.None };
}
