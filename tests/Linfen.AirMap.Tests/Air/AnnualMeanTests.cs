using System.Text.Json;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Air;

/// <summary>A39.Pm25: the running annual mean of a county, by the limit and by the days it needs. Each test has a county of its own.</summary>
public sealed class AnnualMeanTests(OwnServer own) : IClassFixture<OwnServer>
{
    static readonly DateOnly Yesterday = new(2026, 3, 14);

    AirMapServer Server => own.Server;

    async Task<(JsonElement Station, Guid Area)> CountyAsync(string code, int days, double value)
    {
        var station = await Server.StationAsync(Server.Places.NextIn(code));
        Assert.Equal(days, (await Server.SendAsync(AirCalls.Days(station.Code(), Yesterday, days, value))).Stored);
        return (station, (await Server.AreaAsync(code))!.Value.GetProperty("id").GetGuid());
    }

    Task<List<string>> OpenAsync(Guid area) => Server.AskAllAsync($"select rule from airmap.violations where closed_at is null and subject_id = '{area}'");

    [Fact]
    public async Task A_mean_of_exactly_43_is_none_and_one_just_above_is_a_violation_until_a_correction_lowers_it()
    {
        var (station, area) = await CountyAsync("141024", 324, 43);
        Assert.Empty(await OpenAsync(area));

        await Server.SendAsync(AirCalls.Value(station.Code(), "PM2.5", Plan.Beijing.StartOf(Yesterday), 44, "day"));

        var violation = Assert.Single(await Server.ListAsync("api/violations?rule=A39.Pm25&county=141024"));
        Assert.Equal(("county", "洪洞县", "serious"), (violation.Property("subject").GetProperty("kind").GetString(), violation.Property("subject").GetProperty("name").GetString(), violation.Text("severity")));
        Assert.Equal(43.003, violation.Property("facts").EnumerateObject().Single(f => f.Name == "annualMeanMicrograms").Value.GetDouble());
        Assert.Equal(Plan.Beijing.After(Yesterday), violation.Time("openedAt"));

        Assert.Equal(1, (await Server.SendAsync(AirCalls.Value(station.Code(), "PM2.5", Plan.Beijing.StartOf(Yesterday), 43, "day"))).Corrected);
        Assert.Empty(await OpenAsync(area));
        Assert.Equal("closed", (await Server.OneAsync($"api/violations/{violation.Id()}")).Text("status"));
    }

    [Fact]
    public async Task With_323_valid_days_nothing_is_decided_and_the_324th_decides()
    {
        var (station, area) = await CountyAsync("141081", 323, 60);
        Assert.Empty(await OpenAsync(area));
        Assert.Equal("valid-days", await Server.MissingAsync(area));

        await Server.SendAsync(AirCalls.Value(station.Code(), "PM2.5", Plan.Beijing.StartOf(Yesterday.AddDays(-323)), 60, "day"));

        Assert.Equal(["A39.Pm25"], await OpenAsync(area));
        Assert.Null(await Server.MissingAsync(area));
    }

    [Fact]
    public async Task Twenty_valid_hours_make_a_day_and_nineteen_make_none()
    {
        var station = await Server.StationAsync(Server.Places.NextIn("141082"));
        var start = Plan.Beijing.StartOf(Yesterday);
        var hours = Enumerable.Range(0, 20).Select(i => AirCalls.Value(station.Code(), "PM2.5", start.AddHours(i), 30 + i)).ToList();
        hours[19]["valid"] = false;
        await Server.SendAsync(hours);
        Assert.Equal(0, (await Server.AreaAsync("141082"))!.Value.GetProperty("validDays").GetInt32());

        hours[19]["valid"] = true;
        Assert.Equal((0, 19, 1, 0), (await Server.SendAsync(hours)).Figures);
        var area = (await Server.AreaAsync("141082"))!.Value;
        Assert.Equal((1, 39.5), (area.GetProperty("validDays").GetInt32(), area.GetProperty("annualMean").GetDouble()));

        // What the station says of the whole day goes before the mean of its hours.
        await Server.SendAsync(AirCalls.Value(station.Code(), "PM2.5", start, 41, "day"));
        Assert.Equal(41, (await Server.AreaAsync("141082"))!.Value.GetProperty("annualMean").GetDouble());
    }

