using System.Text;
using System.Text.Json;
using Linfen.AirMap.Tests.Dust;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Registers;

/// <summary>The password of a monitor is taken and used, and nobody is shown it again.</summary>
public sealed class SecretFieldTests(OwnServer own) : IClassFixture<OwnServer>
{
    const string Dots = "••••••";

    AirMapServer Server => own.Server;

    static string Of(JsonElement entry, string name) => entry.GetProperty(name).GetString()!;

    static Dictionary<string, object?> Body(JsonElement monitor, string? password) => new(StringComparer.Ordinal)
    {
        ["name"] = Of(monitor, "name"), ["mn"] = Of(monitor, "mn"), ["siteId"] = Of(monitor, "siteId"), ["password"] = password,
    };

    async Task<string?> StoredAsync(string mn) =>
        Assert.Single(await Server.AskAllAsync($"select coalesce(fields::jsonb->>'password', '') from airmap.subjects where fields::jsonb->>'mn' = '{mn}'"));

    static string NewSecret() => "pw-" + Guid.NewGuid().ToString("N")[..8];

    [Fact]
    public async Task No_answer_history_event_export_or_audit_shows_it()
    {
        var (secret, next) = (NewSecret(), NewSecret());
        var head = await Server.HeadAsync();
        var (_, monitor, mn) = await Server.MonitorAsync(("password", secret));
        Assert.Equal(Dots, Of(monitor, "password"));
        var path = "api/monitors/" + Of(monitor, "id");
        var changed = await Server.PutAsync(path, Body(monitor, next), "\"1\"");
        Assert.Equal(200, (int)changed.Status);
        var conflict = (await Server.PutAsync(path, Body(monitor, secret), "\"1\"")).IsProblem(409, "version-differs");
        Assert.Equal(next, await StoredAsync(mn));

        string[] shown =
        [
            monitor.GetRawText(), changed.Text, conflict.Text, (await Server.GetAsync(path)).Text, (await Server.GetAsync(path + "/history")).Text,
            (await Server.GetAsync("api/monitors?limit=1000")).Text, (await Server.GetAsync("api/audit?target=monitor&limit=1000")).Text,
            (await Server.GetAsync("api/audit/export?format=csv")).Text, (await Server.GetAsync("api/monitors/export?format=csv")).Text,
            (await Server.GetAsync("api/monitors/export?format=geojson")).Text, string.Concat((await Server.EventsAsync(head)).Select(e => e.GetRawText())),
        ];
        Assert.All(shown, text =>
        {
            Assert.Contains(mn, text, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
            Assert.DoesNotContain(next, text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task The_dots_leave_it_as_it_is_and_nothing_removes_it()
    {
        var (_, monitor, mn) = await Server.MonitorAsync(("password", "654321"));
        var path = "api/monitors/" + Of(monitor, "id");

        await Server.PutAsync(path, Body(monitor, Dots), "\"1\"");
        Assert.Equal(("\"1\"", "654321"), (await Server.TagAsync(path), await StoredAsync(mn)));

        Assert.Equal(400, (int)(await Server.PutAsync(path, Body(monitor, "12•"), "\"1\"")).Status);
        await Server.PutAsync(path, Body(monitor, "222222"), "\"1\"");
        Assert.Equal(("\"2\"", "222222"), (await Server.TagAsync(path), await StoredAsync(mn)));

        await Server.PutAsync(path, Body(monitor, null), "\"2\"");
        Assert.Equal(("\"3\"", ""), (await Server.TagAsync(path), await StoredAsync(mn)));
    }

    [Fact]
    public async Task An_export_imports_again_with_the_secrets_that_are_stored()
    {
        var (_, _, mn) = await Server.MonitorAsync(("password", "777777"), ("code", NewSecret()));
        var file = Encoding.UTF8.GetBytes((await Server.GetAsync("api/monitors/export?format=csv")).Text);
        foreach (var dryRun in new[] { "true", "false" })
        {
            var report = (await Server.PostAsync($"api/monitors/import?dryRun={dryRun}", file)).Json;
            Assert.Equal((0, 0), (report.GetProperty("changed").GetInt32(), report.GetProperty("rejectedCount").GetInt32()));
        }

        Assert.Equal("777777", await StoredAsync(mn));
    }
}
