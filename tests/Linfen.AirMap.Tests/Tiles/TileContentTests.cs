using System.Globalization;
using System.Net;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.Support;
using NetTopologySuite.Features;
using NetTopologySuite.Geometries;
using Xunit;

namespace Linfen.AirMap.Tests.Tiles;

public sealed class TileContentTests(OwnServer own) : IClassFixture<OwnServer>
{
    const string Everything = "counties,fires,violations";

    static readonly string[] FireFields = ["count", "county", "detections", "first_seen", "id", "last_seen", "radius_m", "simulated", "status"];
    static readonly string[] ViolationFields = ["article", "count", "county", "critical", "due_at", "id", "kind", "opened_at", "ordinary", "rule", "serious", "severity", "simulated"];

    AirMapServer Server => own.Server;

    [Fact]
    public async Task A_reported_fire_and_its_violation_are_drawn_where_they_are_with_all_that_the_contract_names()
    {
        var place = Server.FreshPlace();
        var fire = await Server.FireOfAsync(new("drawn", Server.Now.AddMinutes(-5), place) { RadiusMetres = 120 });
        var violation = await Server.ViolationOfAsync(fire);

        var tile = await DrawnTile.GetAsync(Server, Everything, 14, place);

        Assert.Equal(["counties", "fires", "violations"], tile.LayerNames);
        var drawn = tile.Find("fires", fire.Id())!;
        Assert.Equal(FireFields, drawn.Names());
        Assert.Equal("suspected", drawn.Attributes["status"]);
        Assert.Equal(fire.Text("county"), drawn.Attributes["county"]);
        Assert.Equal(fire.Time("firstSeenAt").ToUnixTimeSeconds(), Whole(drawn, "first_seen"));
        Assert.Equal(fire.Time("lastSeenAt").ToUnixTimeSeconds(), Whole(drawn, "last_seen"));
        Assert.Equal((1, 1, 120), (Whole(drawn, "detections"), Whole(drawn, "count"), Whole(drawn, "radius_m")));
        Assert.Equal(false, drawn.Attributes["simulated"]);
        // Half a unit of the tile's grid at zoom 14 is 0.3 m.
        Assert.InRange(Geodesic.DistanceMetres(place, At(drawn.Geometry.Coordinate)), 0, 1);

        var broken = tile.Find("violations", violation.Id())!;
        Assert.Equal(ViolationFields, broken.Names());
        Assert.Equal(("A36.OpenBurning", 36), (broken.Attributes["rule"], Whole(broken, "article")));
        Assert.Equal((violation.Text("severity"), violation.Text("county")), (broken.Attributes["severity"], broken.Attributes["county"]));
        Assert.Equal(violation.Time("openedAt").ToUnixTimeSeconds(), Whole(broken, "opened_at"));
        Assert.Equal(violation.Time("dueAt").ToUnixTimeSeconds(), Whole(broken, "due_at"));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(12)]
    public async Task Counties_carry_code_and_name_and_cover_the_places_that_lie_in_them(int zoom)
    {
        var place = Server.FreshPlace();
        var tile = await DrawnTile.GetAsync(Server, "counties", zoom, place);

        Assert.All(tile.Features("counties"), c => Assert.Equal(["code", "name"], c.Names()));
        var around = Assert.Single(tile.Features("counties"), c => c.Geometry.Covers(new Point(place.Lon, place.Lat)));
        Assert.Equal(Server.Places.CountyOf(place), around.Attributes["code"]);
        Assert.Equal(zoom == 5 ? 17 : tile.Features("counties").Count(), tile.Features("counties").Select(c => c.Attributes["code"]).Distinct().Count());
    }

    [Fact]
    public async Task A_verdict_changes_what_is_drawn_and_a_closed_violation_disappears()
    {
        var place = Server.FreshPlace();
        var fire = await Server.FireOfAsync(new("put-out", Server.Now.AddMinutes(-5), place));
        await Server.VerdictAsync(fire, "confirmed");
        Assert.Equal("confirmed", await UntilDrawnAsync(place, fire.Id(), "confirmed"));
        Assert.NotNull((await DrawnTile.GetAsync(Server, Everything, 12, place)).Find("violations", fire.Text("violation")!));

        await Server.VerdictAsync(fire, "out");
        Assert.Equal("out", await UntilDrawnAsync(place, fire.Id(), "out"));
        Assert.Null((await DrawnTile.GetAsync(Server, Everything, 12, place)).Find("violations", fire.Text("violation")!));
    }

    [Fact]
    public async Task What_is_simulated_is_marked_in_the_tile_and_gone_once_it_was_cleared()
    {
        var place = Server.FreshPlace();
        var fire = await Server.FireOfAsync(new("played", Server.Now.AddMinutes(-5), place) { Simulated = true });
        var tile = await DrawnTile.GetAsync(Server, Everything, 12, place);
        Assert.Equal(true, tile.Find("fires", fire.Id())!.Attributes["simulated"]);
        Assert.Equal(true, tile.Find("violations", fire.Text("violation")!)!.Attributes["simulated"]);

        await Server.DeleteAsync("api/simulated");
        await Until.TrueAsync(async () => (await DrawnTile.GetAsync(Server, Everything, 12, place)).ETag != tile.ETag, "the tag changes");
        tile = await DrawnTile.GetAsync(Server, Everything, 12, place);
        Assert.Null(tile.Find("fires", fire.Id()));
        Assert.Null(tile.Find("violations", fire.Text("violation")!));
    }

    async Task<object?> UntilDrawnAsync(LonLat place, string id, string status)
    {
        object? drawn = null;
        await Until.TrueAsync(
            async () => (drawn = (await DrawnTile.GetAsync(Server, Everything, 12, place)).Find("fires", id)?.Attributes["status"]) as string == status, $"{id} is drawn as {status}");
        return drawn;
    }

    static long Whole(IFeature feature, string name) => Convert.ToInt64(feature.Attributes[name], CultureInfo.InvariantCulture);

    static LonLat At(Coordinate corner) => new(corner.X, corner.Y);
}
