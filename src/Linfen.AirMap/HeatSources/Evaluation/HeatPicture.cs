using System.Globalization;
using Linfen.AirMap.Counties;
using Linfen.AirMap.HeatSources.Learning;
using Linfen.AirMap.Pictures;
using NetTopologySuite.Geometries;
using SkiaSharp;

namespace Linfen.AirMap.HeatSources.Evaluation;

/// <summary>
/// The map of an evaluation: learned sources by persistence, later sightings that they explain and those that they do not. Sightings are drawn
/// as they come and are not kept.
/// </summary>
sealed class HeatPicture : IDisposable
{
    const int Width = 2200;
    const float Edge = 100;
    const float RightEdge = 60;
    const float Top = 170;
    const float MapWidth = 1440;
    const float LeastHeight = 900;
    const float MostHeight = 1500;
    const float Below = 330;

    readonly Ink ink = Ink.Open();
    readonly MapFrame frame;
    readonly SKBitmap others;
    readonly SKBitmap explained;
    readonly SKCanvas otherDots;
    readonly SKCanvas explainedDots;
    readonly SortedDictionary<int, Month> months = [];

    sealed class Month
    {
        public int Learned { get; set; }

        public int Explained { get; set; }

        public int Other { get; set; }
    }

    /// <param name="bounds">Degrees that must be seen.</param>
    public HeatPicture(Envelope bounds)
    {
        frame = new(bounds, Edge, Top, MapWidth, LeastHeight, MostHeight);
        (others, explained) = (new(Width, Height), new(Width, Height));
        (otherDots, explainedDots) = (new(others), new(explained));
        foreach (var canvas in new[] { otherDots, explainedDots })
        {
            canvas.Clear(SKColors.Transparent);
            canvas.ClipRect(frame.Area);
        }
    }

    int Height => (int)(frame.Area.Bottom + Below);

    public void Learned(in HeatSighting seen) => MonthOf(seen).Learned++;

    public void Later(in HeatSighting seen, bool isExplained)
    {
        var month = MonthOf(seen);
        (month.Explained, month.Other) = (month.Explained + (isExplained ? 1 : 0), month.Other + (isExplained ? 0 : 1));
        using var paint = Ink.Fill(isExplained ? Ink.Explained : Ink.Other.WithAlpha(150));
        (isExplained ? explainedDots : otherDots).DrawCircle(frame.At(seen.Position), isExplained ? 3.4f : 2.4f, paint);
    }

    Month MonthOf(in HeatSighting seen)
    {
        var key = seen.At.UtcDateTime.Year * 12 + seen.At.UtcDateTime.Month - 1;
        if (!months.TryGetValue(key, out var month))
        {
            months[key] = month = new();
        }

        return month;
    }

