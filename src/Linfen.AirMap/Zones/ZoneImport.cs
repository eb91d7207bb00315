using System.Text.Json;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Registers;
using Linfen.AirMap.Rulings;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Zones;

/// <summary>What a file says of zones that do not say it themselves.</summary>
sealed record ZoneImportWish(string? Kind, bool DryRun);

/// <summary>
/// Bulk import of zones from a GeoJSON FeatureCollection: as drafts, or published where a feature names its document and first day. A zone
/// is known again by its id, or by kind and name; the same file twice changes nothing.
/// </summary>
sealed class ZoneImport(Ledger ledger, Bench bench, Waker waker, ZoneMeasures measures)
{
    const int AtOnce = 100;

    /// <exception cref="JsonException">When it is no FeatureCollection.</exception>
    public async Task<ImportReport> RunAsync(Stream file, ZoneImportWish wish, Author by, CancellationToken cancellation)
    {
        using var document = await JsonDocument.ParseAsync(file, default, cancellation);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("features", out var features) || features.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("A FeatureCollection with features is needed.");
        }

        var crs = ZoneProjection.Named(document.RootElement);
        var report = new ImportReport(wish.DryRun);
        var seen = new Dictionary<object, int>();
        var number = 0;
        foreach (var chunk in features.EnumerateArray().Chunk(AtOnce))
        {
            var rows = chunk.Select(feature => Row(++number, feature, wish, crs, seen, report)).OfType<ZoneRow>().ToList();
            var batch = new ZoneBatch(rows, wish.DryRun, bench, measures) { By = by };
            await ledger.CommitAsync(batch, cancellation);
            foreach (var row in rows)
            {
                if (row.Fault is { } fault)
                {
                    report.Reject(row.Line, fault);
                }
                else
                {
                    report.Count(row.Line, row.Outcome);
                }
            }
        }

        if (!wish.DryRun)
        {
            await waker.WorkOffAsync(cancellation);
        }

        return report;
    }

    ZoneRow? Row(int line, JsonElement feature, ZoneImportWish wish, string? crs, Dictionary<object, int> seen, ImportReport report)
    {
        var reading = ZoneReader.Read(feature, measures, wish.Kind, crs);
        var faults = reading.Faults.ToList();
        var publication = reading.Draft is not null && IsPublished(ZoneReader.Properties(feature)) ? ZoneReader.ReadPublication(feature, faults) : null;
        if (reading.Draft is { } draft && faults.Count == 0)
        {
            object key = reading.Id is { } id ? id : (draft.Kind, draft.Name, draft.Simulated);
            if (seen.TryAdd(key, line))
            {
                return new(line, draft, reading.Id, publication);
            }

            faults.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"stands in feature {seen[key]} already"));
        }

        report.Reject(line, string.Join("; ", faults));
        return null;
    }

    static bool IsPublished(JsonElement said) => Names(said, "documentNumber") || Names(said, "effectiveFrom");

    static bool Names(JsonElement said, string name) => said.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;
}

/// <summary>One feature on its way.</summary>
sealed record ZoneRow(int Line, ZoneDraft Draft, Guid? Id, Publication? Publication)
{
    public WriteOutcome Outcome { get; set; }

    public string? Fault { get; set; }
}

/// <summary>A chunk of a file as one change.</summary>
sealed class ZoneBatch(IReadOnlyList<ZoneRow> rows, bool dryRun, Bench bench, ZoneMeasures measures) : LedgerChange
{
    /// <summary>Degrees, about 1 cm: what is exported is rounded to that.</summary>
    const double Rounding = 1.1e-7;

    /// <summary>A file takes over what was decided before.</summary>
    const string TakenOver = "批量导入既有区域 (imported)";

    Rulebase? made;

    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        await using var db = LedgerDb.On(transaction.Connection);
        var ids = rows.Select(r => r.Id).OfType<Guid>().ToArray();
        var names = rows.Select(r => r.Draft.Name).ToArray();
        var zones = await db.ZoneVersions.AsNoTracking().Where(z => ids.Contains(z.Id) || names.Contains(z.Name)).Select(z => z.Id).Distinct().ToListAsync();
        var known = (await db.ZoneVersions.AsNoTracking().Where(z => zones.Contains(z.Id)).OrderByDescending(z => z.Version).ToListAsync())
            .GroupBy(z => z.Id).Select(g => g.ToList()).ToList();
        var gazette = new Gazette(transaction, await bench.RulesAsync(transaction, db), measures, transaction.By.Name);
        foreach (var row in rows)
        {
            Take(row, gazette, known);
        }

        made = dryRun ? null : gazette.Write();
        if (!dryRun && rows.Any(r => r.Fault is null && r.Outcome is WriteOutcome.Created or WriteOutcome.Changed))
        {
            transaction.Audit(AuditEntry.Done("zone.imported", "zone", null, null, null, JsonSerializer.Serialize(new { zones = rows.Count(r => r.Fault is null) })));
        }
    }

    public override void Committed(LedgerTransaction transaction)
    {
        if (made is not null)
        {
            bench.Adopt(made with { Epoch = transaction.Epoch, Seq = transaction.LawSeq });
        }
    }

    static void Take(ZoneRow row, Gazette gazette, List<List<ZoneVersion>> known)
    {
        var draft = row.Draft;
        var versions = row.Id is { } id ? known.Find(v => v[0].Id == id)
            : known.Find(v => v[0].Kind == draft.Kind && v[0].Simulated == draft.Simulated && string.Equals(v[0].Name, draft.Name, StringComparison.Ordinal));
        if (versions is [var first, ..] && (first.Kind != draft.Kind || first.Simulated != draft.Simulated))
        {
            row.Fault = $"id: names a zone of another kind or mark ({first.Name})";
            return;
        }

        if (versions?.Exists(v => Says(v, row, v == versions[0])) == true)
        {
            row.Outcome = WriteOutcome.Unchanged;
            return;
        }

        row.Outcome = versions is null ? WriteOutcome.Created : WriteOutcome.Changed;
        var drawn = versions is null ? gazette.Draw(row.Id, 1, draft) : ZoneDesk.Drawn(gazette, versions[0], draft);
        if (row.Publication is { } publication)
        {
            gazette.Publish(drawn, versions?.Where(v => v != drawn) ?? [], publication with { Reason = publication.Reason ?? TakenOver });
        }
    }

    /// <summary>Whether a version is what the row says. The last day of one that was followed or retired was moved since.</summary>
    static bool Says(ZoneVersion v, ZoneRow row, bool isLatest) =>
        v.Name == row.Draft.Name && v.Authority == row.Draft.Authority && v.MinimumStage == row.Draft.MinimumStage && v.Note == row.Draft.Note
        && v.Shape.EqualsExact(row.Draft.Shape, Rounding)
        && (row.Publication is not { } publication
            ? isLatest
            : v.DocumentNumber == publication.DocumentNumber && v.EffectiveFrom == publication.From
                && (v.EffectiveTo == publication.To || !isLatest || v.Status == ZoneStatus.Retired));
}
