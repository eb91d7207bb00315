using System.Net;
using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Fires;
using Linfen.AirMap.Fires.Fusion;
using Linfen.AirMap.Tests.Support;
using Xunit;
using Sighting = Linfen.AirMap.Tests.Support.Sighting;

namespace Linfen.AirMap.Tests.Fires;

/// <summary>One fire, one incident: what comes in one by one is kept as if all had come at once.</summary>
public sealed class FusionTests(OwnServer own, MigratedCluster cluster) : IClassFixture<OwnServer>
{
    /// <summary>So far around a place its fire may be seen: about 4 km, all of it in the city.</summary>
    const double ReachDegrees = 0.04;

    readonly AirMapServer server = own.Server;

    [Fact]
    public async Task Two_overpasses_a_camera_and_two_calls_are_one_fire_with_one_violation()
    {
        var place = server.Places.NextWellInside(ReachDegrees);
        await server.ReportAsync(new Sighting("overpass-1", server.Now.AddMinutes(-50), place) { SourceKind = "satellite", RadiusMetres = 270 });
        await server.ReportAsync(new Sighting("camera", server.Now.AddMinutes(-40), FreshPlaces.EastOf(place, 300)) { RadiusMetres = 400 });
        await server.ReportAsync(new Sighting("call-1", server.Now.AddMinutes(-30), FreshPlaces.EastOf(place, 500)) { SourceKind = "phone" });
        await server.ReportAsync(new Sighting("call-2", server.Now.AddMinutes(-10), FreshPlaces.EastOf(place, 100)) { SourceKind = "phone", RadiusMetres = 1_500 });
        await server.ReportAsync(new Sighting("overpass-2", server.Now, place) { SourceKind = "satellite", RadiusMetres = 1_200 });

        Assert.Equal(5, Assert.Single(await server.FiresNearAsync(place)).Number("detections"));
        Assert.Single(await server.ViolationsNearAsync(place));
    }

