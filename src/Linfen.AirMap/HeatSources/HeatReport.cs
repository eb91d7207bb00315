using System.Text.Json;
using Linfen.AirMap.Events;
using Linfen.AirMap.HeatSources.Evaluation;
using Linfen.AirMap.HeatSources.Learning;

namespace Linfen.AirMap.HeatSources;

/// <summary>What was learned, as JSON and as lines for a terminal.</summary>
sealed record HeatReport(HeatArchive Archive, HeatLearner Learner, IReadOnlyList<LearnedSource> Sources, DateOnly? Split, HeatEvaluation? Evaluation)
{
    const int MostLines = 40;

    public string ToJson() => Feature.ToText(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("files");
        foreach (var file in Archive.Files)
        {
            json.WriteStringValue(Path.GetFileName(file));
        }

        json.WriteEndArray();
        json.WriteNumber("rows", Archive.Rows);
        json.WriteNumber("rejected", Archive.Rejected);
        json.WriteStartObject("learned");
        json.WriteNumber("sightings", Learner.Sightings);
        json.WriteString("from", Learner.From is { } from ? HeatTable.Day(from) : null);
        json.WriteString("to", Learner.To is { } to ? HeatTable.Day(to) : null);
        json.WriteNumber("cells", Learner.Cells);
        json.WriteNumber("cellsOfOneDay", Learner.CellsOfOneDay);
        json.WriteNumber("sources", Sources.Count);
        json.WriteEndObject();
        if (Evaluation is not null)
        {
            Write(json, Evaluation);
        }

        json.WriteStartArray("sources");
        foreach (var source in Sources)
        {
            Write(json, source);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    void Write(Utf8JsonWriter json, HeatEvaluation evaluation)
    {
        json.WriteStartObject("evaluated");
        json.WriteString("split", HeatTable.Day(Split!.Value));
        json.WriteNumber("sightings", evaluation.Later);
        json.WriteNumber("explained", evaluation.Explained);
        json.WriteNumber("powerOutliers", evaluation.PowerOutliers);
        json.WriteNumber("positionOutliers", evaluation.PositionOutliers);
        json.WriteNumber("typed", evaluation.Typed);
        json.WriteNumber("ofType2", evaluation.OfStaticType);
        json.WriteOptional("precision", evaluation.Precision);
        json.WriteOptional("recall", evaluation.Recall);
        json.WriteEndObject();
    }

    void Write(Utf8JsonWriter json, LearnedSource source)
    {
        var c = source.Candidate;
        json.WriteStartObject();
        json.WriteString("name", c.Name);
        json.WriteNumber("lon", Math.Round(c.Centre.Lon, 5));
        json.WriteNumber("lat", Math.Round(c.Centre.Lat, 5));
        json.WriteString("county", source.County?.Code);
        json.WriteString("countyName", source.County?.Name);
        json.WriteNumber("score", Math.Round(c.Score, 3));
        json.WriteNumber("cells", c.Cells);
        json.WriteNumber("sightings", c.Sightings);
        json.WriteNumber("days", c.Days);
        json.WriteNumber("nights", c.Nights);
        json.WriteNumber("months", c.Months);
        json.WriteNumber("nightShare", Math.Round(c.NightShare, 3));
        json.WriteOptional("medianMegawatts", Rounded(c.MedianMegawatts));
        json.WriteOptional("spread", Rounded(c.Spread));
        json.WriteOptional("highestMegawatts", Rounded(c.HighestMegawatts));
        json.WriteString("firstLit", HeatTable.Day(c.FirstLit));
        json.WriteString("lastLit", HeatTable.Day(c.LastLit));
        json.WriteString("map", c.MapLink);
        if (Evaluation is not null)
        {
            json.WriteNumber("explained", source.Explained);
            json.WriteNumber("explainedDays", source.ExplainedDays);
            json.WriteString("lastExplained", source.LastExplained is { } day ? HeatTable.Day(day) : null);
            json.WriteNumber("powerOutliers", source.PowerOutliers);
            json.WriteNumber("positionOutliers", source.PositionOutliers);
        }

        json.WritePropertyName("extent");
        GeometryJson.Write(json, c.Extent);
        json.WriteEndObject();
    }

    static double? Rounded(double? value) => value is { } number ? Math.Round(number, 2) : null;

    /// <summary>A summary and a line per source, the most convincing first.</summary>
    public async Task TellAsync(TextWriter output)
    {
        await output.WriteLineAsync(FormattableString.Invariant(
            $"{Archive.Rows} rows, {Archive.Rejected} rejected; {Learner.Sightings} learned from {Learner.From:yyyy-MM-dd} to {Learner.To:yyyy-MM-dd}, {Learner.Cells} cells, {Learner.CellsOfOneDay} of them lit on one day only"));
        foreach (var fault in Archive.Faults)
        {
            await output.WriteLineAsync("  rejected: " + fault);
        }

        if (Evaluation is { } e)
        {
            await output.WriteLineAsync(FormattableString.Invariant(
                $"from {Split:yyyy-MM-dd}: {e.Later} sightings, {e.Explained} explained, escaped {e.PowerOutliers} by power and {e.PositionOutliers} by position"));
            await output.WriteLineAsync(e.Typed == 0
                ? "The archive tells no type: no precision or recall."
                : FormattableString.Invariant($"of {e.Typed} with a type: precision {HeatEvaluation.Told(e.Precision)}, recall {HeatEvaluation.Told(e.Recall)} against type 2"));
        }

        await output.WriteLineAsync($"{Sources.Count} sources");
        if (Sources.Count > 0)
        {
            await output.WriteLineAsync("score  days nights months  night%  median MW  lon        lat       cells" + (Evaluation is null ? "" : "  later") + "  county  map");
        }

        foreach (var source in Sources.Take(MostLines))
        {
            await output.WriteLineAsync(Line(source));
        }

        if (Sources.Count > MostLines)
        {
            await output.WriteLineAsync($"… and {Sources.Count - MostLines} more; --out writes all");
        }
    }

    string Line(LearnedSource source)
    {
        var c = source.Candidate;
        var later = Evaluation is null ? "" : FormattableString.Invariant($"  {source.Explained,5}");
        return FormattableString.Invariant(
            $"{c.Score:F3}  {c.Days,4} {c.Nights,6} {c.Months,6}  {c.NightShare * 100,5:F0}%  {c.MedianMegawatts,9:F1}  {c.Centre.Lon:F5}  {c.Centre.Lat:F5}  {c.Cells,4}{later}  {source.County?.Name ?? "–"}  {c.MapLink}");
    }
}