    [Fact]
    public async Task A_day_of_a_county_is_the_mean_of_its_stations_and_a_county_off_the_Fen_breaks_nothing()
    {
        var one = await Server.StationAsync(Server.Places.NextIn("141028"));
        var other = await Server.StationAsync(Server.Places.NextIn("141028"));
        await Server.SendAsync(AirCalls.Days(one.Code(), Yesterday, 330, 80).Concat(AirCalls.Days(other.Code(), Yesterday, 165, 40)));

        var area = (await Server.AreaAsync("141028"))!.Value;
        Assert.Equal((330, 70, 2), (area.GetProperty("validDays").GetInt32(), area.GetProperty("annualMean").GetDouble(), area.GetProperty("stations").GetInt32()));
        Assert.Empty(await OpenAsync(area.GetProperty("id").GetGuid()));
    }

    [Fact]
    public async Task Simulated_stations_have_a_mean_and_a_violation_of_their_own()
    {
        var (_, real) = await CountyAsync("141021", 324, 20);
        var simulated = await Server.StationAsync(Server.Places.NextIn("141021"), ("simulated", true));
        await Server.SendAsync(AirCalls.Days(simulated.Code(), Yesterday, 324, 90));

        Assert.Equal(20, (await Server.AreaAsync("141021"))!.Value.GetProperty("annualMean").GetDouble());
        var twin = (await Server.AreaAsync("141021", simulated: true))!.Value;
        Assert.Equal(90, twin.GetProperty("annualMean").GetDouble());
        Assert.Empty(await OpenAsync(real));
        Assert.True(Assert.Single(await Server.ListAsync("api/violations?rule=A39.Pm25&county=141021")).Property("simulated").GetBoolean());
    }

    [Fact]
    public async Task The_newest_hour_of_each_factor_is_the_mean_of_the_stations_that_have_it()
    {
        var one = await Server.StationAsync(Server.Places.NextIn("141030"));
        var other = await Server.StationAsync(Server.Places.NextIn("141030"));
        var nine = AirMapServer.Morning.AddHours(-1);
        await Server.SendAsync(
            AirCalls.Value(one.Code(), "PM10", nine, 50), AirCalls.Value(other.Code(), "PM10", nine, 70), AirCalls.Value(one.Code(), "O3", nine.AddHours(-1), 88),
            AirCalls.Value(other.Code(), "O3", nine.AddHours(-2), 10));

        var latest = (await Server.AreaAsync("141030"))!.Value.GetProperty("latest").EnumerateArray()
            .Select(l => (l.GetProperty("factor").GetString(), l.GetProperty("value").GetDouble(), l.GetProperty("stations").GetInt32()));
        Assert.Equal([("PM10", 60d, 2), ("O3", 88d, 1)], latest);
    }

    [Fact]
    public async Task The_development_zone_answers_for_the_stations_of_its_park()
    {
        var place = Server.Places.NextIn("141022");
        var park = await Server.AddAsync("parks", new { name = "临汾经济开发区", authority = "临汾经济开发区管理委员会", geometry = Square(place) });
        var station = await Server.StationAsync(place, ("parkId", park.Key()));
        await Server.SendAsync(AirCalls.Days(station.Code(), Yesterday, 324, 50));

        var zone = (await Server.AreaAsync(null, developmentZone: true))!.Value;
        Assert.Equal(50, zone.GetProperty("annualMean").GetDouble());
        var violation = Assert.Single(await Server.ListAsync("api/violations?rule=A39.Pm25&county=141022"));
        Assert.Equal(("临汾经济开发区", "临汾经济开发区管理委员会"), (violation.Property("subject").GetProperty("name").GetString(), violation.Text("responsible")));
    }

