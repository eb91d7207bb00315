using System.Net;
using System.Security.Claims;
using System.Security.Principal;

namespace Linfen.AirMap.Accounts;

enum CallerKind
{
    Account,
    Kiosk,
    Key,

    /// <summary>The program itself: clocks, imports, verbs.</summary>
    Product,
}

/// <summary>Who asks, as looked up by cookie or key.</summary>
/// <param name="Id">Of the account, kiosk session or key.</param>
/// <param name="Credential">Of the session or key; what is revoked.</param>
/// <param name="Stamp">Changes with whatever decides what he may do.</param>
sealed record Caller(
    CallerKind Kind, Guid Id, Guid Credential, string Name, string DisplayName, IReadOnlyList<Role> Roles, IReadOnlyList<Permission> Permissions, Scope Scope, string? Department,
    string Stamp, DateTimeOffset? ExpiresAt)
{
    readonly long allowed = Permissions.Aggregate(0L, (bits, p) => bits | (1L << (int)p));

    public static readonly Caller Product = new(
        CallerKind.Product, Guid.Empty, Guid.Empty, "airmap", "airmap", [], [], Scope.City, null, "", null);

    public bool ByCookie => Kind is CallerKind.Account or CallerKind.Kiosk;

    /// <summary>The name of the feed under which a machine may deliver; null for any.</summary>
    public string? Source { get; init; }

    /// <summary>Requests a minute of a key; null for the usual, 0 for no limit.</summary>
    public int? RatePerMinute { get; init; }

    public bool MustChangePassword { get; init; }

    public bool May(Permission permission) => (allowed & (1L << (int)permission)) != 0;
}

/// <summary>The caller as the framework passes him on.</summary>
sealed class CallerPrincipal(Caller caller) : ClaimsPrincipal(new GenericIdentity(caller.Name, "airmap"))
{
    public Caller Caller { get; } = caller;
}

static class Callers
{
    /// <summary>Null for somebody unknown.</summary>
    public static Caller? Caller(this ClaimsPrincipal? user) => (user as CallerPrincipal)?.Caller;

    /// <summary>Somebody unknown sees nothing.</summary>
    public static Scope Scope(this ClaimsPrincipal user) => user.Caller()?.Scope ?? Accounts.Scope.Nowhere;

    public static bool May(this ClaimsPrincipal user, Permission permission) => user.Caller()?.May(permission) == true;

    public static string? Address(this HttpContext context) => context.Connection.RemoteIpAddress is { } address
        ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : null;

    public static bool IsLocal(this HttpContext context) => context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);
}
