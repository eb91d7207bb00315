using System.Globalization;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace Linfen.AirMap.Pictures;

/// <summary>Puts the page together: title and time, the four counts, the map, legend with table, and where it all comes from.</summary>
static class MapPicture
{
    /// <summary>Bytes that the pixels of a page take.</summary>
    public static int BytesOf(PictureQuery.Checked asked) => InfoOf(asked).BytesSize;

    /// <summary>The page as PNG.</summary>
    /// <param name="pixels">At least <see cref="BytesOf"/>, pinned; everything in them is overwritten.</param>
    public static byte[] Draw(PictureContent content, Lettering letters, byte[] pixels)
    {
        var (asked, theme, words) = (content.Asked, content.Asked.IsDark ? PictureTheme.Dark : PictureTheme.Light, new PictureWords(content.Asked.IsEnglish));
        var page = PictureLayout.Of(asked.Width, asked.Height);
        using var plain = new SKPixmap(InfoOf(asked), Marshal.UnsafeAddrOfPinnedArrayElement(pixels, 0));
        using var surface = SKSurface.Create(plain) ?? throw new InvalidOperationException("There is nothing to draw the picture on.");
        var canvas = surface.Canvas;
        canvas.Clear(theme.Paper);
        canvas.Scale(asked.Scale);
        DrawHead(canvas, letters, page, theme, content, words);
        DrawFigures(canvas, letters, page, theme, content, words);
        var frame = page.FrameOf(content);
        var furniture = new MapFurniture(letters, canvas, theme, page, frame, content, words);
        new MapSheet(letters, canvas, theme, page, frame, content, words).Draw(furniture.Place());
        furniture.Draw();
        new PageLegend(letters, canvas, theme, page, content, words).Draw();
        letters.WriteWithin(canvas, words.Source(content.Numbers.AsOf.Seq, !page.IsLarge), page.Foot.Left, page.Foot.Bottom - 1.5f * page.Unit, page.Foot.Width, 1.45f * page.Unit, theme.Quiet);
        canvas.Flush();
        using var png = plain.Encode(SKPngEncoderOptions.Default) ?? throw new InvalidOperationException("The picture could not be written as PNG.");
        return png.ToArray();
    }

    static SKImageInfo InfoOf(PictureQuery.Checked asked) => new(asked.Width * asked.Scale, asked.Height * asked.Scale, SKColorType.Rgba8888, SKAlphaType.Opaque);

    static void DrawHead(SKCanvas canvas, Lettering letters, PictureLayout page, PictureTheme theme, PictureContent content, PictureWords words)
    {
        var (u, head) = (page.Unit, page.Header);
        var y = head.Top;
        if (page.IsLarge)
        {
            letters.Write(canvas, words.Product, head.Left, y + 1.5f * u, 1.6f * u, theme.Quiet);
            y += 2.1f * u;
        }

        var size = page.IsLarge ? 4.4f * u : 3f * u;
        letters.WriteWithin(canvas, words.Title(content.Focus), head.Left, y + size * 0.98f, head.Width, size, theme.Text, bold: true);
        var moment = words.Moment(content.At, content.Asked.AsKnownAt is not null);
        var counted = words.Counted(content.Told, content.Scope.IsCity || content.Focus is not null);
        letters.WriteWithin(canvas, counted.Length == 0 ? moment : $"{moment}　{counted}", head.Left, head.Bottom - (page.IsLarge ? 0.9f : 0.7f) * u, head.Width, page.IsLarge ? 2f * u : 1.7f * u, theme.Quiet);
        using var rule = Lettering.Stroke(theme.Frame, 0.16f * u);
        canvas.DrawLine(head.Left, page.Rule, page.Foot.Right, page.Rule, rule);
    }

    static void DrawFigures(SKCanvas canvas, Lettering letters, PictureLayout page, PictureTheme theme, PictureContent content, PictureWords words)
    {
        var u = page.Unit;
        var (burning, critical, overdue, open) = (content.Sum(s => s.Burning), content.Sum(s => s.BySeverity.GetValueOrDefault("critical")), content.Sum(s => s.Overdue), content.Sum(s => s.Open));
        (string Name, int Count, SKColor Colour)[] figures =
            [(words.Burning, burning, theme.Fire), (words.Critical, critical, theme.Fire), (words.Overdue, overdue, theme.Overdue), (words.Open, open, theme.Text)];
        var wide = page.Figures.Width / figures.Length;
        using var line = Lettering.Stroke(theme.Line, 0.14f * u);
        for (var i = 0; i < figures.Length; i++)
        {
            var (name, count, colour) = figures[i];
            var left = page.Figures.Left + i * wide;
            if (i > 0)
            {
                canvas.DrawLine(left, page.Figures.Top + 1f * u, left, page.Figures.Bottom - 0.8f * u, line);
            }

            var text = left + (i > 0 || page.Figures.Left > page.Header.Right ? 1.6f * u : 0);
            var room = left + wide - text - 0.6f * u;
            letters.WriteWithin(canvas, count.ToString("N0", CultureInfo.InvariantCulture), text, page.Figures.Bottom - (page.IsLarge ? 3.5f : 2.6f) * u, room, page.IsLarge ? 5.2f * u : 2.8f * u, count == 0 ? theme.Quiet : colour, bold: true);
            letters.WriteWithin(canvas, name, text, page.Figures.Bottom - (page.IsLarge ? 0.9f : 0.5f) * u, room, page.IsLarge ? 1.8f * u : 1.55f * u, theme.Quiet);
        }
    }
}
