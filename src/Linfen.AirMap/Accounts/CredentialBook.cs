using System.Collections.Concurrent;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Accounts;

/// <summary>
/// Who holds a cookie or key. Looked up once and then believed for some seconds, or until the database says that something about accounts
/// changed: the ways of tiles and intake pay one hash and no query.
/// </summary>
sealed class CredentialBook(IDbContextFactory<AirMapDb> database, IOptions<AccountOptions> options, TimeProvider clock, ILogger<CredentialBook> log) : BackgroundService
{
    /// <summary>Beyond this strangers are trying tokens; what is forgotten is looked up again.</summary>
    const int MostHeld = 50_000;

    readonly ConcurrentDictionary<Token, Entry> held = new();
    readonly ConcurrentDictionary<Token, DateTimeOffset> used = new();
    int generation;

    /// <param name="Caller">Null where the token opens nothing.</param>
    sealed record Entry(Caller? Caller, DateTimeOffset BelieveUntil);

    readonly record struct Token(long A, long B, long C, long D)
    {
        public static Token Of(byte[] hash) => new(
            BitConverter.ToInt64(hash, 0), BitConverter.ToInt64(hash, 8), BitConverter.ToInt64(hash, 16), BitConverter.ToInt64(hash, 24));

        public byte[] ToHash() => [.. BitConverter.GetBytes(A), .. BitConverter.GetBytes(B), .. BitConverter.GetBytes(C), .. BitConverter.GetBytes(D)];
    }

    readonly List<Action> listeners = [];

    /// <summary>Calls the listener when something about accounts, sessions or keys changed, in whichever process. To be called before the server starts.</summary>
    public void OnChange(Action listener) => listeners.Add(listener);

    public void Forget()
    {
        Interlocked.Increment(ref generation);
        held.Clear();
        listeners.ForEach(listener => listener());
    }

    public async ValueTask<Caller?> FindAsync(byte[] hash, bool isKey, CancellationToken cancellation)
    {
        var (token, now) = (Token.Of(hash), clock.GetUtcNow());
        if (!held.TryGetValue(token, out var entry) || entry.BelieveUntil <= now)
        {
            entry = await LookUpAsync(token, hash, isKey, now, cancellation);
        }

        if (entry.Caller is not { } caller || caller.ExpiresAt <= now)
        {
            return null;
        }

        used[token] = now;
        return caller;
    }

    async Task<Entry> LookUpAsync(Token token, byte[] hash, bool isKey, DateTimeOffset now, CancellationToken cancellation)
    {
        var seen = Volatile.Read(ref generation);
        await using var db = await database.CreateDbContextAsync(cancellation);
        var caller = isKey ? await KeyAsync(db, hash, cancellation) : await SessionAsync(db, token, hash, now, cancellation);
        var entry = new Entry(caller, now.AddSeconds(options.Value.BelieveSeconds));
        if (held.Count >= MostHeld)
        {
            held.Clear();
        }

        held[token] = entry;
        if (seen != Volatile.Read(ref generation))
        {
            // It changed while we read.
            held.TryRemove(token, out _);
        }

        return entry;
    }

    static async Task<Caller?> KeyAsync(AirMapDb db, byte[] hash, CancellationToken cancellation)
    {
        var key = await db.Keys.AsNoTracking().SingleOrDefaultAsync(k => k.Hash == hash && k.RevokedAt == null, cancellation);
        return key is null ? null : new Caller(
            CallerKind.Key, key.Id, key.Id, key.Name, key.Name, [], key.Kind == KeyKind.Local ? Permissions.Of([Role.Administrator]) : key.Permissions,
            Scope.Of(key.Counties), null, "key", key.ExpiresAt) { Source = key.Source, RatePerMinute = key.RatePerMinute };
    }

    async Task<Caller?> SessionAsync(AirMapDb db, Token token, byte[] hash, DateTimeOffset now, CancellationToken cancellation)
    {
        var session = await db.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Hash == hash && s.RevokedAt == null, cancellation);
        if (session is null || session.ExpiresAt <= now)
        {
            return null;
        }

        if (session.Kind == SessionKind.Kiosk)
        {
            var name = session.Name ?? "";
            return new(CallerKind.Kiosk, session.Id, session.Id, name, name, [Role.Viewer], [Permission.View], Scope.Of(session.Counties), null, "kiosk", session.ExpiresAt);
        }

        var seen = used.TryGetValue(token, out var last) && last > session.LastSeenAt ? last : session.LastSeenAt;
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == session.AccountId, cancellation);
        return account is null || account.Disabled || seen.AddMinutes(options.Value.IdleMinutes) <= now ? null : CallerOf(account, session);
    }

    Caller CallerOf(Account account, Session session)
    {
        var mayNothingYet = options.Value.TotpForAdministrators && account.IsAdministrator && !account.TotpEnabled;
        return new(
            CallerKind.Account, account.Id, session.Id, account.UserName, account.DisplayName, account.Roles,
            mayNothingYet ? [] : Permissions.Of(account.Roles), Scope.Of(account.Counties), account.Department,
            account.SecurityStamp + account.Version.ToString(System.Globalization.CultureInfo.InvariantCulture), session.ExpiresAt)
        { MustChangePassword = account.MustChangePassword };
    }

    /// <summary>Writes down who was here, at most once a minute.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await WriteDownAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    public async Task WriteDownAsync(CancellationToken cancellation)
    {
        var seen = used.ToArray();
        foreach (var one in seen)
        {
            used.TryRemove(one);
        }

        if (seen.Length == 0)
        {
            return;
        }

        try
        {
            var (hashes, times) = (seen.Select(s => s.Key.ToHash()).ToArray(), seen.Select(s => s.Value.UtcDateTime).ToArray());
            await using var db = await database.CreateDbContextAsync(cancellation);
            await db.Database.ExecuteSqlAsync(
                $"""
                UPDATE airmap.sessions s SET last_seen_at = u.at FROM unnest({hashes}, {times}) AS u(hash, at) WHERE s.hash = u.hash AND s.last_seen_at < u.at
                """, cancellation);
            await db.Database.ExecuteSqlAsync(
                $"UPDATE airmap.keys k SET last_used_at = u.at FROM unnest({hashes}, {times}) AS u(hash, at) WHERE k.hash = u.hash", cancellation);
        }
        catch (Exception e) when (Problems.IsDatabaseOutage(e))
        {
            log.LogWarning("Who was here could not be written down: {Reason}", e.Message);
        }
    }
}
