using Microsoft.AspNetCore.Authorization;

namespace Linfen.AirMap.Accounts;

/// <summary>Why a door needs no key.</summary>
sealed record OpenDoor(string Reason) : IAllowAnonymous;

/// <summary>How endpoints say what they ask for. One that says nothing lets nobody in.</summary>
static class Doors
{
    public static T Needs<T>(this T door, Permission permission)
        where T : IEndpointConventionBuilder => door.RequireAuthorization(permission.ToString());

    /// <summary>Whoever is signed in, whatever he may do: his own account.</summary>
    public static T NeedsAccount<T>(this T door)
        where T : IEndpointConventionBuilder => door.RequireAuthorization(SignedIn);

    public static T Open<T>(this T door, string reason)
        where T : IEndpointConventionBuilder
    {
        door.Add(endpoint => endpoint.Metadata.Add(new OpenDoor(reason)));
        return door;
    }

    public const string SignedIn = "SignedIn";

    public static void AddDoors(this IServiceCollection services)
    {
        services.AddAuthorizationBuilder()
            .SetDefaultPolicy(Nobody())
            .SetFallbackPolicy(Nobody());
        services.AddAuthorization(options =>
        {
            foreach (var permission in Enum.GetValues<Permission>())
            {
                options.AddPolicy(permission.ToString(), policy => policy.RequireAssertion(context =>
                    context.User.May(permission) && (!Permissions.OfTheCity.Contains(permission) || context.User.Scope().IsCity)));
            }

            options.AddPolicy(SignedIn, policy => policy.RequireAssertion(context => context.User.Caller() is { Kind: CallerKind.Account }));
        });
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, DoorKeeper>();
    }

    static AuthorizationPolicy Nobody() => new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build();
}
