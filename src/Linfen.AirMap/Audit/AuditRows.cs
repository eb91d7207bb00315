using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Npgsql;

namespace Linfen.AirMap.Audit;

/// <summary>The statement that writes lines of the audit.</summary>
static class AuditRows
{
    public static NpgsqlBatchCommand Insert(IReadOnlyList<(Author By, AuditEntry Entry)> lines, DateTimeOffset at) => Column.Command(
        """
        INSERT INTO audit (at, actor_kind, actor_id, actor, action, target_kind, target_id, county, before, after, address, outcome, trace_id)
        SELECT $1, kind, id, name, action, target_kind, target_id, county, before::jsonb, after::jsonb, address, outcome, trace
        FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            AS l(kind, id, name, action, target_kind, target_id, county, before, after, address, outcome, trace)
        """,
        Column.Time(at),
        Column.Texts(lines.Select(l => Permissions.NameOf(l.By.Kind))),
        Column.Uuids(lines.Select(l => l.By.Id)),
        Column.Texts(lines.Select(l => l.By.Name)),
        Column.Texts(lines.Select(l => l.Entry.Action)),
        Column.Texts(lines.Select(l => l.Entry.TargetKind)),
        Column.Texts(lines.Select(l => l.Entry.TargetId)),
        Column.Texts(lines.Select(l => l.Entry.County)),
        Column.Texts(lines.Select(l => l.Entry.Before)),
        Column.Texts(lines.Select(l => l.Entry.After)),
        Column.Texts(lines.Select(l => l.By.Address)),
        Column.Texts(lines.Select(l => Permissions.NameOf(l.Entry.Outcome))),
        Column.Texts(lines.Select(l => l.By.TraceId)));
}
