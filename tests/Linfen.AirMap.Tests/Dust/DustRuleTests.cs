using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Dust;
using Linfen.AirMap.Tests.Air;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Dust;

/// <summary>A28.Dust by what monitors really sent: the dusty site is told once, a broken device accuses nobody.</summary>
public sealed class DustRuleTests(MigratedCluster cluster)
{
    async Task<AirMapServer> StartAsync() => await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));

    static Task<int> TickAsync(AirMapServer server) => server.Services.GetRequiredService<DustClock>().TickAsync(CancellationToken.None);

    static Task SendAsync(AirMapServer server, string mn, int minutes, Func<int, string> factors, TimeSpan ahead = default) => server.SendMinutesAsync(mn, minutes, factors, ahead);

    static Func<int, string> Tsp(double about, char flag = 'N') => DustCalls.Tsp(about, flag);

    static Task<List<string>> RulesAsync(AirMapServer server, JsonElement monitor) => server.OpenRulesAsync(monitor);

    [Fact]
    public async Task A_dusty_site_is_told_once_with_its_mean_and_ends_after_an_hour_below_the_limit()
    {
        await using var server = await StartAsync();
        var (_, monitor, mn) = await server.MonitorAsync();
        await SendAsync(server, mn, 60, Tsp(1_000));
        await TickAsync(server);
        var told = Assert.Single(await server.ListAsync("api/violations?rule=A28.Dust&status=open"));
        Assert.Equal(("serious", monitor.GetProperty("id").GetString()), (told.Text("severity"), told.Property("subject").GetProperty("id").GetString()));
        Assert.Equal(1_010, told.Property("facts").GetProperty("averageMicrograms").GetDouble(), 1.0);
        Assert.Equal(server.Now, told.Time("openedAt"));

        // The same again, and again looked at: nothing more is told.
        await SendAsync(server, mn, 60, Tsp(1_000));
        await TickAsync(server);
        Assert.Single(await server.ListAsync("api/violations?rule=A28.Dust"));

        server.Clock!.Advance(TimeSpan.FromMinutes(45));
        await SendAsync(server, mn, 45, Tsp(100));
        await TickAsync(server);
        Assert.Equal(["A28.Dust"], await RulesAsync(server, monitor), StringComparer.Ordinal);

        server.Clock.Advance(TimeSpan.FromMinutes(20));
        await SendAsync(server, mn, 20, Tsp(100));
        await TickAsync(server);
        Assert.Empty(await RulesAsync(server, monitor));
        Assert.Equal("below-limit", (await server.OneAsync($"api/violations/{told.Id()}")).Text("closedReason"));
    }

    [Theory]
    [InlineData(2111, "Rtd")]
    [InlineData(2052, "Avg")]
    public async Task A_device_of_the_2025_edition_is_judged_and_drawn_too(int command, string suffix)
    {
        await using var server = await StartAsync();
        var (_, monitor, mn) = await server.MonitorAsync();
        using var device = await FieldDevice.ConnectAsync(server.DevicePort);
        for (var ago = 59; ago >= 0; ago--)
        {
            var factors = string.Create(CultureInfo.InvariantCulture, $"a34001-{suffix}={1_000 * (1 + ago % 3 * 0.01):F3},a34001-Flag=N");
            await device.SendAsync(DustCalls.Frame(DustCalls.Segment(mn, server.Now.AddMinutes(-ago), factors, command, flag: 9)));
            Assert.NotNull(await device.AnswerAsync());
        }

        await TickAsync(server);
        Assert.Equal(["A28.Dust"], await RulesAsync(server, monitor), StringComparer.Ordinal);
        var hour = (await server.OneAsync($"api/monitors/{mn}/readings?interval=hour")).GetProperty("readings").EnumerateArray().ToList();
        Assert.All(hour, h => Assert.InRange(h.GetProperty("value").GetDouble(), 1_000, 1_021));
        Assert.NotEmpty((await server.OneAsync($"api/monitors/{mn}/curve")).GetProperty("points").EnumerateArray());
    }

    [Fact]
    public async Task Twice_the_limit_is_critical()
    {
        await using var server = await StartAsync();
        var (_, _, mn) = await server.MonitorAsync();
        await SendAsync(server, mn, 60, Tsp(1_700));
        await TickAsync(server);
        Assert.Equal("critical", Assert.Single(await server.ListAsync("api/violations?rule=A28.Dust&status=open")).Text("severity"));
    }

    [Fact]
    public async Task PM10_counts_by_how_far_it_rises_above_what_the_county_has_anyway()
    {
        await using var server = await StartAsync();
        var (_, monitor, mn) = await server.MonitorAsync();
        var station = await server.StationAsync(server.Places.NextIn("141024"), ("kind", "county"));
        await server.SendAsync(AirCalls.Value(station.Code(), "PM10", server.Now.AddHours(-1), 150));
        await SendAsync(server, mn, 60, ago => $"a34002-Rtd={200 + ago % 3},a34002-Flag=N");
        await TickAsync(server);
        Assert.Empty(await RulesAsync(server, monitor));

        server.Clock!.Advance(TimeSpan.FromMinutes(60));
        await server.SendAsync(AirCalls.Value(station.Code(), "PM10", server.Now.AddHours(-1), 100));
        await SendAsync(server, mn, 60, ago => $"a34002-Rtd={200 + ago % 3},a34002-Flag=N");
        await TickAsync(server);
        Assert.Equal(["A28.Dust"], await RulesAsync(server, monitor), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_wrong_unit_a_flat_line_a_clock_ahead_and_a_calibration_accuse_nobody_and_stand_in_the_health_list()
    {
        await using var server = await StartAsync();
        var monitors = new Dictionary<string, (JsonElement Monitor, string Mn)>(StringComparer.Ordinal);
        foreach (var name in new[] { "unitImplausible", "flatLine", "clockOff", "flag-C", "ok" })
        {
            var (_, monitor, mn) = await server.MonitorAsync();
            monitors[name] = (monitor, mn);
        }

        await SendAsync(server, monitors["unitImplausible"].Mn, 60, Tsp(0.95));
        await SendAsync(server, monitors["flatLine"].Mn, 60, _ => "a34001-Rtd=1200,a34001-Flag=N");
        await SendAsync(server, monitors["clockOff"].Mn, 60, Tsp(1_200), TimeSpan.FromMinutes(75));
        await SendAsync(server, monitors["flag-C"].Mn, 60, Tsp(1_200, 'C'));
        await SendAsync(server, monitors["ok"].Mn, 60, Tsp(100));
        await TickAsync(server);

        Assert.Empty(await server.ListAsync("api/violations?rule=A28.Dust"));
        var health = (await server.GetAsync("api/monitors/health")).Json.EnumerateArray().ToDictionary(h => h.GetProperty("mn").GetString()!, h => h, StringComparer.Ordinal);
        foreach (var (name, (_, mn)) in monitors)
        {
            Assert.Equal(name == "ok" ? "ok" : "suspect", health[mn].GetProperty("state").GetString());
            Assert.True(name == "ok" || health[mn].GetProperty("reasons").EnumerateArray().Any(r => r.GetString() == name), $"{name}: {health[mn]}");
        }
    }

    [Fact]
    public async Task Too_few_valid_minutes_decide_nothing()
    {
        await using var server = await StartAsync();
        var (_, monitor, mn) = await server.MonitorAsync();
        await SendAsync(server, mn, 60, ago => Tsp(1_200, ago < 40 ? 'N' : 'M')(ago));
        await TickAsync(server);
        Assert.Empty(await RulesAsync(server, monitor));
        Assert.Equal(["valid-data"], await server.AskAllAsync($"select missing from airmap.undecidables where subject_id = '{monitor.GetProperty("id").GetString()}'"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Means_of_minutes_are_enough_where_a_device_sends_no_real_time_data()
    {
        await using var server = await StartAsync();
        var (_, monitor, mn) = await server.MonitorAsync();
        using var device = await FieldDevice.ConnectAsync(server.DevicePort);
        for (var ago = 60; ago >= 0; ago -= 10)
        {
            await device.SendAsync(DustCalls.Frame(DustCalls.Segment(mn, server.Now.AddMinutes(-ago), $"a34001-Avg={1000 + ago},a34001-Flag=N", command: 2051)));
            Assert.NotNull(await device.AnswerAsync());
        }

        await TickAsync(server);
        Assert.Equal(["A28.Dust"], await RulesAsync(server, monitor), StringComparer.Ordinal);
    }
}
