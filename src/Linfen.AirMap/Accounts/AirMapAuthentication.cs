using System.Text.Encodings.Web;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Accounts;

/// <summary>Finds out who asks, by key or cookie.</summary>
sealed class AirMapAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, CredentialBook book)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "airmap";

    /// <summary>Marks a request whose caller could not be looked up.</summary>
    public static readonly object Unavailable = new();

    const string Bearer = "Bearer ";

    /// <summary>What the caller shows, hashed; null when nothing.</summary>
    public static (byte[] Hash, bool IsKey)? HashOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var isKey = header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);
        return (isKey ? header[Bearer.Length..].Trim() : SessionCookie.Read(request)) is { Length: > 0 } token ? (Secret.Hash(token), isKey) : null;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (HashOf(Request) is not var (hash, isKey))
        {
            return AuthenticateResult.NoResult();
        }

        try
        {
            return await book.FindAsync(hash, isKey, Context.RequestAborted) is { } caller
                ? AuthenticateResult.Success(new AuthenticationTicket(new CallerPrincipal(caller), SchemeName))
                : AuthenticateResult.NoResult();
        }
        catch (Exception e) when (Problems.IsDatabaseOutage(e))
        {
            Context.Items[Unavailable] = Unavailable;
            return AuthenticateResult.NoResult();
        }
    }
}

/// <summary>The cookie of a session: over https bound to host and path by its name, over loopback http as it can be.</summary>
static class SessionCookie
{
    const string OverHttps = "__Host-airmap-session";
    const string OverHttp = "airmap-session";

    public static string? Read(HttpRequest request) => request.Cookies[request.IsHttps ? OverHttps : OverHttp];

    public static void Write(HttpContext context, string token, DateTimeOffset expires) =>
        context.Response.Cookies.Append(context.Request.IsHttps ? OverHttps : OverHttp, token, Options(context, expires));

    public static void Clear(HttpContext context) => context.Response.Cookies.Delete(context.Request.IsHttps ? OverHttps : OverHttp, Options(context, null));

    static CookieOptions Options(HttpContext context, DateTimeOffset? expires) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/", Expires = expires, IsEssential = true,
    };
}

/// <summary>
/// Requests that another site made a browser send: changes by cookie need the session's token, and an Origin that is not ours gets neither
/// a change nor the hub.
/// </summary>
static class CrossSite
{
    public const string TokenHeader = "X-CSRF-Token";

    public static void UseCrossSiteDefence(this WebApplication app) => app.Use(async (context, next) =>
    {
        var caller = context.User.Caller();
        if (caller is { ByCookie: false } || (IsSafe(context.Request.Method) && !IsHub(context)))
        {
            await next(context);
            return;
        }

        var problem = !IsOwn(context.Request) ? "foreign-origin"
            : caller is not null && !IsHub(context) && !HasToken(context.Request) ? "csrf-token"
            : null;
        if (problem is null)
        {
            await next(context);
            return;
        }

        context.RequestServices.GetRequiredService<AuditTrail>().Note(
            new("access.refused", AuditOutcome.Refused, problem, $"{context.Request.Method} {context.Request.Path}"), Author.Of(context));
        await (problem == "csrf-token"
            ? Problems.Of(403, problem, $"Send {TokenHeader} with the token from GET /api/session.")
            : Problems.Of(403, problem, "The request comes from a page of another site.")).ExecuteAsync(context);
    });

    static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    static bool IsHub(HttpContext context) => context.Request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal);

    /// <summary>Programs send no Origin; browsers cannot leave it out.</summary>
    static bool IsOwn(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            ? string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            : request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
    }

    static bool HasToken(HttpRequest request) =>
        SessionCookie.Read(request) is { } session && Secret.Same(request.Headers[TokenHeader].ToString(), Secret.CsrfOf(session));
}
