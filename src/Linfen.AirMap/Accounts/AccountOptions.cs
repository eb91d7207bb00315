using System.ComponentModel.DataAnnotations;

namespace Linfen.AirMap.Accounts;

/// <summary>Settings under <c>Airmap:Accounts</c>.</summary>
public sealed record AccountOptions
{
    /// <summary>A session that asks for nothing so long is over.</summary>
    [Range(1, 10_080)]
    public int IdleMinutes { get; init; } = 480;

    [Range(1, 8_760)]
    public int SessionHours { get; init; } = 168;

    [Range(1, 3_650)]
    public int KioskDays { get; init; } = 365;

    [Range(8, 128)]
    public int PasswordLength { get; init; } = 10;

    /// <summary>Wrong passwords in a row until the account is locked.</summary>
    [Range(2, 100)]
    public int MostFailures { get; init; } = 5;

    [Range(1, 1_440)]
    public int LockMinutes { get; init; } = 15;

    /// <summary>Administrators have to use a one-time code once they enrolled; with this they have to enrol.</summary>
    public bool TotpForAdministrators { get; init; }

    /// <summary>What is looked up once is believed so long unless the database says that it changed; 0 looks up each time.</summary>
    [Range(0, 60)]
    public int BelieveSeconds { get; init; } = 30;
}

/// <summary>Settings under <c>Airmap:Limits</c>, in requests a minute; 0 for no limit.</summary>
public sealed record LimitOptions
{
    public int PerAccount { get; init; } = 12_000;

    /// <summary>Of keys that carry no rate of their own.</summary>
    public int PerKey { get; init; } = 60_000;

    /// <summary>Of an address that nobody is signed in from.</summary>
    public int PerAddress { get; init; } = 1_200;

    public int SignInsPerAddress { get; init; } = 20;
}
