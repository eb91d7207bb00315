namespace Linfen.AirMap.Accounts;

/// <summary>Somebody who may sign in.</summary>
sealed class Account
{
    public Guid Id { get; private set; }

    public string UserName { get; private set; } = "";

    /// <summary>Unique, in capitals.</summary>
    public string NormalizedName { get; private set; } = "";

    public string DisplayName { get; private set; } = "";

    public string? PasswordHash { get; private set; }

    public Role[] Roles { get; private set; } = [];

    /// <summary>Six-digit codes; null for the whole city.</summary>
    public string[]? Counties { get; private set; }

    public string[] Townships { get; private set; } = [];

    public string[] Grids { get; private set; } = [];

    public string? Department { get; private set; }

    public bool Disabled { get; private set; }

    /// <summary>Somebody else chose the password: the pages ask for a new one before they show anything else.</summary>
    public bool MustChangePassword { get; private set; }

    public int Failures { get; private set; }

    public DateTimeOffset? LockedUntil { get; private set; }

    /// <summary>Base32; kept while it waits for its first code too.</summary>
    public string? TotpKey { get; private set; }

    public bool TotpEnabled { get; private set; }

    /// <summary>The last time step whose code was used: a code opens once.</summary>
    public long TotpStep { get; private set; }

    /// <summary>Changes with password and one-time key.</summary>
    public string SecurityStamp { get; private set; } = "";

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? LastSignInAt { get; private set; }

    Account()
    {
    }

    public static Account Create(Guid id, string userName, DateTimeOffset now) => new()
    {
        Id = id, UserName = userName, NormalizedName = Normalize(userName), DisplayName = userName, SecurityStamp = Secret.NewToken(), Version = 1, CreatedAt = now,
    };

    public static string Normalize(string userName) => userName.Trim().ToUpperInvariant();

    public bool IsAdministrator => Roles.Contains(Role.Administrator);

    public void Take(AccountDraft draft)
    {
        (DisplayName, Roles, Counties, Townships, Grids, Department, Disabled) =
            (draft.DisplayName ?? UserName, draft.Roles, draft.Counties, draft.Townships, draft.Grids, draft.Department, draft.Disabled);
        Version++;
    }

    public void Disable() => (Disabled, Version) = (true, Version + 1);

    public void TakeName(string userName, string? normalized) => (UserName, NormalizedName) = (userName, normalized ?? Normalize(userName));

    public void TakePassword(string? hash) => PasswordHash = hash;

    public void TakeStamp(string stamp) => SecurityStamp = stamp;

    /// <param name="mustChange">Somebody else chose it.</param>
    public void PasswordSet(bool mustChange) => (MustChangePassword, Failures, LockedUntil, Version) = (mustChange, 0, null, Version + 1);

    public void TakeTotpKey(string? key) => TotpKey = key;

    public void UseTotp(bool enabled)
    {
        (TotpEnabled, Version) = (enabled, Version + 1);
        TotpKey = enabled ? TotpKey : null;
    }

    public void TakeStep(long step) => TotpStep = step;

    public void Failed(int failures) => Failures = failures;

    public void Lock(DateTimeOffset? until) => LockedUntil = until;

    public void SignedIn(DateTimeOffset at) => (LastSignInAt, Failures, LockedUntil) = (at, 0, null);
}

/// <summary>What an administrator decides about an account.</summary>
sealed record AccountDraft(
    string? DisplayName, Role[] Roles, string[]? Counties, string[] Townships, string[] Grids, string? Department, bool Disabled);

enum SessionKind
{
    Browser,
    Kiosk,
}

/// <summary>A browser or a wall that is signed in. The cookie is the token; here is only its hash.</summary>
sealed class Session
{
    public Guid Id { get; private set; }

    public byte[] Hash { get; private set; } = [];

    public SessionKind Kind { get; private set; }

    /// <summary>Null of a kiosk: it belongs to nobody.</summary>
    public Guid? AccountId { get; private set; }

    /// <summary>Of a kiosk: what the officer called it.</summary>
    public string? Name { get; private set; }

    public string[]? Counties { get; private set; }

    public string? GrantedBy { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset LastSeenAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public string? Address { get; private set; }

    public string? Agent { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    Session()
    {
    }

    public static Session OfAccount(Guid id, byte[] hash, Guid account, DateTimeOffset now, DateTimeOffset expires, string? address, string? agent) => new()
    {
        Id = id, Hash = hash, Kind = SessionKind.Browser, AccountId = account, CreatedAt = now, LastSeenAt = now, ExpiresAt = expires, Address = address, Agent = agent,
    };

    public static Session OfKiosk(Guid id, byte[] hash, string name, string[]? counties, string grantedBy, DateTimeOffset now, DateTimeOffset expires, string? address, string? agent) => new()
    {
        Id = id, Hash = hash, Kind = SessionKind.Kiosk, Name = name, Counties = counties, GrantedBy = grantedBy, CreatedAt = now, LastSeenAt = now, ExpiresAt = expires,
        Address = address, Agent = agent,
    };
}

enum KeyKind
{
    Feed,
    Device,
    Integration,

    /// <summary>Of this installation's own verbs: what an administrator may do.</summary>
    Local,
}

/// <summary>What a machine shows to get in.</summary>
sealed class MachineKey
{
    public Guid Id { get; private set; }

    public byte[] Hash { get; private set; } = [];

    public string Name { get; private set; } = "";

    public KeyKind Kind { get; private set; }

    public Permission[] Permissions { get; private set; } = [];

    public string[]? Counties { get; private set; }

    public string? Source { get; private set; }

    public int? RatePerMinute { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public string CreatedBy { get; private set; } = "";

    public DateTimeOffset? LastUsedAt { get; private set; }

    public DateTimeOffset? ExpiresAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    MachineKey()
    {
    }

    public static MachineKey Create(Guid id, byte[] hash, KeyDraft draft, string by, DateTimeOffset now) => new()
    {
        Id = id, Hash = hash, Name = draft.Name, Kind = draft.Kind, Permissions = draft.Permissions, Counties = draft.Counties, Source = draft.Source,
        RatePerMinute = draft.RatePerMinute, ExpiresAt = draft.ExpiresAt, CreatedAt = now, CreatedBy = by,
    };

    public void Rotate(byte[] hash) => Hash = hash;

    public void Revoke(DateTimeOffset at) => RevokedAt ??= at;
}

sealed record KeyDraft(string Name, KeyKind Kind, Permission[] Permissions, string[]? Counties, string? Source, int? RatePerMinute, DateTimeOffset? ExpiresAt);

/// <summary>A wall that asks to be let in.</summary>
sealed class KioskRequest
{
    public Guid Id { get; private set; }

    public string Code { get; private set; } = "";

    public byte[] Hash { get; private set; } = [];

    public DateTimeOffset ExpiresAt { get; private set; }

    public string? Name { get; private set; }

    public string[]? Counties { get; private set; }

    public string? GrantedBy { get; private set; }

    public bool Granted { get; private set; }

    KioskRequest()
    {
    }

    public static KioskRequest Create(Guid id, string code, byte[] hash, DateTimeOffset expires) => new() { Id = id, Code = code, Hash = hash, ExpiresAt = expires };

    public void Grant(string name, string[]? counties, string by) => (Name, Counties, GrantedBy, Granted) = (name, counties, by, true);
}
