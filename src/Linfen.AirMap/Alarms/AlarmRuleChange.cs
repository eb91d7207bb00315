using System.Text.Json;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Violations;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Linfen.AirMap.Alarms;

enum AlarmRuleOutcome
{
    Done,
    NotFound,

    /// <summary>Somebody changed it after the caller read it.</summary>
    Differs,

    /// <summary>There are as many as there may be.</summary>
    TooMany,
}

/// <summary>A rule of alarms is made, replaced or deleted. It concerns what happens from then on: alarms that were raised stay.</summary>
/// <param name="id">Null to make a new one.</param>
/// <param name="content">Null to delete it.</param>
/// <param name="seen">Version that the caller saw.</param>
sealed class AlarmRuleChange(Guid? id, AlarmRuleContent? content, int? seen) : LedgerChange
{
    /// <summary>Every violation is held against every rule.</summary>
    public const int Most = 50;

    public AlarmRuleOutcome Outcome { get; private set; }

    /// <summary>The rule as it is now, or as it is stored where that differs from what the caller saw.</summary>
    public AlarmRule? Rule { get; private set; }

    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        await using var db = LedgerDb.On(transaction.Connection);
        var stored = id is { } known ? await db.AlarmRules.AsNoTracking().SingleOrDefaultAsync(r => r.Id == known) : null;
        Outcome = id is not null && stored is null ? AlarmRuleOutcome.NotFound
            : stored is not null && stored.Version != seen ? AlarmRuleOutcome.Differs
            : id is null && await db.AlarmRules.CountAsync() >= Most ? AlarmRuleOutcome.TooMany
            : AlarmRuleOutcome.Done;
        Rule = stored;
        if (Outcome != AlarmRuleOutcome.Done)
        {
            return;
        }

        Rule = content is null ? null : AlarmRule.Of(id ?? Guid.CreateVersion7(transaction.KnownAt), content, (stored?.Version ?? 0) + 1, transaction.KnownAt, transaction.By.Name);
        var key = Rule?.Id ?? stored!.Id;
        transaction.Write(Rule is null ? Column.Command("DELETE FROM alarm_rules WHERE id = $1", Uuid(key)) : Put(Rule));
        transaction.ChangesLaw();
        transaction.Audit(AuditEntry.Done(
            stored is null ? "alarm-rule.created" : Rule is null ? "alarm-rule.deleted" : "alarm-rule.changed", "alarm-rule", key, null, TextOf(stored), TextOf(Rule)));
        transaction.Append(EventTypes.AlarmRuleChanged, null, key.ToString(), TextOf(Rule) ?? "{}");
    }

    static string? TextOf(AlarmRule? rule) => rule is null ? null : JsonSerializer.Serialize(AlarmRuleItem.Of(rule), DecisionJson.Options);

    static NpgsqlBatchCommand Put(AlarmRule rule) => Column.Command(
        """
        INSERT INTO alarm_rules (id, name, severities, articles, counties, sounds, enabled, version, changed_at, changed_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, severities = excluded.severities, articles = excluded.articles, counties = excluded.counties, sounds = excluded.sounds,
            enabled = excluded.enabled, version = excluded.version, changed_at = excluded.changed_at, changed_by = excluded.changed_by
        """,
        Uuid(rule.Id),
        new NpgsqlParameter<string> { TypedValue = rule.Name },
        Column.Smalls(rule.Severities),
        Array(rule.Articles, NpgsqlDbType.Integer),
        Array(rule.Counties, NpgsqlDbType.Text),
        new NpgsqlParameter<bool> { TypedValue = rule.Sounds },
        new NpgsqlParameter<bool> { TypedValue = rule.Enabled },
        new NpgsqlParameter<int> { TypedValue = rule.Version },
        Column.Time(rule.ChangedAt),
        new NpgsqlParameter<string> { TypedValue = rule.ChangedBy });

    static NpgsqlParameter<Guid> Uuid(Guid value) => new() { TypedValue = value };

    /// <summary>A column that is null where the rule is not confined.</summary>
    static NpgsqlParameter Array(Array? values, NpgsqlDbType type) => new() { Value = (object?)values ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | type };
}
