using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.Fires;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.HeatSources;

/// <summary>What a satellite sees of an approved source is attributed: no violation, counted apart, never lost; what is more than its heat burns.</summary>
public sealed class AttributionTests(OwnServer own) : IClassFixture<OwnServer>
{
    readonly AirMapServer server = own.Server;

    static string IdOf(System.Text.Json.JsonElement source) => source.GetProperty("id").GetString()!;

    Task<long> ViolationsOf(System.Text.Json.JsonElement fire, string state = "closed_at is null") =>
        server.AskAsync<long>($"select count(*) from airmap.violations where subject_id = '{fire.Id()}' and {state}");

    [Fact]
    public async Task A_detection_that_an_approved_source_explains_is_attributed_and_no_violation()
    {
        var place = server.FreshPlace();
        var source = await server.ApprovedAsync(place);
        var head = await server.HeadAsync();

        var fire = await server.FireOfAsync(HeatCalls.Pixel(server.Now.AddHours(-3), FreshPlaces.EastOf(place, 400)));

        Assert.Equal("suspected", fire.Text("status"));
        Assert.Equal(IdOf(source), fire.AttributedTo());
        Assert.Equal(source.GetProperty("name").GetString(), fire.Property("attributedTo").GetProperty("name").GetString());
        Assert.Equal(0, await ViolationsOf(fire, "true"));
        Assert.Equal(["fire.detected"], (await server.EventsAsync(head)).Select(e => e.Type()), StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_is_left_is_attributed_again_once_the_camera_was_split_off()
    {
        var place = server.FreshPlace();
        var source = await server.ApprovedAsync(place);
        var fire = await server.FireOfAsync(HeatCalls.Pixel(server.Now.AddMinutes(-20), place));
        await server.ReportAsync(new Sighting("beside-the-works", server.Now, FreshPlaces.EastOf(place, 300)));
        Assert.Equal(1, await ViolationsOf(fire));
        var camera = (await server.ListAsync($"api/fires/{fire.Id()}/detections")).Find(d => d.Text("detectionId") == "beside-the-works").Id();

        var parted = (await server.PostAsync($"api/fires/{fire.Id()}/split", $$"""{"detections":["{{camera}}"],"reason":"厂外另有一处"}""")).Json;

        var left = await server.OneAsync($"api/fires/{fire.Id()}");
        Assert.Equal((IdOf(source), "suspected"), (left.AttributedTo(), left.Text("status")));
        Assert.Equal((0, 1), (await ViolationsOf(left), await ViolationsOf(parted)));
    }

    [Theory]
    [InlineData(null, 99, 101)]
    [InlineData(5.0, 14.9, 15.1)]
    public async Task A_source_of_which_nobody_says_how_high_explains_no_power_whatever(double? median, double its, double more)
    {
        var place = server.FreshPlace();
        var source = await server.ApproveAsync(await server.AddAsync("heat-sources", new { name = "某厂", kind = "steel", radiusMetres = 300, medianMegawatts = median, lon = place.Lon, lat = place.Lat }));
        Assert.Equal(median is null ? 100 : 15, source.GetProperty("highestMegawatts").GetDouble());

        var fire = await server.FireOfAsync(HeatCalls.Pixel(server.Now.AddHours(-2), place, its));
        Assert.Equal(IdOf(source), fire.AttributedTo());
        var blaze = await server.FireOfAsync(HeatCalls.Pixel(server.Now, place, more));
        Assert.Equal((fire.Id(), null), (blaze.Id(), blaze.AttributedTo()));
        Assert.Equal(1, await ViolationsOf(blaze));
    }

    [Fact]
    public async Task A_call_that_goes_over_to_what_a_source_explained_is_an_open_fire_there()
    {
        var place = server.FreshPlace();
        await server.ApproveAsync(await server.AddHeatSourceAsync(place, radius: 800));
        await server.ReportAsync(new Sighting("over-west", server.Now.AddMinutes(-30), FreshPlaces.EastOf(place, -1_700)) { RadiusMetres = 50 });
        await server.ReportAsync(new Sighting("over-call", server.Now.AddMinutes(-20), FreshPlaces.EastOf(place, -900)) { SourceKind = "phone", RadiusMetres = 1_500 });
        await server.ReportAsync(HeatCalls.Pixel(server.Now.AddMinutes(-21), place, radius: 375));

        var fire = await server.FireOfDetectionAsync("over-call");
        Assert.Equal((2, null), (fire.Number("detections"), fire.AttributedTo()));
        Assert.Equal(1, await ViolationsOf(fire));
        Assert.Equal(1, await ViolationsOf(await server.FireOfDetectionAsync("over-west")));
    }

    [Fact]
    public async Task What_escapes_a_source_and_goes_on_in_another_fire_in_the_same_file_leaves_no_violation_behind()
    {
        var place = server.FreshPlace();
        await server.ApproveAsync(await server.AddHeatSourceAsync(place, radius: 800));
        await server.ReportAsync(new Sighting("behind-video", server.Now.AddMinutes(-20), FreshPlaces.EastOf(place, -1_800)));
        await server.PassAsync(TimeSpan.FromMinutes(1));
        var attributed = await server.FireOfAsync(HeatCalls.Pixel(server.Now.AddMinutes(-20), place, 3));
        Assert.NotNull(attributed.AttributedTo());

        await server.ReportAsync(
            new Sighting("behind-call", server.Now.AddMinutes(-10), place) { SourceKind = "phone" }, new Sighting("behind-bridge", server.Now.AddMinutes(-5), FreshPlaces.EastOf(place, -900)));

        Assert.Equal("merged", (await server.AgainAsync(attributed)).Text("status"));
        Assert.Equal(0, await ViolationsOf(attributed));
        Assert.Equal(1, await ViolationsOf(await server.FireOfDetectionAsync("behind-call")));
    }

    [Fact]
    public async Task History_that_wakes_at_a_source_is_that_sources()
    {
        var place = server.FreshPlace();
        var history = await server.FireOfAsync(HeatCalls.Pixel(server.Now.AddHours(-25), place));
        Assert.Equal("history", history.Text("status"));
        var source = await server.ApprovedAsync(place);

        await server.ReportAsync(HeatCalls.Pixel(server.Now.AddHours(-21), place));

        var awake = await server.AgainAsync(history);
        Assert.Equal((2, IdOf(source)), (awake.Number("detections"), awake.AttributedTo()));
        Assert.Equal(0, await ViolationsOf(awake));
    }

    [Theory]
    [InlineData(-30, -20, -25)]
    [InlineData(-30, -25, -20)]
    [InlineData(-20, -25, -30)]
    public async Task What_was_too_strong_for_a_source_makes_an_open_fire_of_all_that_it_is_one_with_in_whatever_order(params int[] hours)
    {
        var place = server.FreshPlace();
        await server.ApprovedAsync(place);
        var seen = hours.Select(h => HeatCalls.Pixel(server.Now.AddHours(h), place, h == -30 ? 500 : 4)).ToList();
        foreach (var pixel in seen)
        {
            await server.ReportAsync(pixel);
        }

        var fire = await server.FireOfDetectionAsync(seen[0].DetectionId);
        Assert.Equal((3, null), (fire.Number("detections"), fire.AttributedTo()));
        Assert.Equal(1, await ViolationsOf(fire));
    }

    [Fact]
    public async Task A_machine_that_passes_an_approval_on_names_the_officer()
    {
        var source = await server.AddHeatSourceAsync(server.FreshPlace());
        (await server.PostAsync($"api/heat-sources/{IdOf(source)}/approve", """{"officer":"王\n某"}""")).IsProblem(400, "officer-invalid");

        var approved = (await server.PostAsync($"api/heat-sources/{IdOf(source)}/approve", """{"officer":"王建国"}""")).Json.GetProperty("properties");

        Assert.StartsWith("王建国 (", approved.GetProperty("approvedBy").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attributed_fires_are_counted_apart_and_found_by_a_switch()
    {
        var place = server.FreshPlace();
        await server.ApprovedAsync(place);
        var county = server.Places.CountyOf(place);
        var before = await BurningAsync(county);

        var fire = await server.FireOfAsync(HeatCalls.Pixel(server.Now, place));
        var straw = await server.FireOfAsync(HeatCalls.Pixel(server.Now, server.Places.NextIn(county!)));

        await Until.TrueAsync(
            async () => await SummaryAsync(county) == (before.Burning + 1, before.Attributed + 1),
            "the county counts one that burns and one that is attributed");
        var attributed = (await server.ListAsync("api/fires?attributed=true&limit=1000")).ConvertAll(f => f.Id());
        var others = (await server.ListAsync("api/fires?attributed=false&limit=1000")).ConvertAll(f => f.Id());
        Assert.Contains(fire.Id(), attributed, StringComparer.Ordinal);
        Assert.DoesNotContain(straw.Id(), attributed, StringComparer.Ordinal);
        Assert.Contains(straw.Id(), others, StringComparer.Ordinal);
        Assert.DoesNotContain(fire.Id(), others, StringComparer.Ordinal);
        Assert.Contains(fire.Id(), (await server.ListAsync("api/fires?limit=1000")).Select(f => f.Id()), StringComparer.Ordinal);
    }

    /// <summary>As the database has it: the county's own numbers may be some milliseconds old.</summary>
    async Task<(int Burning, int Attributed)> BurningAsync(string? county)
    {
        var of = $"select count(*)::int from airmap.fires where status <= 1 and county = '{county}' and attributed_to is ";
        return (await server.AskAsync<int>(of + "null"), await server.AskAsync<int>(of + "not null"));
    }

    async Task<(int Burning, int Attributed)> SummaryAsync(string? county)
    {
        var summary = (await server.GetAsync("api/counties")).Json.GetProperty("features").EnumerateArray()
            .Single(f => f.Text("code") == county).Property("summary");
        return (summary.GetProperty("burning").GetInt32(), summary.GetProperty("attributed").GetInt32());
    }

    [Fact]
    public async Task A_candidate_and_a_dismissed_source_explain_nothing()
    {
        var (one, other) = (server.FreshPlace(), server.FreshPlace());
        await server.AddHeatSourceAsync(one);
        await server.DismissAsync(await server.AddHeatSourceAsync(other));

        foreach (var place in new[] { one, other })
        {
            var fire = await server.FireOfAsync(HeatCalls.Pixel(server.Now, place));
            Assert.Null(fire.AttributedTo());
            Assert.Equal(1, await ViolationsOf(fire));
        }
    }

    [Theory]
    [InlineData(300 + 270, 4, 280, true)]
    [InlineData(300 + 290, 4, 280, false)]
    [InlineData(0, 19.9, 280, true)]
    [InlineData(0, 20.1, 280, false)]
    [InlineData(300 + 990, 4, 1_900, true)]
    [InlineData(300 + 1_010, 4, 1_900, false)]
    [InlineData(300 + 1_290, 4, 2_600, true)]
    [InlineData(300 + 1_310, 4, 2_600, false)]
    public async Task What_lies_too_far_or_has_too_much_power_escapes(double metres, double megawatts, double radius, bool explained)
    {
        var place = server.FreshPlace();
        await server.ApprovedAsync(place);

        var fire = await server.FireOfAsync(HeatCalls.Pixel(server.Now, FreshPlaces.EastOf(place, metres), megawatts, radius));

        Assert.Equal(explained, fire.AttributedTo() is not null);
        Assert.Equal(explained ? 0 : 1, await ViolationsOf(fire));
    }

    [Theory]
    [InlineData("video")]
    [InlineData("phone")]
    public async Task Somebody_who_sees_it_burn_makes_an_attributed_fire_a_suspected_one_with_its_violation(string eye)
    {
        var place = server.FreshPlace();
        await server.ApprovedAsync(place);
        var fire = await server.FireOfAsync(HeatCalls.Pixel(server.Now.AddHours(-2), place));
        var head = await server.HeadAsync();

        var seen = server.Now.AddMinutes(-5);
        var joined = await server.FireOfAsync(new Sighting("eye-" + Guid.NewGuid().ToString("N"), seen, place) { SourceKind = eye, RadiusMetres = 50 });

        Assert.Equal(fire.Id(), joined.Id());
        Assert.Null(joined.AttributedTo());
        Assert.Equal(2, joined.Number("detections"));
        var violation = await server.ViolationOfAsync(joined);
        Assert.Equal(("open", "critical"), (violation.Text("status"), violation.Text("severity")));
        Assert.Equal(seen, violation.Time("openedAt"));
        Assert.Equal(["fire.updated", "violation.opened", "alarm.raised"], (await server.EventsAsync(head)).Select(e => e.Type()), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_burst_of_power_within_an_attributed_fire_escapes_and_calm_does_not_take_it_back()
    {
        var place = server.FreshPlace();
        await server.ApprovedAsync(place);
        var fire = await server.FireOfAsync(HeatCalls.Pixel(server.Now.AddHours(-2), place));
        Assert.NotNull((await server.FireOfAsync(HeatCalls.Pixel(server.Now.AddHours(-1), place, 6))).AttributedTo());

        Assert.Null((await server.FireOfAsync(HeatCalls.Pixel(server.Now.AddMinutes(-30), place, 90))).AttributedTo());
        Assert.Null((await server.FireOfAsync(HeatCalls.Pixel(server.Now.AddMinutes(-20), place))).AttributedTo());
        Assert.Equal(1, await ViolationsOf(fire));
    }

    [Fact]
    public async Task A_verdict_that_it_burns_ends_the_attribution()
    {
        var place = server.FreshPlace();
        var source = await server.ApprovedAsync(place);
        var fire = await server.FireOfAsync(HeatCalls.Pixel(server.Now.AddHours(-1), place));

        var confirmed = (await server.VerdictAsync(fire, "confirmed", "到场")).Json;

        Assert.Null(confirmed.AttributedTo());
        Assert.Equal("open", (await server.ViolationOfAsync(confirmed)).Text("status"));
        await server.DismissAsync(source);
        await server.ApproveAsync(source);
        Assert.Null((await server.AgainAsync(fire)).AttributedTo());
        Assert.Equal(1, await ViolationsOf(fire, "true"));
    }

    [Fact]
    public async Task Approval_attributes_open_fires_that_it_explains_and_leaves_the_others()
    {
        var place = server.FreshPlace();
        var source = await server.AddHeatSourceAsync(place);
        var oven = await server.FireOfAsync(HeatCalls.Pixel(server.Now.AddHours(-9), place));
        var seen = await server.FireOfAsync(HeatCalls.Pixel(server.Now.AddHours(-1), place));
        await server.ReportAsync(new Sighting("cam-" + Guid.NewGuid().ToString("N"), server.Now, place) { RadiusMetres = 50 });
        Assert.Equal(1, await ViolationsOf(oven));

        await server.ApproveAsync(source);

        var violation = await server.ViolationOfAsync(oven);
        Assert.Equal(IdOf(source), (await server.AgainAsync(oven)).AttributedTo());
        Assert.Equal(("closed", "attributed-to-heat-source"), (violation.Text("status"), violation.Text("closedReason")));
        Assert.Null((await server.AgainAsync(seen)).AttributedTo());
        Assert.Equal(1, await ViolationsOf(seen));
    }

    [Fact]
    public async Task Withdrawal_lets_what_was_explained_burn_again_and_intake_sees_both()
    {
        var place = server.FreshPlace();
        var source = await server.ApprovedAsync(place);
        var fire = await server.FireOfAsync(HeatCalls.Pixel(server.Now.AddHours(-1), place));

        await server.DismissAsync(source);

        Assert.Null((await server.AgainAsync(fire)).AttributedTo());
        Assert.Equal(1, await ViolationsOf(fire));
        var joined = await server.FireOfAsync(HeatCalls.Pixel(server.Now, place));
        Assert.Equal((fire.Id(), 1L), (joined.Id(), await ViolationsOf(fire)));

        await server.ApproveAsync(source);
        Assert.Equal(IdOf(source), (await server.AgainAsync(fire)).AttributedTo());
        Assert.Equal(0, await ViolationsOf(fire));
        Assert.Equal(2, await server.AskAsync<long>($"select count(*) from airmap.detections where fire_id = '{fire.Id()}'"));
    }

    [Fact]
    public async Task Deleting_a_source_or_moving_its_time_decides_again()
    {
        var (one, other) = (server.FreshPlace(), server.FreshPlace());
        var (deleted, ended) = (await server.ApprovedAsync(one), await server.ApprovedAsync(other));
        var (first, second) = (await server.FireOfAsync(HeatCalls.Pixel(server.Now, one)), await server.FireOfAsync(HeatCalls.Pixel(server.Now, other)));

        var path = $"api/heat-sources/{IdOf(deleted)}";
        Assert.Equal(204, (int)(await server.DeleteAsync(path, await server.TagAsync(path))).Status);
        var changed = await server.ChangeAsync("heat-sources", ended, ("operatingTo", "2025-12-31"));
        Assert.Equal("candidate", changed.GetProperty("status").GetString());
        Assert.Null((await server.AgainAsync(second)).AttributedTo());
        await server.ApproveAsync(changed);

        Assert.Null((await server.AgainAsync(first)).AttributedTo());
        Assert.Null((await server.AgainAsync(second)).AttributedTo());
        Assert.Equal((1L, 1L), (await ViolationsOf(first), await ViolationsOf(second)));
    }

    [Fact]
    public async Task A_simulated_source_explains_nothing_that_is_real()
    {
        var place = server.FreshPlace();
        await server.ApproveAsync(await server.AddHeatSourceAsync(place, simulated: true));

        Assert.Null((await server.FireOfAsync(HeatCalls.Pixel(server.Now, place))).AttributedTo());
        var played = HeatCalls.Pixel(server.Now, place) with { Simulated = true };
        Assert.NotNull((await server.FireOfAsync(played)).AttributedTo());
    }

    [Fact]
    public async Task History_is_attributed_too_and_nothing_is_lost()
    {
        var place = server.FreshPlace();
        await server.ApprovedAsync(place);
        var before = await server.AskAsync<long>("select count(*) from airmap.detections");

        var fire = await server.FireOfAsync(HeatCalls.Pixel(server.Now.AddDays(-40), place));

        Assert.Equal("history", fire.Text("status"));
        Assert.NotNull(fire.AttributedTo());
        Assert.Equal(before + 1, await server.AskAsync<long>("select count(*) from airmap.detections"));
    }

    [Fact]
    public async Task An_attributed_fire_lapses_without_a_word_about_violations()
    {
        var place = server.FreshPlace();
        await server.ApprovedAsync(place);
        var fire = await server.FireOfAsync(HeatCalls.Pixel(server.Now.AddHours(-13), place));

        await server.TickAsync();

        Assert.Equal("lapsed", (await server.AgainAsync(fire)).Text("status"));
        Assert.Equal(0, await ViolationsOf(fire, "true"));
    }
}
