using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Fires;

public sealed class FireJoinTests(OwnServer own) : IClassFixture<OwnServer>
{
    readonly AirMapServer server = own.Server;

    [Fact]
    public async Task A_new_fire_knows_both_times_its_county_and_when_it_will_lapse()
    {
        var place = server.FreshPlace();
        var seen = server.Now.AddMinutes(-40);

        var fire = await server.FireOfAsync(new("two-times", seen, place) { FrpMegawatts = 3.5, RadiusMetres = 80 });

        Assert.Equal("suspected", fire.Text("status"));
        Assert.Equal(seen, fire.Time("firstSeenAt"));
        Assert.Equal(seen, fire.Time("lastSeenAt"));
        Assert.Equal(server.Now, fire.Time("knownAt"));
        Assert.Equal(seen.AddHours(12), fire.Time("lapsesAt"));
        Assert.Equal(server.Places.CountyOf(place), fire.Text("county"));
        Assert.Equal(3.5, fire.Property("frpMegawatts").GetDouble());
        Assert.Equal(80, fire.Property("radiusMetres").GetDouble());
        Assert.Equal(1, fire.Property("sources").GetProperty("video").GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, fire.Property("verdict").ValueKind);
        Assert.Equal(place.Lon, fire.GetProperty("geometry").GetProperty("coordinates")[0].GetDouble(), 6);
    }

    [Fact]
    public async Task A_detection_999_metres_away_joins_and_one_1001_metres_away_opens_its_own_fire()
    {
        var (place, other) = (server.FreshPlace(), server.FreshPlace());
        foreach (var (name, from, metres) in new[] { ("near", place, 999.0), ("far", other, 1001.0) })
        {
            await server.ReportAsync(
                new Sighting(name + "-1", server.Now, from) { RadiusMetres = 10 },
                new Sighting(name + "-2", server.Now, FreshPlaces.EastOf(from, metres)) { RadiusMetres = 10 });
        }

        Assert.Equal(2, Assert.Single(await server.FiresNearAsync(place)).Number("detections"));
        Assert.Equal(2, (await server.FiresNearAsync(other)).Count);
    }

    [Fact]
    public async Task Wide_radii_reach_further_but_never_beyond_two_kilometres()
    {
        var (reached, beyond) = (server.FreshPlace(), server.FreshPlace());
        foreach (var (name, from, metres) in new[] { ("wide", reached, 1_900.0), ("too-wide", beyond, 2_100.0) })
        {
            await server.ReportAsync(
                new Sighting(name + "-1", server.Now, from) { RadiusMetres = 1_500 },
                new Sighting(name + "-2", server.Now, FreshPlaces.EastOf(from, metres)) { RadiusMetres = 1_500 });
        }

        Assert.Single(await server.FiresNearAsync(reached));
        Assert.Equal(2, (await server.FiresNearAsync(beyond)).Count);
    }

    [Fact]
    public async Task A_detection_joins_up_to_six_hours_from_the_last_and_not_a_second_later()
    {
        var (joined, parted) = (server.FreshPlace(), server.FreshPlace());
        var first = server.Now.AddHours(-7);

        await server.ReportAsync(new Sighting("window-1", first, joined), new Sighting("window-2", first.AddHours(6), joined));
        await server.ReportAsync(new Sighting("window-3", first, parted), new Sighting("window-4", first.AddHours(6).AddSeconds(1), parted));

        Assert.Single(await server.FiresNearAsync(joined));
        Assert.Equal(2, (await server.FiresNearAsync(parted)).Count);
    }

    [Fact]
    public async Task A_detection_that_comes_late_moves_the_first_sighting_back_but_not_the_knowledge_of_it()
    {
        var place = server.FreshPlace();
        var fire = await server.FireOfAsync(new("late-1", server.Now, place));

        await server.PassAsync(TimeSpan.FromMinutes(3));
        var again = await server.FireOfAsync(new("late-2", server.Now.AddHours(-2), place) { SourceKind = "phone" });

        Assert.Equal(fire.Id(), again.Id());
        Assert.Equal(server.Now.AddHours(-2), again.Time("firstSeenAt"));
        Assert.Equal(fire.Time("lastSeenAt"), again.Time("lastSeenAt"));
        Assert.Equal(fire.Time("knownAt"), again.Time("knownAt"));
        Assert.Equal(1, again.Property("sources").GetProperty("phone").GetInt32());
    }

    [Fact]
    public async Task The_most_precise_detection_gives_the_fire_its_place()
    {
        var place = server.FreshPlace();
        var precise = FreshPlaces.EastOf(place, 400);

        await server.ReportAsync(new Sighting("coarse", server.Now, place) { RadiusMetres = 500 });
        await server.ReportAsync(new Sighting("precise", server.Now, precise) { RadiusMetres = 15 });
        await server.ReportAsync(new Sighting("coarse-again", server.Now, place) { RadiusMetres = 450 });

        var fire = Assert.Single(await server.FiresNearAsync(place));
        Assert.Equal(precise.Lon, fire.GetProperty("geometry").GetProperty("coordinates")[0].GetDouble(), 6);
        Assert.Equal(15, fire.Property("radiusMetres").GetDouble());
        Assert.Equal(3, fire.Number("detections"));
    }

    [Fact]
    public async Task Of_two_fires_in_reach_the_likelier_one_gets_a_vague_detection()
    {
        var west = server.FreshPlace();
        var east = FreshPlaces.EastOf(west, 1_500);
        await server.ReportAsync(new Sighting("west", server.Now, west), new Sighting("east", server.Now, east));

        var fire = await server.FireOfAsync(new("between", server.Now, FreshPlaces.EastOf(west, 800)) { RadiusMetres = 1_200 });

        Assert.Equal((await server.FireOfDetectionAsync("east")).Id(), fire.Id());
        Assert.NotEqual((await server.FireOfDetectionAsync("west")).Id(), fire.Id(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_detections_of_a_fire_can_be_read_as_evidence()
    {
        var place = server.FreshPlace();
        var fire = await server.FireOfAsync(new("evidence-1", server.Now.AddMinutes(-9), place) { Confidence = 0.8 });
        await server.ReportAsync(new Sighting("evidence-2", server.Now, place) { SourceKind = "drone", Feed = "patrol" });

        var detections = await server.ListAsync($"api/fires/{fire.Id()}/detections");

        Assert.Equal(["evidence-2", "evidence-1"], detections.Select(d => d.Text("detectionId")), StringComparer.Ordinal);
        Assert.Equal("patrol", detections[0].Text("feed"));
        Assert.Equal(0.8, detections[1].Property("confidence").GetDouble());
        Assert.Equal(server.Now.AddMinutes(-9), detections[1].Time("occurredAt"));
        Assert.Equal(detections[1].Id(), (await server.ViolationOfAsync(fire)).Property("evidence")[0].GetString());
    }

    [Fact]
    public async Task A_fire_that_does_not_exist_is_not_found()
    {
        (await server.GetAsync($"api/fires/{Guid.NewGuid()}")).IsProblem(404, "not-found");
        (await server.GetAsync("api/fires/17")).IsProblem(404, "not-found");
        (await server.PostAsync($"api/fires/{Guid.NewGuid()}/verdict", """{"verdict":"out"}""")).IsProblem(404, "not-found");
    }
}
