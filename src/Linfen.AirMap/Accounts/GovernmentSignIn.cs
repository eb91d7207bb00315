using System.ComponentModel.DataAnnotations;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Linfen.AirMap.Accounts;

/// <summary>Settings under <c>Airmap:Oidc</c>: a sign-in service of the government. Off without an authority.</summary>
public sealed record OidcOptions
{
    /// <summary>Address of the issuer; https, except on this machine.</summary>
    public Uri? Authority { get; init; }

    public string ClientId { get; init; } = "";

    public string ClientSecret { get; init; } = "";

    /// <summary>The claim that holds the user name of an account here.</summary>
    [Required]
    public string UserNameClaim { get; init; } = "preferred_username";

    public bool IsOn => Authority is not null;
}

/// <summary>
/// Signing in by OpenID Connect (authorization code with PKCE). It opens accounts that an administrator has made; it makes none, and what
/// somebody may do is decided here alone.
/// </summary>
static class GovernmentSignIn
{
    const string Scheme = "oidc";
    const string Page = "/signin/";

    public static void AddGovernmentSignIn(this IServiceCollection services, IConfiguration configuration, Settings settings)
    {
        services.AddOptions<OidcOptions>().BindConfiguration("Airmap:Oidc").ValidateDataAnnotations()
            .Validate(o => !o.IsOn || (o.Authority!.IsAbsoluteUri && (o.Authority.Scheme == Uri.UriSchemeHttps || o.Authority.IsLoopback)), "Airmap:Oidc:Authority must be an https address.")
            .Validate(o => !o.IsOn || o.ClientId.Length > 0, "Airmap:Oidc:ClientId is missing.")
            .ValidateOnStart();
        if (string.IsNullOrEmpty(configuration["Airmap:Oidc:Authority"]))
        {
            return;
        }

        services.AddDataProtection().SetApplicationName("airmap").PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(settings.Home, "run", "oidc-keys")));
        services.AddAuthentication().AddOpenIdConnect(Scheme, _ => { });
        services.AddOptions<OpenIdConnectOptions>(Scheme).Configure<IOptions<OidcOptions>>((handler, options) => Configure(handler, options.Value));
    }

    static void Configure(OpenIdConnectOptions handler, OidcOptions options)
    {
        handler.Authority = options.Authority!.ToString();
        handler.RequireHttpsMetadata = !options.Authority.IsLoopback;
        (handler.ClientId, handler.ClientSecret) = (options.ClientId, options.ClientSecret);
        handler.ResponseType = OpenIdConnectResponseType.Code;
        // Comes back as an address, not as a form from another site: the cookies of this exchange need not be open to other sites.
        handler.ResponseMode = OpenIdConnectResponseMode.Query;
        handler.CallbackPath = "/api/session/oidc/callback";
        handler.MapInboundClaims = false;
        handler.DisableTelemetry = true;
        foreach (var cookie in new[] { handler.NonceCookie, handler.CorrelationCookie })
        {
            (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        }

        handler.Events.OnTicketReceived = AdmitAsync;
        handler.Events.OnRemoteFailure = context =>
        {
            Log(context.HttpContext).LogInformation("A sign-in by the government's service failed: {Reason}", context.Failure?.GetType().Name);
            Refuse(context.HttpContext, "failed");
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    static ILogger Log(HttpContext context) => context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(GovernmentSignIn));

    /// <summary>Sends the visitor to the issuer.</summary>
    /// <param name="next">Page of this server to come back to.</param>
    public static async Task BeginAsync(string? next, HttpContext context, IOptions<OidcOptions> options)
    {
        if (!options.Value.IsOn)
        {
            await Problems.NotFound("sign-in service").ExecuteAsync(context);
            return;
        }

        try
        {
            await context.ChallengeAsync(Scheme, new AuthenticationProperties { RedirectUri = IsOwn(next) ? next : "/" });
        }
        catch (InvalidOperationException e) when (!context.Response.HasStarted)
        {
            Log(context).LogWarning("The government's sign-in service does not answer: {Reason}", e.InnerException?.Message ?? e.Message);
            Refuse(context, "unreachable");
        }
    }

    static bool IsOwn(string? next) => next is ['/', ..] and not ['/', '/' or '\\', ..] && !next.Any(char.IsControl) && !next.Contains('\\', StringComparison.Ordinal);

    static async Task AdmitAsync(TicketReceivedContext context)
    {
        var services = context.HttpContext.RequestServices;
        var name = context.Principal?.FindFirst(services.GetRequiredService<IOptions<OidcOptions>>().Value.UserNameClaim)?.Value.Trim() ?? "";
        var users = services.GetRequiredService<UserManager<Account>>();
        var account = name.Length is > 0 and <= 64 ? await users.FindByNameAsync(name) : null;
        context.HandleResponse();
        var refusal = account is null or { Disabled: true } ? "unknown"
            : await users.IsLockedOutAsync(account) ? "locked"
            : account.TotpEnabled ? "totp"
            : null;
        if (refusal is not null)
        {
            await services.GetRequiredService<AuditTrail>().WriteAsync(
                new("session.refused", AuditOutcome.Refused, "account", account?.Id.ToString()),
                Author.Of(context.HttpContext) with { Id = account?.Id, Name = account?.UserName ?? "" }, CancellationToken.None);
            Refuse(context.HttpContext, refusal);
            return;
        }

        if (account!.MustChangePassword)
        {
            // A password that somebody else chose has no use any more.
            account.TakePassword(null);
            account.PasswordSet(mustChange: false);
        }

        await services.GetRequiredService<SessionDesk>().BeginAsync(account, context.HttpContext, "session.opened-oidc", context.HttpContext.RequestAborted);
        context.Response.Redirect(context.ReturnUri ?? "/");
    }

    static void Refuse(HttpContext context, string why) => context.Response.Redirect($"{Page}?refused={why}");
}
