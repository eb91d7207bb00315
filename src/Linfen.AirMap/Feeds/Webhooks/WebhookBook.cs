using System.Collections.Concurrent;
using Linfen.AirMap.Data;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Feeds.Webhooks;

/// <summary>Mappings made ready, kept as long as their version is the stored one: a list of thousands of cameras is not read again for each alarm.</summary>
sealed class WebhookBook
{
    /// <summary>When a feed was last told to live.</summary>
    readonly ConcurrentDictionary<string, DateTimeOffset> heard = new(StringComparer.Ordinal);

    readonly ConcurrentDictionary<string, (DateTimeOffset ChangedAt, int Version, WebhookReader Reader)> ready = new(StringComparer.Ordinal);

    /// <summary>Null where there is no such webhook.</summary>
    public async Task<WebhookReader?> FindAsync(string name, AirMapDb db, CancellationToken cancellation)
    {
        var stamp = await db.Webhooks.AsNoTracking().Where(w => w.Name == name).Select(w => new { w.ChangedAt, w.Version }).SingleOrDefaultAsync(cancellation);
        if (stamp is null)
        {
            ready.TryRemove(name, out _);
            return null;
        }

        if (ready.TryGetValue(name, out var kept) && kept.Version == stamp.Version && kept.ChangedAt == stamp.ChangedAt)
        {
            return kept.Reader;
        }

        var stored = await db.Webhooks.AsNoTracking().SingleOrDefaultAsync(w => w.Name == name, cancellation);
        if (stored is null)
        {
            return null;
        }

        var reader = new WebhookReader(stored.Name, WebhookMapping.OfText(stored.Mapping));
        ready[name] = (stored.ChangedAt, stored.Version, reader);
        return reader;
    }

    /// <summary>Whether it is time to write down that the feed lives: once a minute is enough.</summary>
    public bool IsNews(string name, DateTimeOffset now)
    {
        if (heard.TryGetValue(name, out var last) && now - last < TimeSpan.FromMinutes(1))
        {
            return false;
        }

        heard[name] = now;
        return true;
    }
}
