using System.Net;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.BaseMaps;

/// <summary>A picture of a base map, or why there is none: a stable word.</summary>
readonly record struct FetchedTile(byte[]? Picture, string? MediaType, string? Fault);

/// <summary>
/// Fetches tiles of 天地图 for the wall. What it answered is kept in memory; whatever goes wrong costs the wall its base map and nothing else.
/// Addresses hold the key: neither they nor what was answered get into words, logs or traces.
/// </summary>
sealed class Tianditu : IDisposable
{
    /// <summary>Tiles have some tens of kilobytes.</summary>
    const int MostBytes = 1024 * 1024;

    static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    readonly TiandituOptions options;
    readonly TimeProvider clock;
    readonly SemaphoreSlim turns;
    readonly MemoryCache kept;
    readonly HttpClient http;
    long pausedUntil;

    public Tianditu(IOptions<BaseMapOptions> options, TimeProvider clock)
    {
        (this.options, this.clock) = (options.Value.Tianditu, clock);
        turns = new(this.options.AtOnce, this.options.AtOnce);
        kept = new(new MemoryCacheOptions { SizeLimit = this.options.CacheMegabytes * 1024L * 1024 });
        // A redirect would take the key to somebody else.
        http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null, ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = TimeSpan.FromSeconds(this.options.RequestSeconds),
            MaxResponseContentBufferSize = MostBytes,
        };
    }

    public bool IsConfigured => options.Key.Length > 0;

    /// <param name="layer">One that <see cref="TiandituLayer.Has"/>.</param>
    public async Task<FetchedTile> GetAsync(string layer, int z, int x, int y, CancellationToken cancellation)
    {
        var key = (layer, z, x, y);
        if (kept.TryGetValue(key, out FetchedTile tile))
        {
            return tile;
        }

        await turns.WaitAsync(cancellation);
        try
        {
            if (kept.TryGetValue(key, out tile))
            {
                return tile;
            }

            if (clock.GetUtcNow().UtcTicks < Interlocked.Read(ref pausedUntil))
            {
                return new(null, null, "paused");
            }

            tile = await FetchAsync(TiandituLayer.AddressOf(options.BaseUrl, layer, z, x, y, options.Key), cancellation);
            return tile.Picture is { } picture ? kept.Set(key, tile, new MemoryCacheEntryOptions { Size = picture.Length + 200, AbsoluteExpirationRelativeToNow = KeptFor }) : tile;
        }
        finally
        {
            turns.Release();
        }
    }

    async Task<FetchedTile> FetchAsync(Uri address, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.UserAgent.ParseAdd("Linfen-AirMap");
            using var answer = await http.SendAsync(request, cancellation);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                return new(null, null, Refusal((int)answer.StatusCode));
            }

            var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
            return MediaTypeOf(body) is { } mediaType ? new(body, mediaType, null) : new(null, null, "no-picture");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new(null, null, "timeout");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new(null, null, e is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } ? "too-large" : "unreachable");
        }
    }

    /// <summary>A wrong key and a spent quota are answered so; asking on would only make it worse.</summary>
    string Refusal(int status)
    {
        if (status is 401 or 403 or 418 or 429)
        {
            Interlocked.Exchange(ref pausedUntil, clock.GetUtcNow().AddSeconds(options.PauseSeconds).UtcTicks);
            return "refused";
        }

        return status is >= 300 and < 400 ? "redirected" : "server-error";
    }

    /// <summary>By its first bytes: an error may come as a page with status 200. Null for what is no picture.</summary>
    static string? MediaTypeOf(ReadOnlySpan<byte> body) =>
        body.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) ? "image/png"
        : body.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : body.Length > 12 && body.StartsWith("RIFF"u8) && body[8..].StartsWith("WEBP"u8) ? "image/webp"
        : null;

    public void Dispose()
    {
        turns.Dispose();
        kept.Dispose();
        http.Dispose();
    }
}
