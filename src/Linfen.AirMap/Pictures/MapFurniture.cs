using System.Globalization;
using SkiaSharp;

namespace Linfen.AirMap.Pictures;

/// <summary>What belongs to every map and is no part of the land: frame with degrees, scale, north, and the mark of what is simulated. Each stands where it covers the least.</summary>
sealed class MapFurniture(Lettering letters, SKCanvas canvas, PictureTheme theme, PictureLayout page, MapFrame frame, PictureContent content, PictureWords words)
{
    readonly float u = page.Unit;
    SKRect scale;
    SKRect north;
    SKRect badge;

    float BadgeText => page.IsLarge ? 1.9f * u : 1.7f * u;

    /// <summary>Chooses the places; names keep off them.</summary>
    public IReadOnlyList<SKRect> Place()
    {
        var bar = frame.PixelsOf(frame.BarKilometres) + 7.5f * u;
        scale = Least([BottomLeft(bar, 4.4f * u), BottomRight(bar, 4.4f * u)]);
        north = Least([TopRight(4.6f * u, 6.4f * u), TopLeft(4.6f * u, 6.4f * u)]);
        if (!content.IsSimulated)
        {
            return [scale, north];
        }

        var (wide, high) = (letters.WidthOf(words.Simulated, BadgeText, bold: true) + 4 * u, BadgeText * 2.1f);
        badge = Least([.. new[] { TopLeft(wide, high), TopRight(wide, high), BottomRight(wide, high), BottomLeft(wide, high) }.Where(b => !b.IntersectsWith(scale) && !b.IntersectsWith(north)), TopLeft(wide, high)]);
        return [scale, north, badge];
    }

    float Gap => 1.1f * u;

    SKRect TopLeft(float width, float height) => SKRect.Create(frame.Area.Left + Gap, frame.Area.Top + Gap, width, height);

    SKRect TopRight(float width, float height) => SKRect.Create(frame.Area.Right - Gap - width, frame.Area.Top + Gap, width, height);

    SKRect BottomLeft(float width, float height) => SKRect.Create(frame.Area.Left + Gap, frame.Area.Bottom - Gap - height, width, height);

    SKRect BottomRight(float width, float height) => SKRect.Create(frame.Area.Right - Gap - width, frame.Area.Bottom - Gap - height, width, height);

    SKRect Least(IEnumerable<SKRect> places) => places.MinBy(Covered);

    /// <summary>How much of what is told of lies there; fires weigh most.</summary>
    int Covered(SKRect box)
    {
        const int Across = 8;
        var land = 0;
        for (var i = 0; i < Across * Across; i++)
        {
            var at = new SKPoint(box.Left + box.Width * (i % Across + 0.5f) / Across, box.Top + box.Height * (i / Across + 0.5f) / Across);
            land += content.Map.Locate(frame.PlaceOf(at)) is { } county ? content.Tells(county.Code) ? 3 : 1 : 0;
        }

        return land + 1_000 * content.Fires.Count(f => box.Contains(frame.At(f.Place)));
    }

    public void Draw()
    {
        DrawFrame();
        DrawScale();
        DrawNorth();
        if (content.IsSimulated)
        {
            DrawBadge();
        }
    }

    void DrawFrame()
    {
        using var line = Lettering.Stroke(theme.Frame, 0.14f * u);
        using var heavy = Lettering.Stroke(theme.Frame, (page.IsLarge ? 0.3f : 0.18f) * u);
        var area = frame.Area;
        if (!page.IsLarge)
        {
            canvas.DrawRect(area, heavy);
            return;
        }

        canvas.DrawRect(area, line);
        var outer = SKRect.Inflate(area, 0.75f * u, 0.75f * u);
        canvas.DrawRect(outer, heavy);
        DrawSteps(area, outer);
        // A figure at a corner would stand beside the frame.
        var room = 2.5f * u / frame.PixelsPerDegree;
        foreach (var lon in frame.Round(frame.Seen.MinX + room, frame.Seen.MaxX - room))
        {
            letters.Write(canvas, Degrees(lon, "E"), frame.At(lon, 0).X, outer.Top - 0.7f * u, 1.45f * u, theme.Quiet, SKTextAlign.Center);
            letters.Write(canvas, Degrees(lon, "E"), frame.At(lon, 0).X, outer.Bottom + 1.75f * u, 1.45f * u, theme.Quiet, SKTextAlign.Center);
        }

        foreach (var lat in frame.Round(frame.Seen.MinY + room, frame.Seen.MaxY - room))
        {
            canvas.Save();
            canvas.RotateDegrees(-90, outer.Left - 0.8f * u, frame.At(0, lat).Y);
            letters.Write(canvas, Degrees(lat, "N"), outer.Left - 0.8f * u, frame.At(0, lat).Y, 1.45f * u, theme.Quiet, SKTextAlign.Center);
            canvas.Restore();
        }
    }

