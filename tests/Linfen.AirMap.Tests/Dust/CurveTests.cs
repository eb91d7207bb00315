using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Dust;
using Linfen.AirMap.Tests.Air;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Dust;

/// <summary>The curve of a monitor tells what the rule tells: the same mean, the same limit, the same minutes.</summary>
public sealed class CurveTests(MigratedCluster cluster)
{
    async Task<AirMapServer> StartAsync() => await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));

    static async Task SendAsync(AirMapServer server, string mn, int minutes, Func<int, string> factors)
    {
        using var device = await FieldDevice.ConnectAsync(server.DevicePort);
        for (var ago = minutes - 1; ago >= 0; ago--)
        {
            await device.SendAsync(DustCalls.Frame(DustCalls.Segment(mn, server.Now.AddMinutes(-ago), factors(ago))));
            Assert.NotNull(await device.AnswerAsync());
        }
    }

    static async Task<JsonElement> CurveAsync(AirMapServer server, string mn, string query = "") =>
        (await server.GetAsync($"api/monitors/{mn}/curve?to={Uri.EscapeDataString(server.Now.AddMinutes(1).ToString("O", CultureInfo.InvariantCulture))}{query}")).Json;

    static string Tsp(double value, char flag = 'N') => string.Create(CultureInfo.InvariantCulture, $"a34001-Rtd={value},a34001-Flag={flag}");

    [Fact]
    public async Task A_dusty_hour_has_its_mean_its_limit_and_the_minutes_above_it()
    {
        await using var server = await StartAsync();
        var (_, _, mn) = await server.MonitorAsync();
        await SendAsync(server, mn, 60, ago => Tsp(1_000 + ago % 3));
        await server.Services.GetRequiredService<DustClock>().TickAsync(CancellationToken.None);
        var told = Assert.Single(await server.ListAsync("api/violations?rule=A28.Dust&status=open")).Property("facts");

        var curve = await CurveAsync(server, mn);
        var points = curve.GetProperty("points").EnumerateArray().ToList();
        Assert.Equal(("TSP", "minute", 60), (curve.GetProperty("factor").GetString(), curve.GetProperty("step").GetString(), points.Count));
        Assert.Equal(told.GetProperty("averageMicrograms").GetDouble(), points[^1].GetProperty("mean").GetDouble(), 0.11);
        var limit = Assert.Single(curve.GetProperty("limits").EnumerateArray());
        Assert.Equal((800, 60, false), (limit.GetProperty("limit").GetDouble(), limit.GetProperty("minutes").GetInt32(), limit.GetProperty("aboveBackground").GetBoolean()));

        // 45 of 60 minutes have to be valid: the 45th is the first that can be above.
        var span = Assert.Single(curve.GetProperty("exceeding").EnumerateArray());
        Assert.Equal(server.Now.AddMinutes(-15), span.GetProperty("from").GetDateTimeOffset());
        Assert.Equal(server.Now.AddMinutes(1), span.GetProperty("to").GetDateTimeOffset());
    }

    [Fact]
    public async Task What_does_not_count_is_told_apart_with_its_reason_and_nothing_is_drawn_where_nothing_came()
    {
        await using var server = await StartAsync();
        var (_, _, mn) = await server.MonitorAsync();
        await SendAsync(server, mn, 40, ago => ago switch { >= 30 => Tsp(100 + ago), >= 20 => Tsp(1_500 + ago, 'C'), _ => Tsp(0.2) });
        var points = (await CurveAsync(server, mn)).GetProperty("points").EnumerateArray().ToList();
        Assert.Equal(40, points.Count);
        Assert.All(points[..10], p => Assert.True(p.GetProperty("value").GetDouble() > 100));
        Assert.All(points[10..20], p => Assert.Equal((JsonValueKind.Null, "flagged"), (p.GetProperty("value").ValueKind, p.GetProperty("why")[0].GetString())));
        Assert.All(points[20..], p => Assert.Equal("unitImplausible", p.GetProperty("why")[0].GetString()));
        Assert.Empty((await CurveAsync(server, mn, "&factor=PM10")).GetProperty("points").EnumerateArray());
    }

    [Fact]
    public async Task Values_that_stand_still_are_doubted_and_exceed_nothing()
    {
        await using var server = await StartAsync();
        var (_, _, mn) = await server.MonitorAsync();
        await SendAsync(server, mn, 60, _ => Tsp(1_200));
        var curve = await CurveAsync(server, mn);
        Assert.Empty(curve.GetProperty("exceeding").EnumerateArray());
        Assert.Equal("flatLine", curve.GetProperty("points").EnumerateArray().Last().GetProperty("why")[0].GetString());
    }

    [Fact]
    public async Task PM10_is_drawn_above_what_the_county_has_anyway_and_a_month_by_hours()
    {
        await using var server = await StartAsync();
        var (_, _, mn) = await server.MonitorAsync();
        var station = await server.StationAsync(server.Places.NextIn("141024"), ("kind", "county"));
        await server.SendAsync(AirCalls.Value(station.GetProperty("code").GetString()!, "PM10", server.Now.AddHours(-1), 100));
        await SendAsync(server, mn, 60, ago => $"a34002-Rtd={200 + ago % 3},a34002-Flag=N");
        var curve = await CurveAsync(server, mn, "&factor=PM10");
        Assert.Equal(100, Assert.Single(curve.GetProperty("background").EnumerateArray()).GetProperty("value").GetDouble());
        Assert.True(curve.GetProperty("limits")[0].GetProperty("aboveBackground").GetBoolean());
        Assert.Single(curve.GetProperty("exceeding").EnumerateArray());

        var month = await CurveAsync(server, mn, "&factor=PM10&from=" + Uri.EscapeDataString(server.Now.AddDays(-30).ToString("O", CultureInfo.InvariantCulture)));
        var hours = month.GetProperty("points").EnumerateArray().ToList();
        Assert.Equal(("hour", 2), (month.GetProperty("step").GetString(), hours.Count));
        Assert.Equal(201, hours[0].GetProperty("value").GetDouble(), 0.2);
        (await server.GetAsync($"api/monitors/{mn}/curve?from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z")).IsProblem(400, "query-invalid");
        (await server.GetAsync($"api/monitors/{mn}/curve?factor=SO2")).IsProblem(400, "query-invalid");
    }
}
