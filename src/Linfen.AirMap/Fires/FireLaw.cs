using Linfen.AirMap.Atlas;
using Linfen.AirMap.Counties;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Fires.Fusion;
using Linfen.AirMap.Intake;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Plan.Parameters;
using Linfen.AirMap.Violations;
using Npgsql;

namespace Linfen.AirMap.Fires;

/// <summary>Puts a fire before Article 36, and its answers into words for the log.</summary>
static class FireLaw
{
    public static FireFacts Facts(Fire fire) => new()
    {
        State = fire.Status switch
        {
            FireStatus.Suspected => FireState.Suspected,
            FireStatus.Confirmed => FireState.Confirmed,
            FireStatus.Lapsed => FireState.Lapsed,
            FireStatus.Out => FireState.Out,
            FireStatus.Refuted => FireState.Refuted,
            _ => FireState.History,
        },
        County = fire.County,
        FirstSeenAt = fire.FirstSeenAt,
        LastSeenAt = fire.LastSeenAt,
        VerdictReason = fire.VerdictReason,
        Detections = fire.Detections,
        FrpMegawatts = fire.FrpMegawatts,
        AttributedToHeatSource = fire.IsAttributed,
    };

    /// <summary>The heat source that explains what was seen: a satellite's eye only, everybody else sees what burns.</summary>
    public static HeatSourceInForce? Explain(Sighting seen, Rulebase rules) => seen.Kind != SourceKind.Satellite
        ? null
        : rules.Atlas.Regulation.Heat.Explain(seen.Footprint.Middle, seen.Footprint.AlongMetres, seen.FrpMegawatts, seen.At, seen.Simulated);

    /// <summary>The heat source that explains the earliest of all that was seen; null where any of it is explained by none.</summary>
    public static HeatSourceInForce? ExplainAll(IEnumerable<Sighting> seen, Rulebase rules)
    {
        (Sighting Seen, HeatSourceInForce By)? earliest = null;
        foreach (var sighting in seen)
        {
            if (Explain(sighting, rules) is not { } source)
            {
                return null;
            }

            earliest = earliest is { } known && Sighting.Compare(known.Seen, sighting) <= 0 ? known : (sighting, source);
        }

        return earliest?.By;
    }

    /// <summary>Puts a fire before the article and takes its violation down with it, where it is one.</summary>
    /// <param name="evidence">Ids of the detections that it rests on.</param>
    /// <param name="since">Since when it is so, in the world.</param>
    /// <param name="at">The sighting by whose law it is judged.</param>
    public static (Violation? Violation, Decision.Undecidable? Undecidable) Charge(
        Fire fire, County county, Guid[] evidence, DateTimeOffset since, DateTimeOffset at, Rulebase rules, DateTimeOffset knownAt)
    {
        switch (Article36.Decide(Facts(fire), at, rules.Law))
        {
            case Decision.Violation decision:
                var violation = Violation.Open(
                    decision,
                    new("fire", fire.Id, fire.Name, county, fire.Position, fire.Simulated, rules.Atlas.ResponsibleAt(county, fire.Position, knownAt, fire.Simulated)),
                    evidence,
                    since,
                    knownAt);
                fire.Violates(violation.Id);
                return (violation, null);
            case Decision.Undecidable undecidable:
                return (null, undecidable);
            default:
                return (null, null);
        }
    }

    /// <summary>
    /// What the article says of the fire as it is now, applied to its open violation: another weight, or an end.
    /// Judged by the law of its last sighting. Returns whether the violation changed.
    /// </summary>
    public static bool Reweigh(Violation violation, Fire fire, ParameterSet law) =>
        Article36.Decide(Facts(fire), fire.LastSeenAt, law) switch
        {
            Decision.Violation decision => violation.Weigh(decision.Severity, fire.ConfirmedAt > fire.LastSeenAt ? fire.ConfirmedAt.Value : fire.LastSeenAt),
            Decision.Compliant compliant => violation.Close(compliant.Reason, fire.VerdictAt ?? fire.UpdatedAt, fire.UpdatedAt),
            _ => false,
        };

    public static NpgsqlBatchCommand InsertUndecidables(IReadOnlyList<(Fire Fire, Decision.Undecidable Decision)> rows, DateTimeOffset knownAt) => Column.Command(
        """
        INSERT INTO undecidables (rule, subject_kind, subject_id, subject_name, county, missing, known_at, simulated)
        SELECT rule, 'fire', subject_id, subject_name, county, missing, $7, simulated
        FROM unnest($1, $2, $3, $4, $5, $6) AS r(rule, subject_id, subject_name, county, missing, simulated)
        ON CONFLICT (rule, subject_id) DO UPDATE SET missing = excluded.missing, known_at = excluded.known_at
        """,
        Column.Texts(rows.Select(r => r.Decision.Rule)),
        Column.Uuids(rows.Select(r => r.Fire.Id)),
        Column.Texts(rows.Select(r => r.Fire.Name)),
        Column.Texts(rows.Select(r => r.Fire.County)),
        Column.Texts(rows.Select(r => r.Decision.MissingFact)),
        Column.Flags(rows.Select(r => r.Fire.Simulated)),
        Column.Time(knownAt));

    /// <summary>What waited for a fact of fires that are no longer asked about.</summary>
    public static NpgsqlBatchCommand DropUndecidables(IEnumerable<Guid> fires) =>
        Column.Command("DELETE FROM undecidables WHERE subject_id = ANY($1)", Column.Uuids(fires));

    public static string UndecidableText(Fire fire, Decision.Undecidable decision) => Feature.ToText(json =>
    {
        Feature.Begin(json, fire.Id.ToString(), fire.Position);
        json.WriteString("rule", decision.Rule);
        json.WriteNumber("article", decision.Article);
        json.WriteString("missing", decision.MissingFact);
        json.WriteString("county", fire.County);
        json.WriteBoolean("simulated", fire.Simulated);
        Feature.End(json);
    });

    /// <summary>History of one batch: where, when and how many.</summary>
    public static string ImportedText(IReadOnlyList<NewDetection> history, int fires) => Feature.ToText(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("bbox");
        json.WriteNumberValue(history.Min(d => d.Seen.Position.Lon));
        json.WriteNumberValue(history.Min(d => d.Seen.Position.Lat));
        json.WriteNumberValue(history.Max(d => d.Seen.Position.Lon));
        json.WriteNumberValue(history.Max(d => d.Seen.Position.Lat));
        json.WriteEndArray();
        json.WriteTime("from", history.Min(d => d.Seen.OccurredAt));
        json.WriteTime("to", history.Max(d => d.Seen.OccurredAt));
        json.WriteNumber("detections", history.Count);
        json.WriteNumber("fires", fires);
        json.WriteStartObject("counties");
        foreach (var county in history.GroupBy(d => d.County.Code, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            json.WriteNumber(county.Key, county.Count());
        }

        json.WriteEndObject();
        json.WriteBoolean("simulated", history.All(d => d.Seen.Simulated));
        json.WriteEndObject();
    });
}
