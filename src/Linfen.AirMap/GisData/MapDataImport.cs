using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Counties;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Plan.Parameters;
using Linfen.AirMap.Rulings;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.GisData;

/// <summary>Replaces counties and parameters by files, through the ledger like every other change.</summary>
static class MapDataImport
{
    public static async Task<string> CountiesAsync(Ledger ledger, string path, bool dryRun, CancellationToken cancellation)
    {
        var counties = await CountyFile.ReadAsync(path, cancellation);
        if (!dryRun)
        {
            await ledger.CommitAsync(new Replacement<County>(EventTypes.CountiesImported, $"{{\"counties\":{counties.Count}}}", counties) { By = Author.Verb("import") }, cancellation);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{counties.Count} counties, {counties.Sum(c => c.AreaSquareKilometres):F1} km²");
    }

    public static async Task<string> ParametersAsync(Ledger ledger, string path, bool dryRun, CancellationToken cancellation)
    {
        var parameters = ReadParameters(await File.ReadAllTextAsync(path, cancellation), path);
        if (!dryRun)
        {
            await ledger.CommitAsync(new Replacement<ParameterRow>(EventTypes.ParameterChanged, "{}", parameters.SelectMany(ParameterRow.From)) { By = Author.Verb("import") }, cancellation);
        }

        return $"{parameters.Count} parameters";
    }

    static IReadOnlyList<DatedParameter> ReadParameters(string json, string path)
    {
        var file = ParameterFile.Read(json);
        return file.IsValid ? file.Parameters : throw new GisDataException($"{path} was not taken:\n- " + string.Join("\n- ", file.Errors));
    }
}

/// <summary>Counties or parameters are replaced as a whole, with one event for everybody, and every subject is marked to be judged again.</summary>
sealed class Replacement<T>(string eventType, string data, IEnumerable<T> rows) : LedgerChange
    where T : class
{
    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        await using var db = LedgerDb.On(transaction.Connection);
        await db.Set<T>().ExecuteDeleteAsync();
        db.AddRange(rows);
        await db.SaveChangesAsync();
        transaction.Audit(AuditEntry.Done(eventType, eventType.Split('.')[0], null, null, null, data));
        transaction.ChangesLaw();
        transaction.Write(Wakes.OfAll(transaction.KnownAt));
        transaction.Append(eventType, null, transaction.KnownAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), data);
    }
}
