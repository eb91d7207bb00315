using System.Text.Json;
using System.Text.Json.Serialization;

namespace Linfen.AirMap.Accounts;

/// <summary>An account as the interface and the audit tell it: without hash, key and stamp.</summary>
sealed record AccountItem(
    Guid Id, string UserName, string DisplayName, IReadOnlyList<string> Roles, IReadOnlyList<string>? Counties, IReadOnlyList<string> Townships, IReadOnlyList<string> Grids,
    string? Department, bool Disabled, DateTimeOffset? LockedUntil, bool Totp, DateTimeOffset? LastSignIn, int Version)
{
    public static AccountItem Of(Account a, DateTimeOffset now) => new(
        a.Id, a.UserName, a.DisplayName, [.. a.Roles.Select(Permissions.NameOf)], a.Counties, a.Townships, a.Grids, a.Department, a.Disabled,
        a.LockedUntil > now ? a.LockedUntil : null, a.TotpEnabled, a.LastSignInAt, a.Version);
}

/// <summary>A key without its secret.</summary>
sealed record KeyItem(
    Guid Id, string Name, string Kind, IReadOnlyList<string> Permissions, IReadOnlyList<string>? Counties, string? Source, int? RatePerMinute, DateTimeOffset CreatedAt,
    string CreatedBy, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt, DateTimeOffset? ExpiresAt)
{
    public static KeyItem Of(MachineKey k) => new(
        k.Id, k.Name, Accounts.Permissions.NameOf(k.Kind), [.. k.Permissions.Select(Accounts.Permissions.NameOf)], k.Counties, k.Source, k.RatePerMinute, k.CreatedAt, k.CreatedBy,
        k.LastUsedAt, k.RevokedAt, k.ExpiresAt);
}

static class AccountJson
{
    static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Of(Account account) => JsonSerializer.Serialize(AccountItem.Of(account, DateTimeOffset.MaxValue), Readable);

    public static string Of(MachineKey key) => JsonSerializer.Serialize(KeyItem.Of(key), Readable);

    public static string Of(object value) => JsonSerializer.Serialize(value, Readable);
}
