using System.Globalization;
using Linfen.AirMap.Plan.Articles;
using SkiaSharp;

namespace Linfen.AirMap.Pictures;

/// <summary>What the colours and signs mean, and the numbers of the map once more as a table.</summary>
sealed class PageLegend(Lettering letters, SKCanvas canvas, PictureTheme theme, PictureLayout page, PictureContent content, PictureWords words)
{
    /// <summary>In units: a row that can still be read, and one that is not lost.</summary>
    const float LeastRow = 2.2f, MostRow = 3.5f;

    readonly float u = page.Unit;
    readonly SKRect area = page.Legend;

    public void Draw()
    {
        if (page.IsBeside)
        {
            var y = Head(words.Legend, area.Top);
            y = DrawRamp(area.Left, y + 0.4f * u, area.Width);
            y = DrawSigns(area.Left, y + 1.1f * u, area.Width, across: false);
            DrawTable(y + 2f * u);
            return;
        }

        var half = area.Width >= 80 * u;
        var below = DrawRamp(area.Left, area.Top + 0.4f * u, half ? area.Width * 0.54f : area.Width);
        below = half ? Math.Max(below, DrawSigns(area.Left + area.Width * 0.62f, area.Top + 1.4f * u, area.Width * 0.38f, across: false))
            : DrawSigns(area.Left, below + 0.1f * u, area.Width, across: true);
        DrawTable(below + 2f * u);
    }

    float Head(string text, float top)
    {
        using var mark = Lettering.Fill(theme.Band);
        canvas.DrawRect(area.Left, top + 0.35f * u, 0.55f * u, 2.1f * u, mark);
        letters.WriteWithin(canvas, text, area.Left + 1.5f * u, top + 2.15f * u, area.Width - 2 * u, 2.1f * u, theme.Text, bold: true);
        return top + 3.6f * u;
    }

    /// <summary>Returns where it ends.</summary>
    float DrawRamp(float left, float top, float width)
    {
        letters.WriteWithin(canvas, words.Ramp, left, top + 1.6f * u, width, 1.7f * u, theme.Quiet);
        var (y, step) = (top + 2.5f * u, width / theme.Ramp.Length);
        using var rim = Lettering.Stroke(theme.CountyLine.WithAlpha(150), 0.12f * u);
        for (var i = 0; i < theme.Ramp.Length; i++)
        {
            using var fill = Lettering.Fill(theme.Ramp[i]);
            var box = SKRect.Create(left + i * step, y, step - 0.35f * u, 1.9f * u);
            canvas.DrawRect(box, fill);
            canvas.DrawRect(box, rim);
            letters.WriteWithin(canvas, RangeOf(i), box.MidX, y + 3.6f * u, step, 1.45f * u, theme.Text, SKTextAlign.Center);
        }

        return y + 4.2f * u;
    }

    static string RangeOf(int index)
    {
        var bounds = PictureContent.ClassBounds;
        return index == bounds.Length - 1 ? string.Create(CultureInfo.InvariantCulture, $"≥{bounds[index]}")
            : bounds[index + 1] - bounds[index] == 1 ? bounds[index].ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{bounds[index]}–{bounds[index + 1] - 1}");
    }

    float DrawSigns(float left, float top, float width, bool across)
    {
        var confirmed = content.Fires.Count(f => f.IsConfirmed);
        var (x, y) = (left, top + 1.5f * u);
        foreach (var (name, isConfirmed, count) in new[] { (words.Confirmed, true, confirmed), (words.Suspected, false, content.Fires.Count - confirmed) })
        {
            FireSign.Draw(canvas, new(x + 1.4f * u, y), isConfirmed, u, theme);
            var room = (across ? width / 2 : width) - 9 * u;
            var wide = letters.WriteWithin(canvas, name, x + 3.6f * u, y + 0.65f * u, room, 1.75f * u, theme.Text);
            letters.Write(canvas, count.ToString(CultureInfo.InvariantCulture), x + 3.6f * u + wide + 1.1f * u, y + 0.65f * u, 1.75f * u, theme.Text, bold: true);
            (x, y) = across ? (x + width / 2, y) : (x, y + 3.1f * u);
        }

        y += across ? 2 * u : 0;
        if (content.Fires.Count >= ShownFires.Most)
        {
            letters.WriteWithin(canvas, words.Cut(ShownFires.Most), left, y + 0.4f * u, width, 1.5f * u, theme.Quiet);
            y += 2.4f * u;
        }

        return y - 1.1f * u;
    }

