using System.Globalization;
using System.Net;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Tests.Support;
using NetTopologySuite.Features;
using Xunit;

namespace Linfen.AirMap.Tests.Tiles;

/// <summary>A filter narrows what is drawn, single or summed up; without one nothing is different.</summary>
public sealed class FilteredTileTests(OwnServer own) : IClassFixture<OwnServer>
{
    const string County = "141027";
    const string Elsewhere = "141034";
    const string Burning = "burning fires";
    const string OpenedToday = "opened today";

    AirMapServer Server => own.Server;

    [Theory]
    [InlineData(7)]
    [InlineData(10)]
    public async Task A_filter_by_article_severity_county_and_fire_draws_what_the_list_names(int zoom)
    {
        var (here, there) = (Server.Places.NextIn(County), Server.Places.NextIn(Elsewhere));
        foreach (var place in new[] { here, there })
        {
            await Server.ReportAsync(new Sighting($"burns-{place.Lon}-{zoom}", Server.Now.AddMinutes(-5), place));
            await Server.AddAsync("heating/boilers", new { name = $"茶浴炉{place.Lon}", lon = place.Lon + 0.001, lat = place.Lat, kind = "teaBoiler", fuel = "coal", status = "operating" });
        }

        foreach (var (filter, query) in new[]
        {
            ("a36", "article=36"), ("a17", "article=17"), ("critical", "severity=critical"), ("ordinary", "severity=ordinary"), ("a36,critical", "article=36&severity=critical"),
            ($"county:{County}", $"county={County}"), ($"a17,county:{Elsewhere}", $"article=17&county={Elsewhere}"), ("burning", Burning), ("opened", OpenedToday), ("", ""),
        })
        {
            foreach (var place in new[] { here, there })
            {
                var expected = await ListedAsync(zoom, place, query);
                await Until.TrueAsync(async () => await DrawnAsync(zoom, place, filter) == expected, $"{filter} at zoom {zoom} draws {expected}, not {await DrawnAsync(zoom, place, filter)}");
            }
        }

        Assert.Equal(0, await DrawnAsync(zoom, there, "a36,a17,county:141081"));
    }

    [Fact]
    public async Task What_becomes_overdue_by_the_clock_alone_is_drawn_as_such_and_has_another_tag()
    {
        var place = Server.Places.NextIn(County);
        await Server.ReportAsync(new Sighting("falls-due", Server.Now.AddMinutes(-5), place));
        Assert.NotEmpty(await Server.ListAsync($"api/violations?county={County}&article=36"));
        Assert.Empty(await Server.ListAsync($"api/violations?county={County}&article=36&overdue=true"));
        var before = await DrawnTile.GetAsync(Server, "violations", 10, place, filter: "a36,overdue");

        Server.Clock!.Advance(TimeSpan.FromHours(30));

        var late = await ListedAsync(10, place, "article=36&overdue=true");
        var after = await DrawnTile.GetAsync(Server, "violations", 10, place, filter: "a36,overdue");
        Assert.NotEqual(before.ETag, after.ETag, StringComparer.Ordinal);
        Assert.True(late > 0);
        Assert.Equal(late, Sum(after));
    }

