using System.Net;
using System.Text.Json;
using Linfen.AirMap.Commands;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Testing;
using Linfen.AirMap.Tests.Support;
using Npgsql;
using Xunit;

namespace Linfen.AirMap.Tests.Accounts;

/// <summary>What nobody may read anywhere, and what the audit keeps.</summary>
public sealed class SecretsTests(MigratedCluster cluster)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Passwords_keys_and_codes_stand_in_no_log_and_the_first_generated_password_only_on_the_console()
    {
        var database = (await cluster.ClusterAsync()).ConnectionString(await cluster.CreateDatabaseAsync(), PostgresCluster.Application);
        await using var server = await AirMapProcess.ServeAsync(database, new Dictionary<string, string>(StringComparer.Ordinal) { ["AIRMAP_ADMIN_PASSWORD"] = "" });
        var first = server.Output.Split('\n').First(l => l.Contains("with the password", StringComparison.Ordinal)).Split("with the password ")[1].Split(' ')[0];

        using var signedIn = await PostAsync(server, "api/session", new { userName = "admin", password = first });
        Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);
        using var wrong = await PostAsync(server, "api/session", new { userName = "admin", password = "wrong-secret-7731" });
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        using var broken = await server.Client.PostAsync(
            new Uri("api/session", UriKind.Relative), new StringContent("""{"userName":"admin","password":"broken-secret-7732""", System.Text.Encoding.UTF8, "application/json"), Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
        Assert.DoesNotContain("broken-secret", await broken.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        using var made = await PostAsync(server, "api/keys", new { name = "camera", kind = "feed" });
        var key = JsonDocument.Parse(await made.Content.ReadAsStringAsync(Cancellation)).RootElement.GetProperty("secret").GetString()!;
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single().Split('=')[1].Split(';')[0];
        await server.StopAsync();

        Assert.Contains("airmap", server.LogFiles, StringComparison.OrdinalIgnoreCase);
        foreach (var secret in new[] { first, "wrong-secret-7731", "broken-secret-7732", key, cookie, server.Key })
        {
            Assert.DoesNotContain(secret, server.LogFiles, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, server.Output.Replace(first, "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    static Task<HttpResponseMessage> PostAsync(AirMapProcess server, string path, object body) =>
        server.Client.PostAsync(new Uri(path, UriKind.Relative), new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json"), Cancellation);

    [Fact]
    public async Task A_first_password_that_can_be_guessed_is_said_and_opens_all_the_same()
    {
        const string Guessable = "Password2026!";
        var database = (await cluster.ClusterAsync()).ConnectionString(await cluster.CreateDatabaseAsync(), PostgresCluster.Application);
        await using var server = await AirMapProcess.ServeAsync(database, new Dictionary<string, string>(StringComparer.Ordinal) { ["AIRMAP_ADMIN_PASSWORD"] = Guessable });
        Assert.Contains("AIRMAP_ADMIN_PASSWORD can be guessed", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Guessable, server.Output, StringComparison.Ordinal);
        using var signedIn = await PostAsync(server, "api/session", new { userName = "admin", password = Guessable });
        Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);
        // Of everybody else it is refused.
        using var other = await PostAsync(server, "api/accounts", new { userName = "officer", roles = new[] { "viewer" }, password = Guessable });
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
    }

    [Fact]
    public async Task The_audit_is_forgotten_by_its_owner_only_and_not_before_183_days()
    {
        var (postgres, name) = (await cluster.ClusterAsync(), await cluster.CreateDatabaseAsync());
        var owner = postgres.ConnectionString(name, PostgresCluster.Owner);
        var settings = new Settings(owner, owner, 1, Path.GetTempPath(), Path.GetTempPath(), Checkout.File("gis-data"));
        await postgres.ExecuteAsync(name, "insert into airmap.audit (at, actor_kind, actor, action, target_kind, outcome) values ('2026-01-01+08', 'account', 'a', 'x', 'y', 'done')");
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2026, 8, 1, 12, 0, 0, TimeSpan.FromHours(8)));

        Assert.Equal(1, await AuditCommand.CleanAsync(settings, "2026-02-02", clock, Cancellation));
        Assert.Equal(1, await AuditCommand.CleanAsync(settings, "yesterday", clock, Cancellation));
        Assert.Equal(0, await AuditCommand.CleanAsync(settings, "2026-01-30", clock, Cancellation));

        await using var asked = NpgsqlDataSource.Create(owner);
        await using var command = asked.CreateCommand("select count(*) from airmap.audit where action = 'x'");
        Assert.Equal(0L, await command.ExecuteScalarAsync(Cancellation));
        await using var said = asked.CreateCommand("select after ->> 'lines' from airmap.audit where action = 'audit.cleaned'");
        Assert.Equal("1", await said.ExecuteScalarAsync(Cancellation));
    }
}
