using System.Globalization;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Intake;

/// <summary>The two borders of what is taken in: of time and of the city.</summary>
public sealed class QuarantineAndMarginTests(MigratedCluster cluster)
{
    [Fact]
    public async Task A_detection_from_the_future_is_held_back_and_taken_when_its_time_has_come()
    {
        await using var server = await StartAsync();
        var place = server.FreshPlace();
        var early = new Sighting("early", server.Now.AddMinutes(5).AddSeconds(1), place);
        var head = await server.HeadAsync();

        Assert.Equal((0, 0, 0, 1, 0), (await server.ReportAsync(early)).Figures);
        Assert.Equal((0, 0, 0, 1, 0), (await server.ReportAsync(early)).Figures);
        Assert.Empty(await server.FiresNearAsync(place));
        Assert.Equal(head, await server.HeadAsync());
        Assert.Equal("time-in-the-future", await server.AskAsync<string>("select string_agg(reason, ',') from airmap.quarantined_detections where detection_id = 'early'"));

        server.Clock!.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((1, 0, 0, 0, 0), (await server.ReportAsync(early)).Figures);
        Assert.Equal((0, 1, 0, 0, 0), (await server.ReportAsync(early)).Figures);
        Assert.Single(await server.FiresNearAsync(place));
    }

    [Fact]
    public async Task What_is_taken_after_all_leaves_the_quarantine_and_nothing_else_does()
    {
        await using var server = await StartAsync();
        var at = server.Now.AddMinutes(6);
        var (sent, never) = (new Sighting("sent-again", at, server.FreshPlace()), new Sighting("never-again", at, server.FreshPlace()));
        var (otherFeed, played) = (sent with { Feed = "other" }, sent with { Simulated = true });
        Assert.Equal((0, 0, 0, 4, 0), (await server.ReportAsync(sent, never, otherFeed, played)).Figures);

        server.Clock!.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal((1, 0, 0, 0, 0), (await server.ReportAsync(sent)).Figures);

        Assert.Equal(
            ["direct/never-again", "direct/sent-again/simulated", "other/sent-again"],
            await server.AskAllAsync("select feed || '/' || detection_id || case when simulated then '/simulated' else '' end from airmap.quarantined_detections order by 1"));
    }

    [Fact]
    public async Task Field_clocks_may_be_five_minutes_fast()
    {
        await using var server = await StartAsync();

        var fire = await server.FireOfAsync(new("fast-clock", server.Now.AddMinutes(5), server.FreshPlace()));

        Assert.Equal("suspected", fire.Text("status"));
    }

    [Fact]
    public async Task A_FIRMS_row_of_the_year_2100_is_quarantined_and_its_neighbours_are_stored()
    {
        await using var server = await StartAsync();
        var place = server.FreshPlace();
        string Row(string day) => FormattableString.Invariant($"{place.Lat},{place.Lon},320,1.0,1.0,{day},0130,T,80,6.1NRT,290,9.9,D\n");

        var counts = (await server.PostAsync(
            Reading.Firms,
            "latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,confidence,version,bright_t31,frp,daynight\n"
            + Row("2100-01-01") + Row("2026-03-15") + Row("1970-01-01"),
            "text/csv")).Accepted();

        Assert.Equal((1, 0, 0, 1, 1), counts.Figures);
        Assert.Equal((4, true), (counts.Rejected[0].Line, counts.Rejected[0].Reason.StartsWith("time-implausible", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2_000, 1)]
    public async Task The_margin_decides_what_just_outside_the_border_is(int margin, int stored)
    {
        await using var server = await StartAsync("Intake:MarginMetres=" + margin.ToString(CultureInfo.InvariantCulture));
        var corner = (await server.AskAsync<string>(
            "select st_x(geom)::text || ' ' || st_y(geom) from airmap.counties, st_dumppoints(boundary) order by st_x(geom) limit 1"))
            .Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        var westmost = new LonLat(corner[0], corner[1]);
        var lowestCode = await server.AskAsync<string>(
            FormattableString.Invariant($"select min(code) from airmap.counties where st_covers(boundary, st_setsrid(st_point({westmost.Lon:R}, {westmost.Lat:R}), 4490))"));

        var counts = await server.ReportAsync(
            new("on-the-border", server.Now, westmost), new("near", server.Now, FreshPlaces.EastOf(westmost, -1_900)), new("far", server.Now, FreshPlaces.EastOf(westmost, -2_100)));

        Assert.Equal((1 + stored, 0, 2 - stored, 0, 0), counts.Figures);
        Assert.Equal(lowestCode, await server.AskAsync<string>("select string_agg(distinct county, ',') from airmap.detections"));
    }

    async Task<AirMapServer> StartAsync(params string[] settings) =>
        await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning), settings);
}
