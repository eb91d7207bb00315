using System.Globalization;
using Linfen.AirMap.Tests.Support;
using NetTopologySuite.Features;
using Xunit;

namespace Linfen.AirMap.Tests.Tiles;

/// <summary>Far out violations of subjects are counted by severity, and none gets lost; what burns is always drawn by itself.</summary>
public sealed class ViolationTileTests(OwnServer own) : IClassFixture<OwnServer>
{
    const int Boilers = 12;

    AirMapServer Server => own.Server;

    [Fact]
    public async Task Below_zoom_9_violations_are_summed_up_by_severity_and_from_9_on_each_is_drawn()
    {
        var place = Server.FreshPlace();
        var fire = await Server.FireOfAsync(new("burning", Server.Now.AddMinutes(-5), place));
        for (var i = 0; i < Boilers; i++)
        {
            await Server.AddAsync("heating/boilers", new
            {
                name = $"茶浴炉{i}", lon = place.Lon + (i * 0.0001), lat = place.Lat, kind = "teaBoiler", fuel = "coal", status = "operating",
            });
        }

        var open = (await Server.ListAsync("api/violations?status=open&limit=1000")).Count - 1;
        Assert.True(open >= Boilers);
        foreach (var zoom in new[] { 6, 8, 9, 10 })
        {
            await Until.TrueAsync(async () => (await DrawnAsync(zoom)).Sum(f => Whole(f, "count")) == open, $"all violations are drawn at zoom {zoom}");
            var drawn = await DrawnAsync(zoom);
            Assert.Equal(zoom >= 9, drawn.All(f => f.Attributes.Exists("id")));
            Assert.All(drawn, f => Assert.Equal(Whole(f, "count"), Whole(f, "critical") + Whole(f, "serious") + Whole(f, "ordinary")));
            Assert.True(zoom < 9 ? drawn.Count <= 2 : drawn.Count == open, $"{drawn.Count} signs at zoom {zoom}");
            Assert.NotNull((await DrawnTile.GetAsync(Server, "violations", zoom, place)).Find("violations", fire.Text("violation")!));
        }

        async Task<List<IFeature>> DrawnAsync(int zoom) =>
            [.. (await DrawnTile.GetAsync(Server, "violations", zoom, place)).OwnPoints("violations").Where(f => !f.Attributes.Exists("kind") || f.Attributes["kind"] is not "fire")];
    }

    static int Whole(IFeature feature, string name) => Convert.ToInt32(feature.Attributes[name], CultureInfo.InvariantCulture);
}
