using System.Net;
using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Dust;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Dust;

/// <summary>Unknown devices are held until an operator says what they are.</summary>
public sealed class PendingTests(MigratedCluster cluster) : IAsyncLifetime
{
    const string Mn = "HELD00000000000000000001";

    AirMapServer? server;
    string? database;

    AirMapServer Server => server!;

    public async ValueTask InitializeAsync()
    {
        database = await cluster.CreateDatabaseAsync();
        server = await StartAsync(AirMapServer.Morning);
    }

    Task<AirMapServer> StartAsync(DateTimeOffset at, params string[] more) =>
        AirMapServer.StartAsync(cluster, database!, new FakeTimeProvider(at), ["Hj212:Unknown=hold", .. more]);

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    static async Task<List<JsonElement>> PendingAsync(AirMapServer server, string more = "") => [.. (await server.GetAsync("api/monitors/pending" + more)).Json.EnumerateArray()];

    async Task<FieldDevice> CallAsync(string mn)
    {
        var device = await FieldDevice.ConnectAsync(Server.DevicePort);
        await device.SendAsync(DustCalls.Frame(DustCalls.Segment(mn, Server.Now)));
        await Until.TrueAsync(async () => (await PendingAsync(Server, "?dismissed=true")).Exists(p => p.GetProperty("mn").GetString() == mn), $"{mn} is listed");
        return device;
    }

    static Task WriteAsync(AirMapServer server) => server.Services.GetRequiredService<DeviceClock>().TickAsync(CancellationToken.None);

    [Fact]
    public async Task A_held_device_is_listed_with_a_sample_and_neither_stored_nor_answered()
    {
        using var device = await CallAsync(Mn);
        await device.SendAsync(DustCalls.Frame(DustCalls.Segment(Mn, Server.Now.AddSeconds(1))));
        await Until.TrueAsync(async () => (await PendingAsync(Server)).Single().GetProperty("packets").GetInt64() == 2, "both packets are counted");
        var held = Assert.Single(await PendingAsync(Server));
        Assert.Equal(("127.0.0.1", "right", 180.5), (held.GetProperty("address").GetString(), held.GetProperty("crc").GetString(), held.GetProperty("sample").GetProperty("a34001").GetDouble()));
        Assert.Equal(0, await Server.ReadingsAsync(Mn));

        // The first answer on this line is that of one who is known.
        var (_, _, known) = await Server.MonitorAsync();
        await device.SendAsync(DustCalls.Frame(DustCalls.Segment(known, Server.Now)));
        Assert.Equal(DustCalls.Answered(known, Server.Now), await device.AnswerAsync());
    }

