using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Counties;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Plan.Parameters;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.GisData;

/// <summary>Replaces counties, plants and parameters by files, through the ledger like every other change.</summary>
static class MapDataImport
{
    public static async Task<string> CountiesAsync(Ledger ledger, string path, bool dryRun, CancellationToken cancellation)
    {
        var counties = await CountyFile.ReadAsync(path, cancellation);
        if (!dryRun)
        {
            await ledger.CommitAsync(new Replacement("counties.imported", $"{{\"counties\":{counties.Count}}}", async db =>
            {
                await db.Counties.ExecuteDeleteAsync();
                db.Counties.AddRange(counties);
            }), cancellation);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{counties.Count} counties, {counties.Sum(c => c.AreaSquareKilometres):F1} km²");
    }

    public static async Task<string> PlantsAsync(Ledger ledger, string path, bool dryRun, CancellationToken cancellation)
    {
        var plants = new List<Plant>();
        foreach (var feature in await GeoJson.ReadAsync(path, cancellation))
        {
            plants.Add(feature.Geometry is Point position && GeoJson.Text(feature, "name") is { } name
                && double.TryParse(GeoJson.Text(feature, "capacityMegawatts"), CultureInfo.InvariantCulture, out var capacity)
                    ? new(name, capacity, position, GeoJson.Text(feature, "source") ?? "")
                    : throw new GisDataException($"{path}: a plant needs a point, name and capacityMegawatts"));
        }

        if (!dryRun)
        {
            await ledger.CommitAsync(new Replacement("subject.changed", "{\"kind\":\"plants\"}", async db =>
            {
                await db.Plants.ExecuteDeleteAsync();
                db.Plants.AddRange(plants);
            }), cancellation);
        }

        return $"{plants.Count} plants";
    }

    public static async Task<string> ParametersAsync(Ledger ledger, string path, bool dryRun, CancellationToken cancellation)
    {
        var parameters = ReadParameters(await File.ReadAllTextAsync(path, cancellation), path);
        if (!dryRun)
        {
            await ledger.CommitAsync(new Replacement("parameter.changed", "{}", async db =>
            {
                await db.Parameters.ExecuteDeleteAsync();
                db.Parameters.AddRange(parameters.SelectMany(ParameterRow.From));
            }), cancellation);
        }

        return $"{parameters.Count} parameters";
    }

    static IReadOnlyList<DatedParameter> ReadParameters(string json, string path)
    {
        var file = ParameterFile.Read(json);
        return file.IsValid ? file.Parameters : throw new GisDataException($"{path} was not taken:\n- " + string.Join("\n- ", file.Errors));
    }
}

/// <summary>A register is replaced as a whole, with one event for everybody.</summary>
sealed class Replacement(string eventType, string data, Func<AirMapDb, Task> replace) : LedgerChange
{
    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        await using var db = Fires.FireStore.On(transaction.Connection);
        await replace(db);
        await db.SaveChangesAsync();
        transaction.Append(eventType, null, transaction.KnownAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), data);
    }
}
