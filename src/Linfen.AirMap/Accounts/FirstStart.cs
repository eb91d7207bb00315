using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Accounts;

/// <summary>What an installation needs before anybody can sign in: one administrator, and a key for its own verbs.</summary>
static class FirstStart
{
    public const string Administrator = "admin";

    /// <summary>Where the key of this installation's own verbs is, readable by its owner only.</summary>
    public static string LocalKeyFile(Settings settings) => Path.Combine(settings.Home, "run", "local-key");

    /// <summary>Makes the first account where there is none. A generated password is said once, on the console, and nowhere else.</summary>
    public static async Task AccountAsync(IServiceProvider services, string? password, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AirMapDb>();
        if (await db.Accounts.AnyAsync(cancellation))
        {
            return;
        }

        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var now = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
        var account = Account.Create(Guid.CreateVersion7(now), Administrator, now);
        account.Take(new(Administrator, [Role.Administrator], null, [], [], null, false));
        var chosen = password is { Length: > 0 } ? password : Secret.NewPassword();
        // Who sets the machine up answers for this password: that it can be guessed is said, and keeps no city from its map.
        foreach (var strict in users.PasswordValidators.OfType<GuessablePasswords>().ToList())
        {
            users.PasswordValidators.Remove(strict);
        }

        if (GuessablePasswords.ReasonAgainst(chosen, Administrator) is { } weakness)
        {
            await Console.Out.WriteLineAsync($"AIRMAP_ADMIN_PASSWORD can be guessed: {weakness} Change it after signing in.");
        }

        var made = await users.CreateAsync(account, chosen);
        if (!made.Succeeded)
        {
            throw new SettingException("AIRMAP_ADMIN_PASSWORD cannot be taken: " + string.Join(" ", made.Errors.Select(e => e.Description)));
        }

        await scope.ServiceProvider.GetRequiredService<AuditTrail>().WriteAsync(
            AuditEntry.Done("account.created", "account", account.Id, after: AccountJson.Of(account)), Author.Verb("first start"), cancellation);
        await Console.Out.WriteLineAsync(password is { Length: > 0 }
            ? $"The first account is '{Administrator}' with the password of AIRMAP_ADMIN_PASSWORD."
            : $"The first account is '{Administrator}' with the password {chosen} (said only now; change it after signing in)\n首个账号：{Administrator}，密码：{chosen}（仅显示这一次，请登录后修改）");
    }

    /// <summary>The key of this installation's own verbs: kept while it opens something, else made anew.</summary>
    public static async Task<string> LocalKeyAsync(IServiceProvider services, Settings settings, CancellationToken cancellation)
    {
        var file = LocalKeyFile(settings);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AirMapDb>();
        if (File.Exists(file))
        {
            var kept = (await File.ReadAllTextAsync(file, cancellation)).Trim();
            var hash = Secret.Hash(kept);
            if (await db.Keys.AnyAsync(k => k.Hash == hash && k.RevokedAt == null, cancellation))
            {
                return kept;
            }
        }

        var (key, now) = (Secret.NewKey(), scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow());
        db.Keys.Add(MachineKey.Create(Guid.CreateVersion7(now), Secret.Hash(key), new("local", KeyKind.Local, [], null, null, 0, null), "local", now));
        await db.SaveChangesAsync(cancellation);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.Delete(file);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var stream = new FileStream(file, options))
        {
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(key + "\n"), cancellation);
        }

        return key;
    }
}
