using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Fires;

/// <summary>What becomes known too late to act upon is drawn, and accuses nobody.</summary>
public sealed class FireHistoryTests(OwnServer own) : IClassFixture<OwnServer>
{
    readonly AirMapServer server = own.Server;

    [Fact]
    public async Task A_detection_of_exactly_24_hours_ago_is_acted_upon_and_an_older_one_is_history()
    {
        var (fresh, old) = (server.FreshPlace(), server.FreshPlace());

        var actual = await server.FireOfAsync(new("at-24-h", server.Now.AddHours(-24), fresh));
        var history = await server.FireOfAsync(new("past-24-h", server.Now.AddHours(-24).AddSeconds(-1), old));

        Assert.Equal("suspected", actual.Text("status"));
        Assert.NotNull(actual.Text("violation"));
        Assert.Equal("history", history.Text("status"));
        Assert.Null(history.Text("violation"));
        Assert.Empty(await server.ViolationsNearAsync(old));
    }

    [Fact]
    public async Task History_of_one_batch_is_told_in_one_event()
    {
        var (one, other) = (server.FreshPlace(), server.FreshPlace());
        var longAgo = server.Now.AddDays(-40);
        var head = await server.HeadAsync();

        await server.ReportAsync(
            new("h-1", longAgo, one), new("h-2", longAgo.AddHours(1), one), new("h-3", longAgo.AddDays(3), other));

        var told = Assert.Single(await server.EventsAsync(head));
        Assert.Equal("fires.imported", told.Type());
        var data = told.GetProperty("data");
        Assert.Equal(3, data.GetProperty("detections").GetInt32());
        Assert.Equal(2, data.GetProperty("fires").GetInt32());
        Assert.Equal(longAgo, data.GetProperty("from").GetDateTimeOffset());
        Assert.Equal(longAgo.AddDays(3), data.GetProperty("to").GetDateTimeOffset());
        Assert.Equal(3, data.GetProperty("counties").EnumerateObject().Sum(c => c.Value.GetInt32()));
        var box = data.GetProperty("bbox").EnumerateArray().Select(n => n.GetDouble()).ToArray();
        Assert.Equal([Math.Min(one.Lon, other.Lon), Math.Min(one.Lat, other.Lat), Math.Max(one.Lon, other.Lon), Math.Max(one.Lat, other.Lat)], box);
    }

    [Fact]
    public async Task A_fresh_detection_never_disappears_into_history_but_wakes_it()
    {
        var place = server.FreshPlace();
        var history = await server.FireOfAsync(new("beside-1", server.Now.AddHours(-25), place));

        var fresh = await server.FireOfAsync(new("beside-2", server.Now.AddHours(-23), place));

        Assert.Equal((history.Id(), "suspected"), (fresh.Id(), fresh.Text("status")));
        Assert.Equal("open", (await server.ViolationOfAsync(fresh)).Text("status"));
    }

    [Fact]
    public async Task History_takes_no_verdict()
    {
        var history = await server.FireOfAsync(new("closed-book", server.Now.AddDays(-2), server.FreshPlace()));

        (await server.VerdictAsync(history, "out")).IsProblem(409, "fire-closed");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    public async Task Of_the_FIRMS_types_only_vegetation_opens_a_fire(int type, int fires)
    {
        var place = server.FreshPlace();

        var counts = (await server.PostAsync(Reading.Firms, Archive(place, type), "text/csv")).Accepted();

        Assert.Equal(1, counts.Stored);
        Assert.Equal(fires, (await server.FiresNearAsync(place)).Count);
        Assert.Equal(fires, (await server.ViolationsNearAsync(place)).Count);
    }

    [Fact]
    public async Task A_type_2_source_does_not_feed_a_fire_that_burns_beside_it()
    {
        var place = server.FreshPlace();
        await server.FireOfAsync(new("by-the-furnace", server.Now, place));

        (await server.PostAsync(Reading.Firms, Archive(place, 2), "text/csv")).Accepted();

        Assert.Equal(1, Assert.Single(await server.FiresNearAsync(place)).Number("detections"));
    }

    [Fact]
    public async Task Low_confidence_opens_a_suspected_fire()
    {
        var place = server.FreshPlace();

        await server.PostAsync(Reading.Firms, Archive(place, 0, "l"), "text/csv");

        Assert.Equal("suspected", Assert.Single(await server.FiresNearAsync(place)).Text("status"));
    }

    string Archive(LonLat place, int type, string confidence = "n") => FormattableString.Invariant(
        $"""
        latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,instrument,confidence,version,bright_t31,frp,daynight,type
        {place.Lat},{place.Lon},327.78,0.32,0.55,{server.Now.UtcDateTime:yyyy-MM-dd},{server.Now.UtcDateTime:HHmm},N,VIIRS,{confidence},2,295.51,2.09,D,{type}
        """);
}