    /// <summary>Finishes the picture as PNG.</summary>
    /// <param name="madeOn">The day that stands below it.</param>
    public void Save(Stream target, HeatReport report, IReadOnlyCollection<County> counties, DateOnly madeOn)
    {
        using var sheet = new SKBitmap(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(sheet);
        canvas.Clear(Ink.Paper);
        DrawTitle(canvas, report);
        DrawGround(canvas, counties);
        canvas.DrawBitmap(others, 0, 0, SKSamplingOptions.Default);
        DrawSources(canvas, report.Sources);
        canvas.DrawBitmap(explained, 0, 0, SKSamplingOptions.Default);
        DrawNumbers(canvas, report.Sources);
        DrawScale(canvas);
        new HeatLegend(ink, canvas, frame.Area.Right + 50, Top, Width - RightEdge).Draw(report);
        DrawMonths(canvas, report);
        ink.Write(canvas, $"数据 Source：NASA FIRMS（{string.Join("、", report.Archive.Files.Select(Path.GetFileName))}）；坐标 CGCS2000，等距圆柱投影；制图 Linfen AirMap {HeatTable.Day(madeOn)}",
            Edge, Height - 28, 20, Ink.Quiet);
        using var image = SKImage.FromBitmap(sheet);
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        png.SaveTo(target);
    }

    void DrawTitle(SKCanvas canvas, HeatReport report)
    {
        ink.Write(canvas, "工业热源识别与检验", Edge, 88, 54, Ink.Text, bold: true);
        ink.Write(canvas, "Standing heat sources, learned and put to the test", Edge + ink.WidthOf("工业热源识别与检验", 54) + 36, 88, 28, Ink.Quiet);
        ink.Write(canvas, $"识别 {report.Learner.From:yyyy-MM-dd} 至 {report.Learner.To:yyyy-MM-dd} · 检验 {report.Split:yyyy-MM-dd} 起 · {report.Learner.Sightings + report.Evaluation!.Later:N0} 个卫星热点", Edge, 136, 28, Ink.Quiet);
    }

    void DrawGround(SKCanvas canvas, IReadOnlyCollection<County> counties)
    {
        using var ground = Ink.Fill(Ink.Ground);
        canvas.DrawRect(frame.Area, ground);
        using var line = Ink.Stroke(Ink.Line, 1);
        foreach (var lon in frame.Round(frame.Seen.MinX, frame.Seen.MaxX))
        {
            var x = frame.At(lon, 0).X;
            canvas.DrawLine(x, frame.Area.Top, x, frame.Area.Bottom, line);
            ink.Write(canvas, Degrees(lon, "E", "W"), x, frame.Area.Bottom + 26, 19, Ink.Quiet, SKTextAlign.Center);
        }

        foreach (var lat in frame.Round(frame.Seen.MinY, frame.Seen.MaxY))
        {
            var y = frame.At(0, lat).Y;
            canvas.DrawLine(frame.Area.Left, y, frame.Area.Right, y, line);
            ink.Write(canvas, Degrees(lat, "N", "S"), frame.Area.Left - 6, y + 7, 19, Ink.Quiet, SKTextAlign.Right);
        }

        DrawCounties(canvas, [.. counties.Where(c => c.Boundary.EnvelopeInternal.Intersects(frame.Seen))]);
        using var rim = Ink.Stroke(Ink.Border, 2);
        canvas.DrawRect(frame.Area, rim);
    }

    void DrawCounties(SKCanvas canvas, List<County> counties)
    {
        if (counties.Count == 0)
        {
            return;
        }

        canvas.Save();
        canvas.ClipRect(frame.Area);
        using var fill = Ink.Fill(SKColors.White.WithAlpha(190));
        using var border = Ink.Stroke(Ink.Border, 1.2f);
        // A name needs about the width of a county.
        var named = frame.PixelsOf(40) > 90;
        foreach (var county in counties)
        {
            using var outline = frame.Outline(county.Boundary);
            canvas.DrawPath(outline, fill);
            canvas.DrawPath(outline, border);
            if (named)
            {
                var at = frame.At(county.Label.X, county.Label.Y);
                ink.Write(canvas, county.Name, at.X, at.Y, 22, Ink.Quiet, SKTextAlign.Center);
            }
        }

        if (!named)
        {
            var at = frame.At(counties.Average(c => c.Label.X), counties.Average(c => c.Label.Y));
            ink.Write(canvas, "临汾市", at.X, at.Y + 8, 24, Ink.Text, SKTextAlign.Center, bold: true);
        }

        canvas.Restore();
    }

    void DrawSources(SKCanvas canvas, IReadOnlyList<LearnedSource> sources)
    {
        canvas.Save();
        canvas.ClipRect(frame.Area);
        foreach (var source in sources.OrderByDescending(s => s.Candidate.Days))
        {
            var (at, colour, radius) = (frame.At(source.Candidate.Centre), Ink.Of(source.Candidate.Days), RadiusOf(source.Candidate.Days));
            using var extent = frame.Outline(source.Candidate.Extent);
            using var fill = Ink.Fill(colour.WithAlpha(120));
            using var ring = Ink.Stroke(colour, 2.6f);
            canvas.DrawPath(extent, fill);
            canvas.DrawCircle(at, radius, fill);
            canvas.DrawCircle(at, radius, ring);
        }

        canvas.Restore();
    }

    /// <summary>The area grows with the days.</summary>
    internal static float RadiusOf(int days) => 5 + 3.2f * MathF.Sqrt(Math.Min(days, 365));

    /// <summary>The strongest carry the number under which the list beside the map has them.</summary>
    void DrawNumbers(SKCanvas canvas, IReadOnlyList<LearnedSource> sources)
    {
        // The first last: what lies on top is the more convincing.
        for (var i = Math.Min(sources.Count, HeatLegend.Listed) - 1; i >= 0; i--)
        {
            var at = frame.At(sources[i].Candidate.Centre);
            var (x, y) = (at.X + RadiusOf(sources[i].Candidate.Days) * 0.75f, at.Y - RadiusOf(sources[i].Candidate.Days) * 0.75f);
            using var halo = Ink.Fill(Ink.Paper);
            using var rim = Ink.Stroke(Ink.Text, 1.4f);
            canvas.DrawCircle(x, y, 13, halo);
            canvas.DrawCircle(x, y, 13, rim);
            ink.Write(canvas, (i + 1).ToString(CultureInfo.InvariantCulture), x, y + 6.5f, 18, Ink.Text, SKTextAlign.Center, bold: true);
        }
    }

    void DrawScale(SKCanvas canvas)
    {
        var (kilometres, x, y) = (frame.BarKilometres, frame.Area.Left + 28, frame.Area.Bottom - 30);
        var length = frame.PixelsOf(kilometres);
        using var plate = Ink.Fill(Ink.Paper.WithAlpha(225));
        canvas.DrawRoundRect(new SKRect(x - 14, y - 44, x + Math.Max(length, 90) + 14, y + 16), 6, 6, plate);
        using var bar = Ink.Fill(Ink.Text);
        canvas.DrawRect(x, y - 4, length, 8, bar);
        using var half = Ink.Fill(Ink.Paper);
        canvas.DrawRect(x + length / 2, y - 2, length / 2 - 2, 4, half);
        ink.Write(canvas, $"{kilometres} km", x, y - 14, 21, Ink.Text);
    }

    /// <summary>Sightings by month, with the day from which the sources were put to the test.</summary>
    void DrawMonths(SKCanvas canvas, HeatReport report)
    {
        if (months.Count == 0)
        {
            return;
        }

        var (first, last) = (months.Keys.First(), months.Keys.Last());
        var (top, bottom) = (frame.Area.Bottom + 96, frame.Area.Bottom + 226);
        var step = MapWidth / (last - first + 1);
        var most = months.Values.Max(m => Math.Max(m.Learned, m.Explained + m.Other));
        ink.Write(canvas, "逐月热点数（平方根刻度；青色为检验期由热源解释）", frame.Area.Left, frame.Area.Bottom + 72, 22, Ink.Text, bold: true);
        foreach (var (key, month) in months)
        {
            var x = frame.Area.Left + (key - first) * step;
            // By roots, so that a quiet winter is seen beside a June.
            float Tall(int count) => (bottom - top) * MathF.Sqrt(count / (float)most);
            Bar(x, Tall(month.Learned + month.Explained + month.Other), month.Learned > 0 ? Ink.Border : Ink.Other);
            Bar(x, Tall(month.Explained), Ink.Explained);
            if (key % 12 == 0 || (key == first && key % 12 < 11) || step > 120)
            {
                ink.Write(canvas, $"{key / 12}-{key % 12 + 1:00}", x + step / 2, bottom + 26, 18, Ink.Quiet, SKTextAlign.Center);
            }
        }

        using var axis = Ink.Stroke(Ink.Border, 1.5f);
        canvas.DrawLine(frame.Area.Left, bottom, frame.Area.Right, bottom, axis);
        if (report.Split is { } split)
        {
            var x = frame.Area.Left + (split.Year * 12 + split.Month - 1 - first + (split.Day - 1) / 31f) * step;
            using var cut = Ink.Stroke(Ink.Text, 2);
            cut.PathEffect = SKPathEffect.CreateDash([8, 6], 0);
            canvas.DrawLine(x, top - 8, x, bottom, cut);
            ink.Write(canvas, "← 识别", x - 8, top + 8, 19, Ink.Text, SKTextAlign.Right);
            ink.Write(canvas, "检验 →", x + 8, top + 8, 19, Ink.Text);
        }

        void Bar(float x, float height, SKColor colour)
        {
            using var paint = Ink.Fill(colour);
            canvas.DrawRect(x + step * 0.12f, bottom - height, step * 0.76f, height, paint);
        }
    }

    static string Degrees(double value, string positive, string negative) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(value):0.##}°{(value < 0 ? negative : positive)}");

    public void Dispose()
    {
        otherDots.Dispose();
        explainedDots.Dispose();
        others.Dispose();
        explained.Dispose();
        ink.Dispose();
    }
}
