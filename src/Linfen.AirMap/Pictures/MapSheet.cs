using System.Globalization;
using Linfen.AirMap.Counties;
using SkiaSharp;

namespace Linfen.AirMap.Pictures;

/// <summary>The map within its frame: ground, counties by class with name and number, fires.</summary>
sealed class MapSheet(Lettering letters, SKCanvas canvas, PictureTheme theme, PictureLayout page, MapFrame frame, PictureContent content, PictureWords words)
{
    readonly float u = page.Unit;
    /// <summary>A small map has small signs.</summary>
    readonly float sign = page.Unit * FireSign.ShareOf(content.Fires.Count) * Math.Clamp(page.Map.Height / page.Unit / 60, 0.5f, 1);

    /// <param name="kept">Where furniture stands, which no name may cover.</param>
    public void Draw(IReadOnlyList<SKRect> kept)
    {
        canvas.Save();
        canvas.ClipRect(frame.Area);
        using var ground = Lettering.Fill(theme.Ground);
        canvas.DrawRect(frame.Area, ground);
        DrawGrid();
        DrawCounties();
        foreach (var fire in content.Fires)
        {
            if (!fire.IsConfirmed)
            {
                FireSign.Draw(canvas, frame.At(fire.Place), confirmed: false, sign, theme);
            }
        }

        // What is sure lies on top.
        foreach (var fire in content.Fires)
        {
            if (fire.IsConfirmed)
            {
                FireSign.Draw(canvas, frame.At(fire.Place), confirmed: true, sign, theme);
            }
        }

        DrawNames(kept);
        canvas.Restore();
    }

    void DrawGrid()
    {
        using var line = Lettering.Stroke(theme.Line, 0.1f * u);
        foreach (var lon in frame.Round(frame.Seen.MinX, frame.Seen.MaxX))
        {
            canvas.DrawLine(frame.At(lon, frame.Seen.MinY), frame.At(lon, frame.Seen.MaxY), line);
        }

        foreach (var lat in frame.Round(frame.Seen.MinY, frame.Seen.MaxY))
        {
            canvas.DrawLine(frame.At(frame.Seen.MinX, lat), frame.At(frame.Seen.MaxX, lat), line);
        }
    }

    void DrawCounties()
    {
        var outlines = content.Map.ByCode.Values.ToDictionary(c => c, c => frame.Outline(c.Boundary));
        // A band around what is told of, as atlases have it: its inner half disappears under the fills.
        foreach (var (width, alpha) in new[] { (3.4f, (byte)34), (2.2f, (byte)52), (1.1f, (byte)80) })
        {
            using var all = new SKPathBuilder();
            foreach (var (county, outline) in outlines)
            {
                if (content.Focus is null || county == content.Focus)
                {
                    all.AddPath(outline);
                }
            }

            using var path = all.Detach();
            using var band = Lettering.Stroke(theme.Band.WithAlpha(alpha), width * u);
            band.StrokeJoin = SKStrokeJoin.Round;
            canvas.DrawPath(path, band);
        }

        using var thin = Lettering.Stroke(theme.CountyLine.WithAlpha(content.Focus is null ? (byte)190 : (byte)90), 0.13f * u);
        thin.StrokeJoin = SKStrokeJoin.Round;
        foreach (var (county, outline) in outlines.OrderBy(o => o.Key == content.Focus))
        {
            using var fill = Lettering.Fill(FillOf(county));
            canvas.DrawPath(outline, fill);
            canvas.DrawPath(outline, thin);
        }

        if (content.Focus is { } focus)
        {
            using var thick = Lettering.Stroke(theme.Frame, 0.3f * u);
            thick.StrokeJoin = SKStrokeJoin.Round;
            canvas.DrawPath(outlines[focus], thick);
        }

        foreach (var outline in outlines.Values)
        {
            outline.Dispose();
        }
    }

    SKColor FillOf(County county) => content.Tells(county.Code) ? theme.Ramp[PictureContent.ClassOf(content.Of(county).Open)] : theme.Faint;

    void DrawNames(IReadOnlyList<SKRect> kept)
    {
        var radius = (FireSign.Radius + 0.3f) * sign;
        List<SKRect> signs = [.. content.Fires.Take(400).Select(f => LabelPlaces.BoxAround(frame.At(f.Place), new(2 * radius, 2 * radius)))];
        var (name, number) = page.IsLarge ? (1.95f * u, 2.5f * u) : (1.6f * u, 1.8f * u);
        var wishes = content.Map.ByCode.Values.Where(c => c.Boundary.EnvelopeInternal.Intersects(frame.Seen)).Select(c => WishOf(c, name, number)).ToList();
        // Furniture weighs as a sign, many times: a name stands upon it in no case that has another way.
        var places = LabelPlaces.Find(wishes, [.. signs, .. kept, .. kept, .. kept], frame.Area);
        foreach (var county in content.Map.ByCode.Values)
        {
            if (places.TryGetValue(county.Code, out var at))
            {
                DrawName(county, at, name, number);
            }
        }
    }

    LabelWish WishOf(County county, float name, float number)
    {
        var (told, seen) = (content.Tells(county.Code), county.Boundary.EnvelopeInternal.Intersection(frame.Seen));
        var (corner, opposite) = (frame.At(seen.MinX, seen.MaxY), frame.At(seen.MaxX, seen.MinY));
        var size = told ? name : name * 0.9f;
        return new(
            county.Code, new(corner.X, corner.Y, opposite.X, opposite.Y), frame.At(county.Label.X, county.Label.Y),
            new(letters.WidthOf(words.NameOf(county), size, bold: told) + 0.5f * u, (told ? name + number : size) * 1.16f),
            at => content.Map.Locate(frame.PlaceOf(at))?.Code == county.Code);
    }

    void DrawName(County county, SKPoint at, float name, float number)
    {
        var fill = FillOf(county);
        if (!content.Tells(county.Code))
        {
            letters.WriteRimmed(canvas, words.NameOf(county), at.X, at.Y + name * 0.33f, name * 0.9f, theme.Quiet, fill);
            return;
        }

        var (ink, open) = (PictureTheme.On(fill), content.Of(county).Open);
        letters.WriteRimmed(canvas, words.NameOf(county), at.X, at.Y - number * 0.14f, name, ink, fill);
        letters.WriteRimmed(canvas, open.ToString(CultureInfo.InvariantCulture), at.X, at.Y + number * 0.84f, number, open == 0 ? ink.WithAlpha(170) : ink, fill, bold: open > 0);
    }
}
