using System.CommandLine;
using System.Globalization;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.GisData;
using Linfen.AirMap.HeatSources;
using Linfen.AirMap.HeatSources.Evaluation;
using Linfen.AirMap.HeatSources.Learning;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Intake;
using Linfen.AirMap.Intake.Firms;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Tables;

namespace Linfen.AirMap.Commands;

/// <summary>Learns heat sources from FIRMS archives, and says how well that does. Needs no database and stores nothing.</summary>
static class HeatSourcesCommand
{
    static readonly Argument<string[]> Files = new("files") { Description = "FIRMS CSV of any edition, plain or gzip", Arity = ArgumentArity.OneOrMore };
    static readonly Option<string?> Source = new("--source") { Description = "FIRMS source, such as VIIRS_NOAA20_NRT, where the files do not name the satellite" };
    static readonly Option<string?> From = new("--from") { Description = "First day (UTC), such as 2021-12-01" };
    static readonly Option<string?> To = new("--to") { Description = "Last day (UTC)" };
    static readonly Option<string?> Out = new("--out") { Description = "Report to write: .json, .csv or .geojson; the last two can be imported into the register" };
    static readonly Option<string?> Split = new("--split") { Description = "First day (UTC) of the test; without it the middle of the time" };
    static readonly Option<string?> Map = new("--map") { Description = "PNG to write; heat-sources.png where nothing is said" };

    public static Command Create()
    {
        var learn = new Command("learn", "Learns standing heat sources from FIRMS archives") { Files, Source, From, To, Out };
        learn.SetAction((said, cancellation) => RunAsync(said, Console.Out, evaluate: false, cancellation));
        var evaluate = new Command("evaluate", "Learns on the first part of the archives and counts what that explains in the second") { Files, Source, From, To, Split, Out, Map };
        evaluate.SetAction((said, cancellation) => RunAsync(said, Console.Out, evaluate: true, cancellation));
        return new Command("heat-sources", "Industrial heat sources in satellite archives") { learn, evaluate };
    }

    static async Task<int> RunAsync(ParseResult said, TextWriter output, bool evaluate, CancellationToken cancellation)
    {
        var files = said.GetRequiredValue(Files);
        var missing = files.FirstOrDefault(f => !File.Exists(f));
        if (missing is not null)
        {
            throw new GisDataException($"There is no file {missing}.");
        }

        if (!FirmsSource.TryParse(said.GetValue(Source), out var source))
        {
            throw new GisDataException($"'{said.GetValue(Source)}' is no FIRMS source, such as VIIRS_NOAA20_NRT.");
        }

        var order = new HeatOrder(files, source, Day(said, From), Day(said, To), evaluate, evaluate ? Day(said, Split) : null, said.GetValue(Out), evaluate ? said.GetValue(Map) ?? "heat-sources.png" : null);
        return await RunAsync(order, Settings.GisDataFolder(Environment.GetEnvironmentVariable), Beijing.DayOf(TimeProvider.System.GetUtcNow()), output, cancellation);
    }

    /// <param name="gisData">Folder with the boundaries of the counties; without them no source has a county.</param>
    public static async Task<int> RunAsync(HeatOrder order, string gisData, DateOnly today, TextWriter output, CancellationToken cancellation)
    {
        var format = order.Out is null ? null : FormatOf(order.Out);
        var boundaries = Path.Combine(gisData, "counties.geojson");
        var city = new CityAtlas(File.Exists(boundaries) ? await CountyFile.ReadAsync(boundaries, cancellation) : []);
        var archive = new HeatArchive(order.Files, order.Source, order.From, order.To);
        var trial = new HeatTrial(archive, new LearnerOptions(), city);
        try
        {
            using var picture = new MemoryStream();
            var report = order.Evaluate ? await trial.EvaluateAsync(order.Split, order.Map is null ? null : picture, today, cancellation) : await trial.LearnAsync(cancellation);
            await report.TellAsync(output);
            if (order.Out is not null)
            {
                await WriteAsync(report, order.Out, format!, cancellation);
                await output.WriteLineAsync($"Report: {order.Out}");
            }

            if (picture.Length > 0)
            {
                await File.WriteAllBytesAsync(order.Map!, picture.ToArray(), cancellation);
                await output.WriteLineAsync($"Map: {order.Map}");
            }

            return 0;
        }
        catch (UnreadableBodyException e)
        {
            throw new GisDataException(e.Message);
        }
    }

    static async Task WriteAsync(HeatReport report, string path, string format, CancellationToken cancellation)
    {
        if (format == ".json")
        {
            await File.WriteAllTextAsync(path, report.ToJson(), cancellation);
            return;
        }

        await using var file = File.Create(path);
        await HeatTable.WriteAsync(file, format == ".csv" ? TableFormat.Csv : TableFormat.GeoJson, report.Sources, report.Evaluation is not null, cancellation);
    }

    static string FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() is ".json" or ".csv" or ".geojson"
        ? Path.GetExtension(path).ToLowerInvariant()
        : throw new GisDataException($"'{path}': a report is a .json, .csv or .geojson file.");

    static DateOnly? Day(ParseResult said, Option<string?> option) => said.GetValue(option) is not { } text
        ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new GisDataException($"{option.Name} is '{text}'; a day is written as 2023-01-01.");
}

/// <summary>What the command is to do.</summary>
/// <param name="Source">Names the satellite where the files do not.</param>
/// <param name="Split">First day of the test; null for the middle.</param>
/// <param name="Out">Report file; null for none.</param>
/// <param name="Map">Picture file; null for none.</param>
sealed record HeatOrder(
    IReadOnlyList<string> Files, FirmsSource? Source, DateOnly? From, DateOnly? To, bool Evaluate, DateOnly? Split, string? Out, string? Map);
