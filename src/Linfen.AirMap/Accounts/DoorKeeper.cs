using Linfen.AirMap.Audit;
using Linfen.AirMap.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Linfen.AirMap.Accounts;

/// <summary>Says why somebody does not get in. What is not there at all stays "not found" for everybody.</summary>
sealed class DoorKeeper(AuditTrail audit) : IAuthorizationMiddlewareResultHandler
{
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
            await Problems.Of(503, "database-unavailable", "The database does not answer at the moment. Try again shortly.").ExecuteAsync(context);
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
}