    /// <summary>The frame is cut in steps of degrees, every other one filled.</summary>
    void DrawSteps(SKRect inner, SKRect outer)
    {
        using var step = Lettering.Fill(theme.Frame);
        var (lons, lats) = (Steps(frame.Seen.MinX, frame.Seen.MaxX), Steps(frame.Seen.MinY, frame.Seen.MaxY));
        foreach (var (from, to) in lons)
        {
            var (left, right) = (frame.At(from, 0).X, frame.At(to, 0).X);
            canvas.DrawRect(new(left, outer.Top, right, inner.Top), step);
            canvas.DrawRect(new(left, inner.Bottom, right, outer.Bottom), step);
        }

        foreach (var (from, to) in lats)
        {
            var (top, bottom) = (frame.At(0, to).Y, frame.At(0, from).Y);
            canvas.DrawRect(new(outer.Left, top, inner.Left, bottom), step);
            canvas.DrawRect(new(inner.Right, top, outer.Right, bottom), step);
        }
    }

    /// <summary>Half steps of the grid, every other one, cut to the map.</summary>
    IEnumerable<(double From, double To)> Steps(double from, double to)
    {
        var step = frame.GridDegrees / 2;
        for (var n = (long)Math.Floor(from / step); n * step < to; n++)
        {
            if (n % 2 == 0)
            {
                yield return (Math.Max(from, n * step), Math.Min(to, (n + 1) * step));
            }
        }
    }

    void DrawScale()
    {
        const int Pieces = 4;
        var (length, left, y, high) = (frame.PixelsOf(frame.BarKilometres), scale.Left + 2 * u, scale.Top + 2.5f * u, 0.62f * u);
        Plate(scale);
        using var ink = Lettering.Fill(theme.Text);
        using var rim = Lettering.Stroke(theme.Text, 0.12f * u);
        for (var piece = 0; piece < Pieces; piece++)
        {
            var box = SKRect.Create(left + length * piece / Pieces, y, length / Pieces, high);
            canvas.DrawRect(box, piece % 2 == 0 ? ink : rim);
        }

        canvas.DrawRect(SKRect.Create(left, y, length, high), rim);
        foreach (var share in new[] { 0, 0.5f, 1 })
        {
            var text = (frame.BarKilometres * share).ToString("0.##", CultureInfo.InvariantCulture);
            letters.Write(canvas, text, left + length * share, y - 0.6f * u, 1.4f * u, theme.Text, SKTextAlign.Center);
        }

        letters.Write(canvas, words.Kilometres, left + length + 1.4f * u, y + high, 1.4f * u, theme.Text);
    }

    void DrawNorth()
    {
        Plate(north);
        var (x, top, bottom) = (north.MidX, north.Top + 2.3f * u, north.Bottom - 0.7f * u);
        letters.Write(canvas, words.North, x, north.Top + 1.9f * u, 1.6f * u, theme.Text, SKTextAlign.Center, bold: true);
        using var ink = Lettering.Fill(theme.Text);
        using var rim = Lettering.Stroke(theme.Text, 0.12f * u);
        using var left = Needle(x, top, bottom, -1);
        using var right = Needle(x, top, bottom, 1);
        canvas.DrawPath(left, ink);
        canvas.DrawPath(right, rim);
    }

    SKPath Needle(float x, float top, float bottom, int side)
    {
        using var needle = new SKPathBuilder();
        needle.AddPoly([new(x, top), new(x + side * 1.05f * u, bottom), new(x, bottom - 0.9f * u)], close: true);
        return needle.Detach();
    }

    void DrawBadge()
    {
        canvas.Save();
        using var outline = new SKRoundRect(badge, 0.4f * u);
        canvas.ClipRoundRect(outline, SKClipOperation.Intersect, antialias: true);
        using var ground = Lettering.Fill(PictureTheme.Stripe);
        using var stripe = Lettering.Stroke(PictureTheme.Ink, 0.75f * u);
        canvas.DrawRect(badge, ground);
        for (var x = badge.Left - badge.Height; x < badge.Right; x += 1.9f * u)
        {
            canvas.DrawLine(x, badge.Bottom, x + badge.Height, badge.Top, stripe);
        }

        using var plate = Lettering.Fill(PictureTheme.Stripe);
        canvas.DrawRect(SKRect.Inflate(badge, -1.3f * u, -0.5f * u), plate);
        letters.Write(canvas, words.Simulated, badge.MidX, badge.MidY + BadgeText * 0.36f, BadgeText, PictureTheme.Ink, SKTextAlign.Center, bold: true);
        canvas.Restore();
    }

    void Plate(SKRect box)
    {
        using var ground = Lettering.Fill(theme.Ground.WithAlpha(215));
        canvas.DrawRoundRect(box, 0.4f * u, 0.4f * u, ground);
    }

    static string Degrees(double value, string side) => string.Create(CultureInfo.InvariantCulture, $"{value:0.##}°{side}");
}
