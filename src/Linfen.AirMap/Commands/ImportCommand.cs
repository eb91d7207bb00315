using System.Text.Json;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.GisData;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Intake;
using Linfen.AirMap.Intake.Firms;
using Linfen.AirMap.Registers;
using Linfen.AirMap.Subjects;
using Linfen.AirMap.Tables;
using Linfen.AirMap.Zones;
using Microsoft.EntityFrameworkCore;
using Serilog;
using Serilog.Events;

namespace Linfen.AirMap.Commands;

/// <summary>Bulk import without size limit, on the same way as the HTTP intake; a running server and its clients see it at once.</summary>
static class ImportCommand
{
    public static readonly string[] Kinds = ["counties", "zones", "parameters", "firms"];

    public static async Task<int> RunAsync(Settings settings, string kind, string path, bool dryRun, string? source, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            throw new GisDataException($"There is no file {path}.");
        }

        using var host = Build(settings);
        await host.StartAsync(cancellation);
        try
        {
            var ledger = host.Services.GetRequiredService<Ledger>();
            var said = kind switch
            {
                "counties" => await MapDataImport.CountiesAsync(ledger, path, dryRun, cancellation),
                "zones" => await ZonesAsync(host.Services, path, dryRun, cancellation),
                "parameters" => await MapDataImport.ParametersAsync(ledger, path, dryRun, cancellation),
                "firms" => await FirmsAsync(host.Services, path, dryRun, source, cancellation),
                _ when RegisterNamed(host.Services, kind) is { } register => await RegisterAsync(host.Services, register.Kind, path, dryRun, cancellation),
                _ => throw new GisDataException($"'{kind}' cannot be imported; there are {string.Join(", ", Kinds.Concat(RegisterNames(host.Services)))}."),
            };
            await Console.Out.WriteLineAsync(dryRun ? $"Nothing was changed. The file holds: {said}" : said);
            return 0;
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>The server without its web side.</summary>
    public static IHost Build(Settings settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddSerilog((_, log) => log.MinimumLevel.Is(LogEventLevel.Warning).WriteTo.Console(formatProvider: System.Globalization.CultureInfo.InvariantCulture));
        builder.Services.AddAirMap(settings);
        return builder.Build();
    }

    /// <summary>By the last part of its address, such as <c>boilers</c>, or by its kind.</summary>
    static Register? RegisterNamed(IServiceProvider services, string name) => services.GetRequiredService<RegisterBook>().All
        .FirstOrDefault(r => r.Path.Length > 0 && (r.Kind == name || r.Path.Split('/')[^1] == name));

    static IEnumerable<string> RegisterNames(IServiceProvider services) =>
        services.GetRequiredService<RegisterBook>().All.Where(r => r.Path.Length > 0).Select(r => r.Path.Split('/')[^1]);

    /// <summary>Into a register; a running server and its clients see it at once.</summary>
    public static async Task<string> RegisterAsync(IServiceProvider services, string kind, string path, bool dryRun, CancellationToken cancellation)
    {
        var register = services.GetRequiredService<RegisterBook>().Find(kind)!;
        await using var db = await services.GetRequiredService<IDbContextFactory<AirMapDb>>().CreateDbContextAsync(cancellation);
        var report = new ImportReport(dryRun);
        try
        {
            await using var file = File.OpenRead(path);
            await using var table = await TableReader.OpenAsync(file, path, null, new TableLimits(long.MaxValue, long.MaxValue), cancellation);
            var rows = RegisterFile.RowsAsync(table, new SubjectReader(register, new References(db)), RegisterFile.SystemOf(null, table), cancellation);
            await services.GetRequiredService<RegisterImport>().RunAsync(
                register, rows, report, Author.Verb("import"), () => Console.Error.WriteLineAsync($"{report.Received} rows, {report.RejectedCount} rejected"), cancellation);
        }
        catch (TableException e)
        {
            throw new GisDataException($"{path}: {e.Message} ({report.Created + report.Changed} rows stored before it; send the file again to complete it)");
        }

        return await ToldAsync(report);
    }

    static async Task<string> ZonesAsync(IServiceProvider services, string path, bool dryRun, CancellationToken cancellation)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return await ToldAsync(await services.GetRequiredService<ZoneImport>().RunAsync(file, new(null, dryRun), Author.Verb("import"), cancellation));
        }
        catch (JsonException e)
        {
            throw new GisDataException($"{path} is no GeoJSON FeatureCollection: {e.Message}");
        }
    }

    static async Task<string> ToldAsync(ImportReport report)
    {
        foreach (var (line, reason) in report.Rejected.Take(20))
        {
            await Console.Error.WriteLineAsync($"{line}: {reason}");
        }

        return $"received {report.Received}, created {report.Created}, changed {report.Changed}, unchanged {report.Unchanged}, rejected {report.RejectedCount}";
    }

    static async Task<string> FirmsAsync(IServiceProvider services, string path, bool dryRun, string? source, CancellationToken cancellation)
    {
        if (!FirmsSource.TryParse(source, out var sensor))
        {
            throw new GisDataException($"'{source}' is no FIRMS source, such as VIIRS_NOAA20_NRT.");
        }

        var report = new IntakeReport();
        await using var file = File.OpenRead(path);
        await using var unpacked = FirmsFile.Unpack(file);
        var progress = new ImportProgress(file, report);
        var lines = progress.Watch(FirmsReader.ReadAsync(unpacked, sensor, simulated: false, cancellation), cancellation);
        try
        {
            if (dryRun)
            {
                await CountAsync(lines, services.GetRequiredService<Atlas.AtlasKeeper>().Current, report);
            }
            else
            {
                await services.GetRequiredService<IntakePipeline>().StoreAsync(lines, report, Accounts.Scope.City, cancellation);
            }
        }
        catch (UnreadableBodyException e)
        {
            throw new GisDataException($"{path}: {e.Message} ({report.Stored} stored before it)");
        }

        foreach (var (line, reason) in report.Rejected.Take(20))
        {
            await Console.Error.WriteLineAsync($"line {line}: {reason}");
        }

        return $"received {report.Received}, {(dryRun ? "inside" : "stored")} {report.Stored}, duplicates {report.Duplicates}, outside {report.Outside}, "
            + $"quarantined {report.Quarantined}, rejected {report.RejectedCount}";
    }

    /// <summary>Reads and locates without a database; what is inside counts as stored.</summary>
    static async Task CountAsync(IAsyncEnumerable<IntakeLine> lines, Atlas.CityAtlas map, IntakeReport report)
    {
        await foreach (var (line, observation, reason) in lines)
        {
            if (observation is null)
            {
                report.Reject(line, reason!);
            }
            else
            {
                var inside = map.Locate(observation.Position) is not null;
                report.Count(new(inside ? 1 : 0, 0, inside ? 0 : 1, 0, []));
            }
        }
    }
}
