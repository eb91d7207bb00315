using System.Globalization;
using System.Threading.RateLimiting;
using Linfen.AirMap.Hosting;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Accounts;

/// <summary>How often somebody may ask: per account, per key, per address.</summary>
static class Limits
{
    public const string SignIn = "sign-in";

    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static void AddLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(_ => { });
        services.AddOptions<Microsoft.AspNetCore.RateLimiting.RateLimiterOptions>().Configure<IOptions<LimitOptions>>((limiter, limits) =>
        {
            var most = limits.Value;
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => Of(context, most));
            limiter.AddPolicy(SignIn, context => Window("sign-in " + context.Address(), most.SignInsPerAddress));
            limiter.OnRejected = async (rejected, _) =>
            {
                var seconds = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 60;
                await TooOften(rejected.HttpContext, seconds).ExecuteAsync(rejected.HttpContext);
            };
        });
    }

    public static IResult TooOften(HttpContext context, int seconds)
    {
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Problems.Of(429, "too-many-requests", "That was too often. Retry-After tells when to come again.");
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
}
