using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Plan.Parameters;
using Linfen.AirMap.Rulings;
using Npgsql;

namespace Linfen.AirMap.Parameters;

/// <summary>Why a value was not taken.</summary>
/// <param name="Stored">The parameter that stands in the way.</param>
/// <param name="Faults">What is wrong with the value, field by field.</param>
sealed record ParameterRefusal(int Status, string Type, string Detail, DatedParameter? Stored = null, IReadOnlyList<string>? Faults = null)
{
    public static ParameterRefusal Invalid(params IReadOnlyList<string> faults) => new(400, "invalid", string.Join("; ", faults), Faults: faults);
}

enum ParameterAction
{
    Add,
    Replace,
    Delete,
}

/// <summary>
/// A dated value is added; one that is not in force yet is replaced or deleted; one that came into force today is put right. Subjects whose
/// rules apply it are marked.
/// </summary>
/// <param name="value">Of a deletion only the first day counts.</param>
/// <param name="seen">ETag of the parameter or of the whole list as the caller saw it; null where he adds without having looked.</param>
sealed class ParameterChange(ParameterAction action, string code, DateOnly from, DatedValue? value, string? seen, Bench bench) : LedgerChange
{
    Rulebase? made;

    /// <summary>Kept in the audit. Needed where today's value is put right; for days gone by the citation may say enough, and the page asks for it.</summary>
    public string? Reason { get; init; }

    public ParameterRefusal? Refusal { get; private set; }

    /// <summary>The parameter as it is after the change.</summary>
    public DatedParameter? Parameter { get; private set; }

    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        await using var db = LedgerDb.On(transaction.Connection);
        var rules = await bench.RulesAsync(transaction, db);
        var stored = rules.Law.Find(code);
        Refusal = stored is null ? Unknown() : Check(stored, rules, Beijing.DayOf(transaction.KnownAt));
        if (Refusal is not null)
        {
            return;
        }

        var others = stored!.Values.Where(v => v.EffectiveFrom != from);
        Parameter = stored with { Values = [.. (value is null ? others : others.Append(value)).OrderBy(v => v.EffectiveFrom)] };
        var name = action == ParameterAction.Replace && from == Beijing.DayOf(transaction.KnownAt) ? "correct" : action.ToString().ToLowerInvariant();
        transaction.Audit(AuditEntry.Done("parameter." + name, "parameter", code, null, ParameterItem.Of(stored).ToText(), WithReason(ParameterItem.Of(Parameter).ToText())));
        Write(transaction);
        made = rules with { Law = new ParameterSet(rules.Law.All.Where(p => p.Code != code).Append(Parameter)) };
    }

    public override void Committed(LedgerTransaction transaction)
    {
        if (made is not null)
        {
            bench.Adopt(made with { Epoch = transaction.Epoch, Seq = transaction.LawSeq });
        }
    }

    ParameterRefusal Unknown() => action == ParameterAction.Add
        ? ParameterRefusal.Invalid($"code: '{code}' is no parameter of the plan; GET /api/parameters lists them")
        : new(404, "not-found", "There is no such parameter.");

    ParameterRefusal? Check(DatedParameter stored, Rulebase rules, DateOnly today)
    {
        if (seen is not null && seen != ParameterItem.TagOf(stored) && seen != ParameterItem.TagOf(rules.Law))
        {
            return new(409, "version-differs", "Somebody changed it after you read it. Both versions follow; decide and send again with the stored version's ETag.", stored);
        }

        var same = stored.Values.FirstOrDefault(v => v.EffectiveFrom == from);
        if (action == ParameterAction.Add && same is not null)
        {
            return new(409, "exists", "A value begins on that day already.", stored);
        }

        if (action != ParameterAction.Add && same is null)
        {
            return new(404, "not-found", "No value of the parameter begins on that day.");
        }

        if (from < today && action != ParameterAction.Add || from == today && action == ParameterAction.Delete)
        {
            return new(409, "in-force", "What was law is not edited: decisions rest on it. A new value ends it; one of today can be put right.", stored);
        }

        if (action == ParameterAction.Delete && stored.Values.Count == 1)
        {
            return new(409, "last-value", "A parameter keeps at least one value.", stored);
        }

        return value is not null && Faults(stored with { Values = [.. stored.Values.Where(v => v != same)] }, stored, value, rules, today).ToList() is { Count: > 0 } faults
            ? ParameterRefusal.Invalid(faults)
            : null;
    }

    IEnumerable<string> Faults(DatedParameter others, DatedParameter stored, DatedValue given, Rulebase rules, DateOnly today)
    {
        foreach (var fault in ParameterReader.FaultsAmong(others.Values.Count > 0 ? others : stored, given, rules.Atlas))
        {
            yield return fault;
        }

        if (Reason is null && from == today && action == ParameterAction.Replace)
        {
            yield return "reason: is needed, because the value holds since today (更正理由)";
        }
    }

    /// <summary>The audit keeps why, beside what.</summary>
    string WithReason(string item)
    {
        if (Reason is null)
        {
            return item;
        }

        var told = JsonNode.Parse(item)!.AsObject();
        told["reason"] = Reason;
        return told.ToJsonString(ParameterItem.Readable);
    }

    void Write(LedgerTransaction transaction)
    {
        transaction.Write(Column.Command(
            "DELETE FROM parameters WHERE code = $1 AND effective_from = $2", Text(code), new NpgsqlParameter<DateOnly> { TypedValue = from }));
        if (value is not null)
        {
            transaction.Write(Column.Command(
                """
                INSERT INTO parameters (code, effective_from, effective_to, title, unit, serves, value, citation)
                VALUES ($1, $2, $3::date, $4, $5, $6, $7::jsonb, $8)
                """,
                Text(code),
                new NpgsqlParameter<DateOnly> { TypedValue = from },
                Text(value.EffectiveTo?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                Text(Parameter!.Title),
                Text(Parameter.Unit),
                Text(Parameter.Citation),
                Text(JsonSerializer.Serialize(value.Value)),
                Text(value.Citation)));
        }

        transaction.ChangesLaw();
        var kinds = RuleBook.Rules.Where(rule => rule.Parameters.Contains(code, StringComparer.Ordinal)).SelectMany(rule => rule.SubjectKinds).Distinct(StringComparer.Ordinal).ToList();
        if (kinds.Count > 0)
        {
            transaction.Write(Wakes.OfKinds(kinds, transaction.KnownAt));
        }

        transaction.Append(EventTypes.ParameterChanged, null, code, ParameterItem.Of(Parameter!).ToText());
    }

    static NpgsqlParameter Text(string? text) => new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text };
}