    [Fact]
    public async Task Each_filter_has_its_own_tag_and_the_same_filter_in_another_order_the_same_one()
    {
        var place = Server.FreshPlace();
        await Server.ReportAsync(new Sighting("tags", Server.Now.AddMinutes(-5), place));
        async Task<string?> TagAsync(string? filter, string layers = "violations") => (await DrawnTile.GetAsync(Server, layers, 9, place, filter: filter)).ETag;

        var tags = new[] { await TagAsync(null), await TagAsync("a36"), await TagAsync("critical"), await TagAsync("overdue"), await TagAsync("county:141027") };

        Assert.Equal(tags.Length, tags.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(await TagAsync("a17,a36,critical"), await TagAsync("critical,a36,a17,a36"));
        Assert.Equal(await TagAsync(null), await TagAsync(""));
        Assert.Equal(await TagAsync(null, "fires"), await TagAsync("a36", "fires"));
        Assert.Equal(await TagAsync(null, "counties"), await TagAsync("a36,county:141027", "counties"));
        Assert.Equal(HttpStatusCode.NotModified, (await DrawnTile.GetAsync(Server, "violations", 9, place, await TagAsync("a36"), "a36")).Status);
    }

    [Fact]
    public async Task A_filter_shows_nobody_more_than_his_scope()
    {
        var foreign = Server.Places.NextIn(Elsewhere);
        await Server.ReportAsync(new Sighting("foreign", Server.Now.AddMinutes(-5), foreign));
        using var officer = await Visitor.AsAsync(Server, Role.CountyOfficer, County);

        foreach (var filter in new[] { $"county:{Elsewhere}", $"county:{County},county:{Elsewhere}", "a36", "burning" })
        {
            Assert.Equal(0, Sum(await DrawnTile.GetAsync(officer.Client, "fires,violations", 10, foreign, filter: filter)));
        }
    }

    [Fact]
    public async Task The_trend_and_the_counts_of_registers_are_those_of_the_county_and_of_the_scope()
    {
        var place = Server.Places.NextIn("141025");
        await Server.AddAsync("heating/boilers", new { name = "茶浴炉趋势", lon = place.Lon, lat = place.Lat, kind = "teaBoiler", fuel = "coal", status = "operating" });
        using var officer = await Visitor.AsAsync(Server, Role.CountyOfficer, County);

        var listed = (await Server.ListAsync("api/violations?county=141025&limit=1000")).Count;
        Assert.Equal(listed, OpenedIn(await Server.OneAsync("api/violations/trend?days=30&county=141025")));
        Assert.True(OpenedIn(await Server.OneAsync("api/violations/trend?days=30")) >= listed);
        Assert.Equal(1, BoilersIn(await Server.OneAsync("api/registers/counts?county=141025")));
        Assert.Equal(0, OpenedIn((await officer.GetAsync("api/violations/trend?days=30&county=141025")).Json));
        Assert.Equal(0, BoilersIn((await officer.GetAsync("api/registers/counts?county=141025")).Json));
        (await Server.GetAsync("api/violations/trend?county=1410")).IsProblem(400, "query-invalid");
        (await Server.GetAsync("api/registers/counts?county=x")).IsProblem(400, "query-invalid");
        (await Server.GetAsync("api/violations?overdue=true&at=2026-01-01T00:00:00Z")).IsProblem(400, "query-invalid");
    }

    static int OpenedIn(System.Text.Json.JsonElement trend) => trend.GetProperty("rules").EnumerateObject().Sum(r => r.Value.GetProperty("opened").EnumerateArray().Sum(n => n.GetInt32()));

    static int BoilersIn(System.Text.Json.JsonElement counts) => counts.GetProperty("counts").EnumerateArray().Single(c => c.GetProperty("kind").GetString() == "boiler").GetProperty("entries").GetInt32();

    async Task<int> DrawnAsync(int zoom, LonLat place, string filter) => Sum(await DrawnTile.GetAsync(Server, "violations", zoom, place, filter: filter));

    static int Sum(DrawnTile tile) => tile.LayerNames.Sum(layer => tile.OwnPoints(layer).Sum(Count));

    static int Count(IFeature feature) => Convert.ToInt32(feature.Attributes["count"], CultureInfo.InvariantCulture);

    /// <summary>How many open ones of the list lie in the tile.</summary>
    async Task<int> ListedAsync(int zoom, LonLat place, string query)
    {
        var tile = DrawnTile.At(zoom, place);
        var open = await Server.ListAsync(query == Burning ? "api/fires?status=burning&limit=1000" : $"api/violations?status=open&limit=1000&{(query == OpenedToday ? "" : query)}");
        return open.Where(v => query != OpenedToday || Beijing.DayOf(v.Time("knownAt")) == Beijing.DayOf(Server.Now)).Count(v => v.GetProperty("geometry") is { ValueKind: System.Text.Json.JsonValueKind.Object } geometry
            && DrawnTile.At(zoom, new(geometry.GetProperty("coordinates")[0].GetDouble(), geometry.GetProperty("coordinates")[1].GetDouble())) is var at && at.X == tile.X && at.Y == tile.Y);
    }
}
