using System.Globalization;
using System.Threading.RateLimiting;
using Linfen.AirMap.Hosting;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Accounts;

/// <summary>
/// How often somebody may ask: per account, per key, per address. The counters belong to the container and end with it; those of the
/// framework's own middleware do not, and a server that was stopped would stay in memory for their timer.
/// </summary>
sealed class Limits(IOptions<LimitOptions> options) : IAsyncDisposable
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a stranger who asks too often waits for his refusal. Without that, somebody who tries passwords asks thousands of times a second, and
    /// everybody else waits for the processor.
    /// </summary>
    static readonly TimeSpan Stalled = TimeSpan.FromMilliseconds(100);

    /// <summary>More than so many strangers do not wait at once: they must not fill the memory either.</summary>
    readonly SemaphoreSlim stalls = new(256);

    readonly PartitionedRateLimiter<HttpContext> all = PartitionedRateLimiter.Create<HttpContext, string>(context => Of(context, options.Value));

    readonly PartitionedRateLimiter<HttpContext> credentials =
        PartitionedRateLimiter.Create<HttpContext, string>(context => Window(context.Address() ?? "", options.Value.SignInsPerAddress));

    /// <summary>Answers 429 for who came too often.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var mayTry = context.GetEndpoint()?.Metadata.GetMetadata<TriesCredentials>() is not null;
        var refusal = Refusal(all, context) ?? (mayTry ? Refusal(credentials, context) : null);
        if (refusal is null)
        {
            await next(context);
            return;
        }

        if (context.User.Caller() is null)
        {
            await StallAsync(context.RequestAborted);
        }

        await refusal.ExecuteAsync(context);
    }

    async Task StallAsync(CancellationToken aborted)
    {
        if (!stalls.Wait(0, CancellationToken.None))
        {
            return;
        }

        try
        {
            // By the machine's time, not the city's: nothing that is stored depends on it.
            await Task.Delay(Stalled, aborted);
        }
        catch (OperationCanceledException)
        {
            // He did not wait.
        }
        finally
        {
            stalls.Release();
        }
    }

    public static IResult TooOften(HttpContext context, int seconds)
    {
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Problems.Of(429, "too-many-requests", "That was too often. Retry-After tells when to come again.");
    }

    static IResult? Refusal(PartitionedRateLimiter<HttpContext> limiter, HttpContext context)
    {
        using var lease = limiter.AttemptAcquire(context);
        return lease.IsAcquired ? null
            : TooOften(context, lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 60);
    }

    static RateLimitPartition<string> Of(HttpContext context, LimitOptions most) => context.User.Caller() switch
    {
        { Kind: CallerKind.Key } key => Window(key.Id.ToString(), key.RatePerMinute ?? most.PerKey),
        { } caller => Window(caller.Credential.ToString(), most.PerAccount),
        null => Window(context.Address() ?? "", most.PerAddress),
    };

    static RateLimitPartition<string> Window(string who, int most) => most <= 0
        ? RateLimitPartition.GetNoLimiter(who)
        : RateLimitPartition.GetFixedWindowLimiter(who, _ => new() { PermitLimit = most, Window = Minute, QueueLimit = 0 });

    public async ValueTask DisposeAsync()
    {
        await all.DisposeAsync();
        await credentials.DisposeAsync();
        stalls.Dispose();
    }
}

/// <summary>Marks a door at which passwords and codes can be tried: an address gets there as often as it may fail to sign in.</summary>
sealed class TriesCredentials;
