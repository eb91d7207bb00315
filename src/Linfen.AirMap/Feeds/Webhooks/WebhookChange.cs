using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Npgsql;

namespace Linfen.AirMap.Feeds.Webhooks;

/// <summary>A mapping is stored, replaced or deleted, with its line of the audit; the feed is expected from then on, or no longer.</summary>
/// <param name="mapping">Null to delete it.</param>
/// <param name="seen">Version that the caller saw; null where he sent none.</param>
sealed class WebhookChange(string name, WebhookMapping? mapping, int? seen) : LedgerChange
{
    /// <summary>The stored version; null where there is none (any more).</summary>
    public int? Version { get; private set; }

    public bool WasThere { get; private set; }

    /// <summary>Somebody changed it after the caller read it: what is stored now.</summary>
    public string? Conflict { get; private set; }

    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        var (before, version) = await StoredAsync(transaction);
        WasThere = before is not null;
        Version = version;
        if (WasThere && seen is not null && seen != version)
        {
            Conflict = before;
            return;
        }

        if (mapping is null && !WasThere)
        {
            return;
        }

        transaction.Audit(AuditEntry.Done(mapping is null ? "webhook.deleted" : WasThere ? "webhook.changed" : "webhook.created", "webhook", name, null, before, mapping?.ToText()));
        if (mapping is null)
        {
            Delete(transaction);
        }
        else
        {
            Put(transaction, mapping);
        }
    }

    async Task<(string? Mapping, int? Version)> StoredAsync(LedgerTransaction transaction)
    {
        await using var command = new NpgsqlCommand("SELECT mapping::text, version FROM webhooks WHERE name = $1", transaction.Connection) { Parameters = { FeedColumn.Text(name) } };
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? (reader.GetString(0), reader.GetInt32(1)) : (null, null);
    }

    void Put(LedgerTransaction transaction, WebhookMapping given)
    {
        var kind = FeedColumn.Small((short)WebhookFaults.SourceKindOf(given)!.Value);
        Version = (Version ?? 0) + 1;
        transaction.Write(Column.Command(
            """
            INSERT INTO webhooks (name, source_kind, mapping, version, changed_at, changed_by) VALUES ($1, $2, $3::json, $4, $5, $6)
            ON CONFLICT (name) DO UPDATE SET source_kind = excluded.source_kind, mapping = excluded.mapping, version = excluded.version, changed_at = excluded.changed_at, changed_by = excluded.changed_by
            """,
            FeedColumn.Text(name), kind, FeedColumn.Text(given.ToText()), new NpgsqlParameter<int> { TypedValue = Version.Value }, Column.Time(transaction.KnownAt), FeedColumn.Text(transaction.By.Name)));
        transaction.Write(Column.Command(
            "DELETE FROM feed_watches WHERE feed = $1 AND kind = 'webhook' AND source_kind <> $2", FeedColumn.Text(name), FeedColumn.Small((short)WebhookFaults.SourceKindOf(given)!.Value)));
        transaction.Write(Column.Command(
            """
            INSERT INTO feed_watches AS w (feed, source_kind, kind, since) VALUES ($1, $2, 'webhook', $3)
            ON CONFLICT (feed, source_kind) DO UPDATE SET kind = excluded.kind, since = CASE WHEN w.kind = 'webhook' THEN w.since ELSE excluded.since END
            """,
            FeedColumn.Text(name), FeedColumn.Small((short)WebhookFaults.SourceKindOf(given)!.Value), Column.Time(transaction.KnownAt)));
    }

    void Delete(LedgerTransaction transaction)
    {
        Version = null;
        transaction.Write(Column.Command("DELETE FROM webhooks WHERE name = $1", FeedColumn.Text(name)));
        transaction.Write(Column.Command("DELETE FROM feed_watches WHERE feed = $1 AND kind = 'webhook'", FeedColumn.Text(name)));
    }
}
