using System.Globalization;
using SkiaSharp;

namespace Linfen.AirMap.HeatSources.Evaluation;

/// <summary>What stands beside the map: signs, figures, and the strongest sources by number.</summary>
sealed class HeatLegend(Ink ink, SKCanvas canvas, float left, float top, float right)
{
    /// <summary>Sources that are numbered on the map and listed beside it.</summary>
    public const int Listed = 12;

    float y = top;

    public void Draw(HeatReport report)
    {
        DrawSigns();
        DrawFigures(report, report.Evaluation!);
        DrawList(report.Sources);
    }

    void DrawSigns()
    {
        Head("图例");
        var from = 0;
        foreach (var (days, colour) in Ink.Persistence)
        {
            var next = Ink.Persistence.SkipWhile(p => p.Days <= days).Select(p => (int?)p.Days).FirstOrDefault();
            var radius = Math.Min(22, HeatPicture.RadiusOf(Math.Max(days, 5)));
            using var fill = Ink.Fill(colour.WithAlpha(120));
            using var ring = Ink.Stroke(colour, 2.6f);
            canvas.DrawCircle(left + 24, y - 8, radius, fill);
            canvas.DrawCircle(left + 24, y - 8, radius, ring);
            ink.Write(canvas, next is null ? $"热源，{days} 天以上有热点" : $"热源，{(from == 0 ? "不足 " + next : $"{days}–{next - 1}")} 天有热点", left + 62, y, 23, Ink.Text);
            from++;
            y += 46;
        }

        Dot(Ink.Explained, 6, "检验期热点：由热源解释");
        Dot(Ink.Other, 5, "检验期热点：其他");
        y += 16;
    }

    void Dot(SKColor colour, float radius, string text)
    {
        using var fill = Ink.Fill(colour);
        canvas.DrawCircle(left + 24, y - 8, radius, fill);
        ink.Write(canvas, text, left + 62, y, 23, Ink.Text);
        y += 40;
    }

    void DrawFigures(HeatReport report, HeatEvaluation evaluation)
    {
        Head("检验结果");
        Figure("识别出热源", $"{report.Sources.Count:N0} 处");
        Figure("检验期热点", $"{evaluation.Later:N0}");
        Figure("由热源解释", evaluation.Later == 0 ? "0" : $"{evaluation.Explained:N0}（{evaluation.Explained / (double)evaluation.Later:P1}）");
        Figure("功率或位置异常而未归因", $"{evaluation.PowerOutliers:N0} / {evaluation.PositionOutliers:N0}");
        Figure("准确率 / 召回率（对照类型 2）", evaluation.Typed == 0 ? "数据无类型" : $"{HeatEvaluation.Told(evaluation.Precision)} / {HeatEvaluation.Told(evaluation.Recall)}");
        y += 16;
    }

    void Figure(string name, string value)
    {
        ink.Write(canvas, name, left, y, 23, Ink.Quiet);
        ink.Write(canvas, value, right, y, 23, Ink.Text, SKTextAlign.Right, bold: true);
        y += 38;
    }

    void DrawList(IReadOnlyList<LearnedSource> sources)
    {
        Head("最显著的热源");
        foreach (var (x, text) in new[] { (190f, "经纬度"), (300f, "天"), (390f, "夜间"), (490f, "MW"), (right - left, "解释") })
        {
            ink.Write(canvas, text, left + x, y - 4, 19, Ink.Quiet, SKTextAlign.Right);
        }

        y += 30;
        for (var i = 0; i < Math.Min(Listed, sources.Count); i++)
        {
            var (c, size) = (sources[i].Candidate, 21);
            ink.Write(canvas, (i + 1).ToString(CultureInfo.InvariantCulture), left, y, size, Ink.Text, bold: true);
            Cell(190, FormattableString.Invariant($"{c.Centre.Lon:F3}  {c.Centre.Lat:F3}"));
            Cell(300, c.Days.ToString(CultureInfo.InvariantCulture));
            Cell(390, c.NightShare.ToString("P0", CultureInfo.InvariantCulture));
            Cell(490, FormattableString.Invariant($"{c.MedianMegawatts:F0}"));
            Cell(right - left, sources[i].Explained.ToString(CultureInfo.InvariantCulture));
            y += 33;

            void Cell(float x, string text) => ink.Write(canvas, text, left + x, y, size, Ink.Text, SKTextAlign.Right);
        }
    }

    void Head(string text)
    {
        using var rule = Ink.Fill(Ink.Explained);
        canvas.DrawRect(left, y + 4, 44, 5, rule);
        ink.Write(canvas, text, left + 56, y + 14, 27, Ink.Text, bold: true);
        y += 64;
    }
}