    /// <summary>One county by its articles and facts, the city by its counties.</summary>
    void DrawTable(float top)
    {
        if (content.Focus is not { } focus)
        {
            DrawRows(top, words.Counties, words.Columns, Counties(), isWhole: true);
            return;
        }

        var below = DrawRows(top, words.Articles, null, Articles(), isWhole: false);
        DrawRows(below + 2f * u, words.Facts, null, [.. words.FactsOf(focus, content.Of(focus)).Select(f => (f.Name, new[] { f.Value }, (SKColor?)null))], isWhole: true);
    }

    /// <summary>Returns where it ends.</summary>
    /// <param name="isWhole">What does not fit whole is left out; otherwise the first rows stand there.</param>
    float DrawRows(float top, string title, (string Name, string Open, string Overdue, string Fires)? columns, List<(string Name, string[] Cells, SKColor? Fill)> rows, bool isWhole)
    {
        var wanted = Math.Max(1, rows.Count);
        var room = area.Bottom - top - (columns is null ? 4f : 6.3f) * u;
        if (room < LeastRow * u || (isWhole && room / wanted < LeastRow * u))
        {
            return top;
        }

        var y = Head(title, top);
        var row = Math.Clamp(room / wanted, LeastRow * u, columns is null ? 2.9f * u : MostRow * u);
        using var line = Lettering.Stroke(theme.Line, 0.11f * u);
        using var strong = Lettering.Stroke(theme.Quiet, 0.15f * u);
        if (columns is { } named)
        {
            DrawRow(y + 1.5f * u, 1.5f * u, named.Name, [named.Open, named.Overdue, named.Fires], theme.Quiet, null);
            y += 2.3f * u;
        }

        canvas.DrawLine(area.Left, y, area.Right, y, strong);
        foreach (var (text, cells, fill) in rows.Take((int)(room / row + 0.01f)))
        {
            DrawRow(y + row * 0.5f + 0.62f * u, Math.Min(1.8f * u, row * 0.7f), text, cells, theme.Text, fill);
            y += row;
            canvas.DrawLine(area.Left, y, area.Right, y, line);
        }

        if (rows.Count == 0)
        {
            letters.Write(canvas, words.Nothing, area.Left, y + 2.4f * u, 1.8f * u, theme.Quiet);
            y += 3f * u;
        }

        return y;
    }

    List<(string Name, string[] Cells, SKColor? Fill)> Counties() =>
    [
        .. content.Told.Select(c => (County: c, Summary: content.Of(c))).OrderByDescending(c => c.Summary.Open).ThenByDescending(c => c.Summary.Overdue)
            .Select(c => (words.NameOf(c.County), new[] { Text(c.Summary.Open), Text(c.Summary.Overdue), Text(c.Summary.Burning) }, (SKColor?)theme.Ramp[PictureContent.ClassOf(c.Summary.Open)])),
    ];

    List<(string Name, string[] Cells, SKColor? Fill)> Articles() =>
    [
        .. content.Of(content.Focus!).ByRule.Where(r => r.Value > 0).OrderByDescending(r => r.Value).ThenBy(r => r.Key, StringComparer.Ordinal)
            .Select(r => (RuleBook.Find(r.Key) is { } rule ? words.Article(rule.Article, content.Asked.IsEnglish ? rule.TitleEn : rule.TitleZh) : r.Key, new[] { Text(r.Value) }, (SKColor?)null)),
    ];

    static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);

    void DrawRow(float y, float size, string name, string[] cells, SKColor colour, SKColor? fill)
    {
        // One value may be words.
        var cell = cells.Length == 1 ? Math.Max(7.6f * u, letters.WidthOf(cells[0], size) + 0.6f * u) : Math.Min(Math.Max(7.6f * u, area.Width * 0.16f), area.Width * 0.19f);
        var x = area.Left;
        if (fill is { } swatch)
        {
            using var paint = Lettering.Fill(swatch);
            using var rim = Lettering.Stroke(theme.CountyLine.WithAlpha(150), 0.12f * u);
            var box = SKRect.Create(x + 0.1f * u, y - 1.15f * u, 1.15f * u, 1.15f * u);
            canvas.DrawRect(box, paint);
            canvas.DrawRect(box, rim);
        }

        x += content.Focus is null ? 2.1f * u : 0;
        letters.WriteWithin(canvas, name, x, y, area.Right - cells.Length * cell - x, size, colour);
        for (var i = 0; i < cells.Length; i++)
        {
            var isNothing = cells[i] == "0";
            letters.WriteWithin(canvas, cells[i], area.Right - (cells.Length - 1 - i) * cell, y, cell - 0.4f * u, size, isNothing ? theme.Quiet.WithAlpha(150) : colour, SKTextAlign.Right, bold: i == 0 && fill is not null && !isNothing);
        }
    }
}