    static object Square(LonLat place) => new
    {
        type = "Polygon",
        coordinates = new[] { new[] { Corner(-1, -1), Corner(1, -1), Corner(1, 1), Corner(-1, 1), Corner(-1, -1) }.Select(c => new[] { place.Lon + c.X, place.Lat + c.Y }).ToArray() },
    };

    static (double X, double Y) Corner(int x, int y) => (x * 0.005, y * 0.005);
}

/// <summary>What only the clock changes.</summary>
public sealed class AnnualMeanClockTests(MigratedCluster cluster)
{
    static readonly DateOnly Today = new(2026, 3, 15);

    [Fact]
    public async Task A_county_with_a_station_and_no_data_waits_for_its_annual_mean()
    {
        await using var server = await StartAsync();
        await server.StationAsync(server.Places.NextIn("141002"));

        var area = await ComputedAsync(server, "141002", a => a.GetProperty("validDays").GetInt32() == 0);
        Assert.Equal("annual-mean", await server.MissingAsync(area.GetProperty("id").GetGuid()));
        Assert.Null(await server.AreaAsync("141023"));
    }

    [Fact]
    public async Task The_year_moves_on_at_midnight_and_takes_the_oldest_day_with_it()
    {
        await using var server = await StartAsync();
        var station = await server.StationAsync(server.Places.NextIn("141002"));
        // 365 days with today; the oldest alone lifts the mean above the limit.
        await server.SendAsync(AirCalls.Days(station.Code(), Today, 364, 43).Append(AirCalls.Value(station.Code(), "PM2.5", Plan.Beijing.StartOf(Today.AddDays(-364)), 500, "day")));
        var id = (await server.AreaAsync("141002"))!.Value.GetProperty("id").GetGuid();
        Assert.Equal(1, await server.AskAsync<long>($"select count(*) from airmap.violations where closed_at is null and subject_id = '{id}'"));

        server.Clock!.Advance(TimeSpan.FromHours(14));
        var area = await ComputedAsync(server, "141002", a => a.GetProperty("validDays").GetInt32() == 364);

        Assert.Equal(43, area.GetProperty("annualMean").GetDouble());
        Assert.Equal(0, await server.AskAsync<long>($"select count(*) from airmap.violations where closed_at is null and subject_id = '{id}'"));
    }

    [Fact]
    public async Task The_last_station_takes_the_entry_of_its_county_with_it()
    {
        await using var server = await StartAsync();
        var station = await server.StationAsync(server.Places.NextIn("141002"));
        await server.SendAsync(AirCalls.Days(station.Code(), Today, 340, 50));
        Assert.Single(await server.ListAsync("api/violations?rule=A39.Pm25&status=open"));

        Assert.Equal(204, (int)(await server.DeleteAsync($"api/stations/{station.Key()}", "\"1\"")).Status);

        await Until.TrueAsync(async () =>
        {
            server.Clock!.Advance(TimeSpan.FromSeconds(30));
            return await server.AreaAsync("141002") is null;
        }, "the entry is gone");
        Assert.Empty(await server.ListAsync("api/violations?rule=A39.Pm25&status=open"));
    }

    [Fact]
    public async Task A_full_redecision_changes_nothing_when_nothing_changed()
    {
        await using var server = await StartAsync();
        var station = await server.StationAsync(server.Places.NextIn("141002"));
        await server.SendAsync(AirCalls.Days(station.Code(), Today, 340, 50));
        await ComputedAsync(server, "141002", _ => true);
        var head = await server.HeadAsync();

        Assert.True(await server.RedecideAsync() >= 2);

        Assert.Equal(head, await server.HeadAsync());
    }

    async Task<AirMapServer> StartAsync() => await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));

    /// <summary>Lets the clock look until the means are as wanted.</summary>
    static async Task<JsonElement> ComputedAsync(AirMapServer server, string code, Func<JsonElement, bool> wanted)
    {
        JsonElement? area = null;
        await Until.TrueAsync(async () =>
        {
            server.Clock!.Advance(TimeSpan.FromSeconds(30));
            area = await server.AreaAsync(code);
            return area is { } there && wanted(there);
        }, "the means are computed");
        return area!.Value;
    }
}