    [Fact]
    public async Task Two_fires_three_kilometres_apart_stay_two()
    {
        var place = server.Places.NextWellInside(ReachDegrees);
        await server.ReportAsync(new Sighting("one", server.Now, place) { RadiusMetres = 1_500 }, new Sighting("other", server.Now, FreshPlaces.EastOf(place, 3_000)) { RadiusMetres = 1_500 });

        Assert.NotEqual((await server.FireOfDetectionAsync("one")).Id(), (await server.FireOfDetectionAsync("other")).Id(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_is_seen_between_two_fires_makes_them_one_and_the_later_alarm_ends()
    {
        var place = server.Places.NextWellInside(ReachDegrees);
        var west = await server.FireOfAsync(new("bridge-west", server.Now, place));
        await server.PassAsync(TimeSpan.FromMinutes(1));
        var east = await server.FireOfAsync(new("bridge-east", server.Now, FreshPlaces.EastOf(place, 1_600)));
        var head = await server.HeadAsync();

        await server.ReportAsync(new Sighting("bridge", server.Now, FreshPlaces.EastOf(place, 800)));

        var fire = Assert.Single(await server.FiresNearAsync(place));
        Assert.Equal((west.Id(), 3), (fire.Id(), fire.Number("detections")));
        var lost = await server.OneAsync($"api/fires/{east.Id()}");
        Assert.Equal(("merged", west.Id()), (lost.Text("status"), lost.Text("mergedInto")));
        Assert.Equal(west.Id(), (await server.FireOfDetectionAsync("bridge-east")).Id());
        var violations = (await server.ViolationsNearAsync(place)).OrderBy(v => v.Text("status"), StringComparer.Ordinal).Select(v => (v.Text("status"), v.Property("subject").GetProperty("id").GetString()!)).ToList();
        Assert.Equal([("closed", east.Id()), ("open", west.Id())], violations);
        Assert.Equal("merged", (await server.ListAsync($"api/violations?subject={east.Id()}"))[0].Text("closedReason"));
        Assert.Equal(["fire.updated", "fire.merged", "violation.closed", "alarm.ended"], (await server.EventsAsync(head)).Select(e => e.Type()), StringComparer.Ordinal);
        (await server.PostAsync($"api/fires/{east.Id()}/verdict", """{"verdict":"out"}""")).IsProblem(409, "fire-closed");
    }

    [Fact]
    public async Task A_late_file_of_this_morning_lands_in_the_fire_of_this_morning_and_raises_no_alarm()
    {
        var place = server.Places.NextWellInside(ReachDegrees);
        var fire = await server.FireOfAsync(new("morning", server.Now.AddHours(-5), place));
        var head = await server.HeadAsync();

        await server.ReportAsync(new Sighting("late-pass", server.Now.AddHours(-4), place) { SourceKind = "satellite", RadiusMetres = 500 });

        Assert.Equal(fire.Id(), (await server.FireOfDetectionAsync("late-pass")).Id());
        Assert.Equal(["fire.updated"], (await server.EventsAsync(head)).Select(e => e.Type()), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_fire_that_was_split_by_hand_stays_split()
    {
        var place = server.Places.NextWellInside(ReachDegrees);
        await server.ReportAsync(new Sighting("split-west", server.Now, place));
        await server.ReportAsync(new Sighting("split-east", server.Now, FreshPlaces.EastOf(place, 900)));
        var fire = Assert.Single(await server.FiresNearAsync(place));
        var east = (await server.ListAsync($"api/fires/{fire.Id()}/detections")).Find(d => d.Text("detectionId") == "split-east").Id();

        var parted = (await server.PostAsync($"api/fires/{fire.Id()}/split", $$"""{"detections":["{{east}}"],"reason":"两块地"}""")).Json;

        Assert.NotEqual(fire.Id(), parted.Id(), StringComparer.Ordinal);
        Assert.Equal("open", (await server.ViolationOfAsync(parted)).Text("status"));
        await server.ReportAsync(new Sighting("split-between", server.Now, FreshPlaces.EastOf(place, 460)));
        await server.ReportAsync(new Sighting("split-west-again", server.Now, FreshPlaces.EastOf(place, -300)));
        Assert.Equal(2, (await server.FiresNearAsync(place)).Count);
        Assert.Equal(parted.Id(), (await server.FireOfDetectionAsync("split-between")).Id());
        Assert.Equal(fire.Id(), (await server.FireOfDetectionAsync("split-west-again")).Id());
    }

    [Fact]
    public async Task A_fire_that_was_split_by_mistake_is_one_again_when_it_is_merged_and_stays_so()
    {
        var place = server.Places.NextWellInside(ReachDegrees);
        await server.ReportAsync(new Sighting("whole-west", server.Now, place));
        await server.ReportAsync(new Sighting("whole-middle", server.Now, FreshPlaces.EastOf(place, 450)));
        await server.ReportAsync(new Sighting("whole-east", server.Now, FreshPlaces.EastOf(place, 900)));
        var fire = Assert.Single(await server.FiresNearAsync(place));
        var west = (await server.ListAsync($"api/fires/{fire.Id()}/detections")).Find(d => d.Text("detectionId") == "whole-west").Id();
        var parted = (await server.PostAsync($"api/fires/{fire.Id()}/split", $$"""{"detections":["{{west}}"]}""")).Json;
        Assert.Equal(2, (await server.FiresNearAsync(place)).Count);
        server.Clock?.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync($"api/fires/{fire.Id()}/merge", $$"""{"with":"{{parted.Id()}}","reason":"误拆"}""")).Status);
        await server.ReportAsync(new Sighting("whole-again", server.Now, FreshPlaces.EastOf(place, -300)));

        var whole = Assert.Single(await server.FiresNearAsync(place));
        foreach (var detection in new[] { "whole-west", "whole-middle", "whole-east", "whole-again" })
        {
            Assert.Equal(whole.Id(), (await server.FireOfDetectionAsync(detection)).Id());
        }
    }

    [Fact]
    public async Task A_second_kind_of_eyes_confirms_a_fire_and_a_split_takes_that_back()
    {
        var place = server.Places.NextWellInside(ReachDegrees);
        await server.ReportAsync(new Sighting("eyes-one", server.Now.AddMinutes(-5), place));
        await server.ReportAsync(new Sighting("eyes-same", server.Now.AddMinutes(-4), place));
        Assert.Equal("suspected", (await server.FireOfDetectionAsync("eyes-one")).Text("status"));

        await server.ReportAsync(new Sighting("eyes-other", server.Now, FreshPlaces.EastOf(place, 200)) { SourceKind = "phone" });

        var fire = await server.FireOfDetectionAsync("eyes-one");
        Assert.Equal(("confirmed", "sources", JsonValueKind.Null), (fire.Text("status"), fire.Text("confirmedBy"), fire.Property("verdict").ValueKind));
        var phone = (await server.ListAsync($"api/fires/{fire.Id()}/detections")).Find(d => d.Text("detectionId") == "eyes-other").Id();
        await server.PostAsync($"api/fires/{fire.Id()}/split", $$"""{"detections":["{{phone}}"]}""");
        fire = await server.OneAsync($"api/fires/{fire.Id()}");
        Assert.Equal(("suspected", null), (fire.Text("status"), fire.Text("confirmedBy")));

        await server.PostAsync($"api/fires/{fire.Id()}/verdict", """{"verdict":"confirmed"}""");
        Assert.Equal("verdict", (await server.OneAsync($"api/fires/{fire.Id()}")).Text("confirmedBy"));
    }

    [Fact]
    public async Task The_course_of_a_fire_tells_its_power_and_extent_each_time_and_each_detection_how_likely_it_belongs()
    {
        var place = server.Places.NextWellInside(ReachDegrees);
        await server.ReportAsync(
            new Sighting("course-1", server.Now.AddMinutes(-60), place) { SourceKind = "satellite", FrpMegawatts = 4 },
            new Sighting("course-2", server.Now.AddMinutes(-60), FreshPlaces.EastOf(place, 400)) { SourceKind = "satellite", FrpMegawatts = 6.5 },
            new Sighting("course-3", server.Now, FreshPlaces.EastOf(place, 900)));

        var fire = await server.FireOfDetectionAsync("course-1");
        var course = await server.GetAsync($"api/fires/{fire.Id()}/course");

        var steps = course.Json.GetProperty("steps").EnumerateArray().ToList();
        Assert.Equal([2, 1], steps.Select(s => s.GetProperty("detections").GetInt32()));
        Assert.Equal(10.5, steps[0].GetProperty("frpMegawatts").GetDouble());
        Assert.Equal(JsonValueKind.Null, steps[1].GetProperty("frpMegawatts").ValueKind);
        Assert.Equal([400, 900], steps.Select(s => s.GetProperty("extentMetres").GetDouble()), (a, b) => Math.Abs(a - b) < 3);
        var likelihoods = (await server.ListAsync($"api/fires/{fire.Id()}/detections")).ToDictionary(d => d.Text("detectionId")!, d => d.Property("likelihood").GetDouble(), StringComparer.Ordinal);
        Assert.All(likelihoods.Values, l => Assert.InRange(l, 0.05, 0.95));
        Assert.True(likelihoods["course-1"] > likelihoods["course-3"]);
        (await server.GetAsync($"api/fires/{Guid.NewGuid()}/course")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task Two_fires_are_merged_by_hand_and_stay_one()
    {
        var place = server.Places.NextWellInside(ReachDegrees);
        var one = await server.FireOfAsync(new("hand-west", server.Now, place));
        await server.PassAsync(TimeSpan.FromMinutes(1));
        var other = await server.FireOfAsync(new("hand-east", server.Now, FreshPlaces.EastOf(place, 1_900)));

        var kept = (await server.PostAsync($"api/fires/{other.Id()}/merge", $$"""{"with":"{{one.Id()}}"}""")).Json;

        Assert.Equal((one.Id(), 2), (kept.Id(), kept.Number("detections")));
        await server.ReportAsync(new Sighting("hand-east-again", server.Now, FreshPlaces.EastOf(place, 2_000)));
        Assert.Equal(one.Id(), (await server.FireOfDetectionAsync("hand-east-again")).Id());
        Assert.Equal("merged", (await server.OneAsync($"api/fires/{other.Id()}")).Text("status"));
    }

    [Fact]
    public async Task What_cannot_be_split_or_merged_is_refused_with_the_reason()
    {
        var place = server.Places.NextWellInside(ReachDegrees);
        var fire = await server.FireOfAsync(new("refused", server.Now, place));
        var detection = (await server.ListAsync($"api/fires/{fire.Id()}/detections"))[0].Id();

        (await server.PostAsync($"api/fires/{fire.Id()}/split", "{}")).IsProblem(400, "detections-missing");
        (await server.PostAsync($"api/fires/{fire.Id()}/split", $$"""{"detections":["{{detection}}"]}""")).IsProblem(400, "nothing-left");
        (await server.PostAsync($"api/fires/{fire.Id()}/split", $$"""{"detections":["{{Guid.NewGuid()}}"]}""")).IsProblem(409, "detections-elsewhere");
        (await server.PostAsync($"api/fires/{Guid.NewGuid()}/split", $$"""{"detections":["{{detection}}"]}""")).IsProblem(404, "not-found");
        (await server.PostAsync($"api/fires/{fire.Id()}/merge", "{}")).IsProblem(400, "with-missing");
        (await server.PostAsync($"api/fires/{fire.Id()}/merge", $$"""{"with":"{{fire.Id()}}"}""")).IsProblem(400, "same-fire");
        (await server.PostAsync($"api/fires/{fire.Id()}/merge", $$"""{"with":"{{Guid.NewGuid()}}"}""")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task A_fire_with_a_verdict_takes_in_nothing_that_was_seen_after_it()
    {
        var place = server.Places.NextWellInside(ReachDegrees);
        var fire = await server.FireOfAsync(new("judged", server.Now.AddHours(-1), place));
        await server.PostAsync($"api/fires/{fire.Id()}/verdict", """{"verdict":"out"}""");
        await server.PassAsync(TimeSpan.FromMinutes(10));

        var again = await server.FireOfAsync(new("judged-again", server.Now, place));
        var before = await server.FireOfAsync(new("judged-before", server.Now.AddHours(-1), FreshPlaces.EastOf(place, -500)));

        Assert.NotEqual(fire.Id(), again.Id(), StringComparer.Ordinal);
        Assert.Equal(fire.Id(), before.Id());
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 40)]
    [InlineData(3, 250)]
    [InlineData(4, 2)]
    [InlineData(5, 2)]
    public async Task Fires_are_the_same_in_whatever_order_and_pieces_sightings_arrive(int seed, int largestPiece)
    {
        await using var other = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new Microsoft.Extensions.Time.Testing.FakeTimeProvider(AirMapServer.Morning));
        var random = new Random(seed);
        var middle = other.FreshPlace();
        var sightings = Enumerable.Range(0, 250).Select(i => new Sighting(
            $"any-{i}", other.Now.AddMinutes(-random.Next(0, 2_000)), new(middle.Lon + random.NextDouble() * 0.2, middle.Lat + random.NextDouble() * 0.1))
        {
            RadiusMetres = random.Next(4) == 0 ? random.Next(1_001, 2_500) : random.Next(20, 700),
        }).ToArray();
        random.Shuffle(sightings);
        for (var i = 0; i < sightings.Length;)
        {
            var piece = random.Next(1, largestPiece);
            await other.ReportAsync(sightings[Math.Max(0, i - random.Next(3))..Math.Min(i + piece, sightings.Length)]);
            i += piece;
        }

        var stored = await AreOneFireEachAsync(other);
        Assert.InRange(stored.Sum(), 150, 250);
        Assert.True(stored.Count > 20 && stored.Exists(g => g > 10), "the ground has small and large fires");
    }

    /// <summary>Two works that glow nearly without a break, over the turns of four weeks.</summary>
    [Theory]
    [InlineData(11, 60)]
    [InlineData(12, 60)]
    [InlineData(13, 8)]
    public async Task Fires_of_many_weeks_are_the_same_in_whatever_order_and_pieces_sightings_arrive(int seed, int largestPiece)
    {
        await using var other = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new Microsoft.Extensions.Time.Testing.FakeTimeProvider(AirMapServer.Morning));
        var random = new Random(seed);
        var middle = other.FreshPlace();
        var sightings = Enumerable.Range(0, 1_100).Select(i => new Sighting(
            $"weeks-{i}", other.Now.AddMinutes(-random.Next(0, 30_000)), FreshPlaces.EastOf(middle, (i % 4 == 0 ? 4_000 : 0) + random.Next(-400, 400)))
        {
            RadiusMetres = random.Next(4) == 0 ? random.Next(1_001, 2_500) : random.Next(20, 700),
        }).ToArray();
        random.Shuffle(sightings);
        for (var i = 0; i < sightings.Length;)
        {
            var piece = random.Next(1, largestPiece);
            await other.ReportAsync(sightings[i..Math.Min(i + piece, sightings.Length)]);
            i += piece;
        }

        var stored = await AreOneFireEachAsync(other);
        Assert.InRange(stored.Sum(), 825, 1_100);
        Assert.True(await other.AskAsync<bool>("select count(*) > 0 from airmap.fires where last_seen_at - first_seen_at > '5 days' and status <> 6"));
        Assert.Equal(0, await other.AskAsync<long>("select count(*) from airmap.fires where last_seen_at - first_seen_at > '7 days' and status <> 6"));
    }

    /// <summary>A burning plain under one satellite: each sighting that cannot say where it is within a kilometre hangs together with all others.</summary>
    [Fact]
    public async Task Thousands_of_vague_sightings_of_one_afternoon_are_grouped_once_for_all_that_arrive_together()
    {
        await using var other = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new Microsoft.Extensions.Time.Testing.FakeTimeProvider(AirMapServer.Morning));
        var random = new Random(7);
        var sightings = Enumerable.Range(0, 4_000).Select(i => new Sighting(
            $"plain-{i}", other.Now.AddMinutes(-random.Next(0, 90)), new(111.4 + random.NextDouble() * 0.3, 36 + random.NextDouble() * 0.3))
        {
            RadiusMetres = random.Next(1_001, 2_500),
        }).ToArray();
        await other.ReportAsync(sightings[..2_000]);
        await other.ReportAsync(sightings[2_000..]);

        var fires = await AreOneFireEachAsync(other);
        Assert.Equal([4_000], fires);
    }

    [Fact]
    public async Task A_fire_is_placed_no_more_exactly_than_those_who_saw_it_agree()
    {
        var place = server.Places.NextWellInside(ReachDegrees);
        await server.ReportAsync(new Sighting("exact", server.Now, place) { RadiusMetres = 20 });
        Assert.Equal(20, (await server.FireOfDetectionAsync("exact")).Property("radiusMetres").GetDouble());

        await server.ReportAsync(new Sighting("elsewhere", server.Now, FreshPlaces.EastOf(place, 900)) { RadiusMetres = 100 }, new Sighting("vaguely", server.Now, FreshPlaces.EastOf(place, -600)) { RadiusMetres = 2_000 });

        var fire = await server.FireOfDetectionAsync("exact");
        Assert.Equal(3, fire.Number("detections"));
        Assert.Equal(place.Lon, fire.GetProperty("geometry").GetProperty("coordinates")[0].GetDouble(), 6);
        Assert.Equal(800, fire.Property("radiusMetres").GetDouble(), 10.0);
        await server.ReportAsync(new Sighting("more-exact", server.Now, FreshPlaces.EastOf(place, 450)) { RadiusMetres = 10 });
        Assert.Equal(430, (await server.FireOfDetectionAsync("exact")).Property("radiusMetres").GetDouble(), 10.0);
    }

    [Fact]
    public async Task What_was_known_in_time_is_acted_upon_with_whatever_history_it_turns_out_to_be_one()
    {
        var place = server.Places.NextWellInside(ReachDegrees);
        await server.ReportAsync(new Sighting("awake-east", server.Now.AddHours(-23.8), FreshPlaces.EastOf(place, 1_900)) { RadiusMetres = 50 });
        await server.ReportAsync(new Sighting("awake-call", server.Now.AddHours(-23.6), FreshPlaces.EastOf(place, 900)) { SourceKind = "phone", RadiusMetres = 1_600 });
        await server.ReportAsync(new Sighting("awake-history", server.Now.AddHours(-24.2), place) { RadiusMetres = 50 });

        var fire = await server.FireOfDetectionAsync("awake-call");
        Assert.Equal((await server.FireOfDetectionAsync("awake-history")).Id(), fire.Id());
        Assert.NotEqual("history", fire.Text("status"), StringComparer.Ordinal);
        Assert.Equal("open", (await server.ViolationOfAsync(fire)).Text("status"));
    }

    [Theory]
    [InlineData("S V Q")]
    [InlineData("V S Q")]
    [InlineData("Q V S")]
    public async Task History_that_is_left_alone_is_history_in_whatever_order_it_was_told(string order)
    {
        var (place, now) = (server.Places.NextWellInside(ReachDegrees), server.Now);
        var seen = new Dictionary<string, Sighting>(StringComparer.Ordinal)
        {
            ["S"] = new($"left-S-{order}", now.AddHours(-27), FreshPlaces.EastOf(place, -600)) { SourceKind = "satellite", RadiusMetres = 375 },
            ["V"] = new($"left-V-{order}", now.AddHours(-22), place) { SourceKind = "phone", RadiusMetres = 1_500 },
            ["Q"] = new($"left-Q-{order}", now.AddHours(-21), FreshPlaces.EastOf(place, 700)) { RadiusMetres = 50 },
        };
        foreach (var name in order.Split(' '))
        {
            await server.ReportAsync(seen[name]);
        }

        var history = await server.FireOfDetectionAsync($"left-S-{order}");
        Assert.Equal(("history", 1), (history.Text("status"), history.Number("detections")));
        Assert.Equal(0, await server.AskAsync<long>($"select count(*) from airmap.violations where subject_id = '{history.Id()}' and closed_at is null"));
        var burning = await server.FireOfDetectionAsync($"left-V-{order}");
        Assert.Equal(2, burning.Number("detections"));
        Assert.Equal("open", (await server.ViolationOfAsync(burning)).Text("status"));
    }

    [Fact]
    public async Task Who_sends_a_radius_of_zero_does_not_know_it()
    {
        var place = server.Places.NextWellInside(ReachDegrees);
        await server.ReportAsync(new Sighting("no-radius", server.Now, place) { RadiusMetres = 0 });

        Assert.Equal(200, (await server.FireOfDetectionAsync("no-radius")).Property("radiusMetres").GetDouble());
    }

    /// <summary>What is stored is what <see cref="Grouping"/> says of the whole set; answers how many detections each fire has.</summary>
    static async Task<List<int>> AreOneFireEachAsync(AirMapServer other)
    {
        var stored = JsonDocument.Parse(await other.AskAsync<string>(
            "select json_agg(json_build_object('id', id, 'fire', fire_id, 'at', to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), 'x', st_x(position), 'y', st_y(position), 'r', radius_metres))::text from airmap.detections")).RootElement.EnumerateArray().ToList();
        var all = stored.ConvertAll(s => new Linfen.AirMap.Fires.Fusion.Sighting(
            s.GetProperty("id").GetGuid(), DateTimeOffset.Parse(s.GetProperty("at").GetString()!, CultureInfo.InvariantCulture),
            Footprint.Of(new(s.GetProperty("x").GetDouble(), s.GetProperty("y").GetDouble()), s.GetProperty("r").GetDouble(), null), simulated: false));
        var wanted = Grouping.Of(all, new FireOptions()).Zip(all).GroupBy(g => g.First, g => g.Second.Id).Select(g => string.Join(' ', g.Order())).Order(StringComparer.Ordinal).ToList();
        var found = stored.GroupBy(s => s.GetProperty("fire").GetGuid(), s => s.GetProperty("id").GetGuid()).Select(g => string.Join(' ', g.Order())).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(wanted, found);
        Assert.Equal(found.Count, await other.AskAsync<long>("select count(*) from airmap.fires where status <> 6"));
        Assert.Equal(0, await other.AskAsync<long>("select count(*) from airmap.fires f where status <> 6 and detections <> (select count(*) from airmap.detections where fire_id = f.id)"));
        Assert.Equal(0, await other.AskAsync<long>("select count(*) from airmap.violations v where closed_at is null and not exists (select from airmap.fires where id = v.subject_id and status < 3)"));
        return found.ConvertAll(g => g.Split(' ').Length);
    }
}
