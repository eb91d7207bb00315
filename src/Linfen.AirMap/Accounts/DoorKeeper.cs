using Linfen.AirMap.Audit;
using Linfen.AirMap.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Linfen.AirMap.Accounts;

/// <summary>Says why somebody does not get in. What is not there at all stays "not found" for everybody.</summary>
sealed class DoorKeeper(AuditTrail audit) : IAuthorizationMiddlewareResultHandler
{
    static readonly PathString[] Doors = ["/api", "/tiles", "/hubs"];

    /// <summary>Whoever shows a cookie or key is no stranger because the database cannot say who he is: he is not sent to sign in, and gets no stranger's share of the answer.</summary>
    public static bool IsUnknowable(HttpContext context) =>
        context.Items.ContainsKey(AirMapAuthentication.Unavailable) && Array.Exists(Doors, door => context.Request.Path.StartsWithSegments(door, StringComparison.OrdinalIgnoreCase));

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded || context.GetEndpoint() is not RouteEndpoint)
        {
            await next(context);
            return;
        }

        await RefuseAsync(context, audit);
    }

    public static async Task RefuseAsync(HttpContext context, AuditTrail audit)
    {
        if (context.Items.ContainsKey(AirMapAuthentication.Unavailable))
        {
            await AskAgainAsync(context);
            return;
        }

        if (context.User.Caller() is not { } caller)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await Problems.Of(401, "sign-in-required", "Sign in, or send a key.").ExecuteAsync(context);
            return;
        }

        audit.Note(new("access.refused", AuditOutcome.Refused, "door", $"{context.Request.Method} {context.Request.Path}"), Author.Of(context, caller));
        await Problems.Of(403, "forbidden", "This account may not do that.").ExecuteAsync(context);
    }

    public static Task AskAgainAsync(HttpContext context) =>
        Problems.Of(503, "database-unavailable", "The database does not answer at the moment. Try again shortly.").ExecuteAsync(context);
}

static class KnownCallers
{
    /// <summary>After authentication and before anything that asks who it is.</summary>
    public static void UseKnownCallers(this WebApplication app) =>
        app.Use(next => context => DoorKeeper.IsUnknowable(context) ? DoorKeeper.AskAgainAsync(context) : next(context));
}