    [Fact]
    public async Task An_approved_device_is_in_the_register_with_history_audit_and_event_and_is_answered()
    {
        using var device = await CallAsync(Mn);
        var (site, _, _) = await Server.MonitorAsync();
        var answer = await Server.PostAsync($"api/monitors/pending/{Mn}/approve", JsonSerializer.Serialize(new { name = "新设备", siteId = site.GetProperty("id").GetString() }));
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var monitor = answer.Json.GetProperty("properties");
        Assert.Equal((Mn, "141024"), (monitor.GetProperty("mn").GetString(), monitor.GetProperty("county").GetString()));
        var id = monitor.GetProperty("id").GetString();
        Assert.Single((await Server.OneAsync($"api/monitors/{id}/history")).GetProperty("versions").EnumerateArray());
        Assert.Equal(["monitor.created"], await Server.AskAllAsync($"select action from airmap.audit where target_id = '{id}'"), StringComparer.Ordinal);
        Assert.Equal(["subject.changed"], await Server.AskAllAsync($"select type from airmap.events where subject_id = '{id}' and type like 'subject.%'"), StringComparer.Ordinal);
        Assert.Empty(await PendingAsync(Server));

        await Until.TrueAsync(
            async () =>
            {
                await device.SendAsync(DustCalls.Frame(DustCalls.Segment(Mn, Server.Now)));
                return await Server.ReadingsAsync(Mn) > 0;
            },
            "it is let in");
        Assert.Equal(DustCalls.Answered(Mn, Server.Now), await device.AnswerAsync());
        (await Server.PostAsync($"api/monitors/pending/{Mn}/approve", """{"name":"again"}""")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task What_the_register_does_not_take_stays_held()
    {
        using var device = await CallAsync(Mn);
        (await Server.PostAsync($"api/monitors/pending/{Mn}/approve", "{}")).IsProblem(400, "invalid");
        (await Server.PostAsync($"api/monitors/pending/{Mn}/approve", "no json")).IsProblem(400, "not-json");
        (await Server.PostAsync("api/monitors/pending/NOBODY/approve", """{"name":"x"}""")).IsProblem(404, "not-found");
        Assert.Single(await PendingAsync(Server));
    }

    [Fact]
    public async Task A_dismissed_device_stays_away_from_the_list_also_when_it_goes_on_calling_and_over_a_restart()
    {
        using var device = await CallAsync(Mn);
        Assert.Equal(HttpStatusCode.NoContent, (await Server.PostAsync($"api/monitors/pending/{Mn}/dismiss", """{"reason":"not ours"}""")).Status);
        await device.SendAsync(DustCalls.Frame(DustCalls.Segment(Mn, Server.Now.AddSeconds(1))));
        await Until.TrueAsync(async () => (await PendingAsync(Server, "?dismissed=true")).Single().GetProperty("packets").GetInt64() == 2, "it called again");
        Assert.Empty(await PendingAsync(Server));
        Assert.Single(await Server.AskAllAsync($"select after::text from airmap.audit where action = 'monitor.dismissed' and target_id = '{Mn}' and after ->> 'reason' = 'not ours'"));

        using var other = await CallAsync("HELD00000000000000000002");
        await WriteAsync(Server);
        await using var again = await StartAsync(Server.Now);
        Assert.Equal(["HELD00000000000000000002"], (await PendingAsync(again)).Select(p => p.GetProperty("mn").GetString()!), StringComparer.Ordinal);
        Assert.Equal(2, (await PendingAsync(again, "?dismissed=true")).Single(p => p.GetProperty("mn").GetString() == Mn).GetProperty("packets").GetInt64());
    }

    [Fact]
    public async Task The_list_is_bounded_and_keeps_those_heard_of_last()
    {
        await using var small = await StartAsync(Server.Now, "Hj212:PendingMonitors=2");
        using var device = await FieldDevice.ConnectAsync(small.DevicePort);
        for (var n = 1; n <= 6; n++)
        {
            await device.SendAsync(DustCalls.Frame(DustCalls.Segment($"HELD0000000000000000010{n}", small.Now)));
            await Until.TrueAsync(async () => (await PendingAsync(small)).Exists(p => p.GetProperty("mn").GetString()!.EndsWith($"{n}", StringComparison.Ordinal)), $"{n} is listed");
            await WriteAsync(small);
            small.Clock!.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["HELD00000000000000000106", "HELD00000000000000000105"], (await PendingAsync(small)).Select(p => p.GetProperty("mn").GetString()!), StringComparer.Ordinal);
        Assert.Equal(2, await small.AskAsync<long>("select count(*) from airmap.pending_monitors"));
    }

    [Fact]
    public async Task Who_sees_some_counties_only_sees_no_device_that_has_none()
    {
        using var device = await CallAsync(Mn);
        using var officer = await Visitor.AsAsync(Server, Role.CountyOfficer, "141024");
        Assert.Equal("[]", (await officer.GetAsync("api/monitors/pending")).Text);
        (await officer.PostAsync($"api/monitors/pending/{Mn}/approve", """{"name":"x"}""")).IsProblem(404, "not-found");
        (await officer.PostAsync($"api/monitors/pending/{Mn}/dismiss", "{}")).IsProblem(404, "not-found");
    }
}
