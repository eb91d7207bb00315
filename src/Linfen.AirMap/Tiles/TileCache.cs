using System.Globalization;
using Linfen.AirMap.Events;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Tiles;

/// <summary>
/// Tiles in memory, each under the versions of its layers. A version is the log position of the last event that touched the layer,
/// so an ETag stays good for as long as nothing of the tile's layers changed, across restarts too as far as the log tells.
/// </summary>
sealed class TileCache : IDisposable
{
    /// <summary>Which layers an event of a kind may change.</summary>
    static readonly Dictionary<string, string[]> Touched = new(StringComparer.Ordinal)
    {
        // What stands about a subject shows on its own layer, whichever that is.
        ["subject"] = [.. RegisterTiles.KindOf.Keys],
        ["finding"] = ["findings"],
        ["undecidable"] = [.. RegisterTiles.KindOf.Keys],
        ["zone"] = ["zones"],
        ["fire"] = ["fires"],
        ["fires"] = ["fires"],
        // What monitors send, and whether they do, is their state.
        ["reading"] = [MonitorTiles.Layer],
        ["monitor"] = [MonitorTiles.Layer],
        ["violation"] = ["violations", .. RegisterTiles.KindOf.Keys],
        ["counties"] = ["counties"],
        ["simulation"] = ["zones", "fires", "violations", .. RegisterTiles.KindOf.Keys],
    };

    readonly MemoryCache memory;
    readonly bool enabled;
    volatile Versions versions = new("", new Dictionary<string, long>(StringComparer.Ordinal));

    sealed record Versions(string Epoch, IReadOnlyDictionary<string, long> ByLayer);

    public TileCache(IOptions<TileOptions> options, Doorbell doorbell)
    {
        enabled = options.Value.Cache;
        memory = new MemoryCache(new MemoryCacheOptions { SizeLimit = options.Value.CacheMegabytes * 1024L * 1024 });
        doorbell.OnRing(Hear);
    }

    void Hear(Ring ring)
    {
        var next = new Dictionary<string, long>(versions.ByLayer, StringComparer.Ordinal);
        foreach (var layer in ring.Layers.SelectMany(kind => Touched.GetValueOrDefault(kind) ?? []))
        {
            next[layer] = ring.Last;
        }

        versions = new(ring.Epoch.ToString("N")[..8], next);
    }

    /// <summary>The ETag of tiles of these layers as they are now; null until the log has been heard.</summary>
    /// <param name="endedSince">The day since which ended fires are drawn: midnight takes some away, as it begins and ends zones, and nothing in the log tells of it.</param>
    /// <param name="now">For layers whose states pass with the clock.</param>
    public string? ETag(IReadOnlyList<string> layers, DateOnly endedSince, DateTimeOffset now, string scope = "")
    {
        var known = versions;
        if (known.Epoch.Length == 0)
        {
            return null;
        }

        var day = layers.Any(l => l is "fires" or "zones") ? "-" + endedSince.DayNumber.ToString(CultureInfo.InvariantCulture) : "";
        var minute = layers.Contains(MonitorTiles.Layer, StringComparer.Ordinal) ? "-m" + (now.UtcTicks / MonitorTiles.Fresh.Ticks).ToString(CultureInfo.InvariantCulture) : "";
        return $"\"{known.Epoch}-{string.Join('.', layers.Select(l => known.ByLayer.GetValueOrDefault(l).ToString(CultureInfo.InvariantCulture)))}{day}{minute}{scope}\"";
    }

    public bool TryGet(string key, out byte[] tile)
    {
        tile = [];
        return enabled && memory.TryGetValue(key, out tile!);
    }

    /// <summary>
    /// Keeps the tile unless another reader kept his first, and gives what is kept: of two drawn under one tag either may be the newer,
    /// and who answered the newer one must not answer the older one next.
    /// </summary>
    public byte[] Keep(string key, byte[] tile)
    {
        lock (memory)
        {
            if (TryGet(key, out var kept))
            {
                return kept;
            }

            if (enabled)
            {
                memory.Set(key, tile, new MemoryCacheEntryOptions { Size = tile.Length + 200, SlidingExpiration = TimeSpan.FromHours(1) });
            }
        }

        return tile;
    }

    public void Dispose() => memory.Dispose();
}
