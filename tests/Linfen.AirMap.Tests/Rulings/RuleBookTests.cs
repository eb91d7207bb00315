using System.Text.Json;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Rulings;

/// <summary>Every rule that a register can raise: a subject made to break it shows, with article, facts, parameters and who must act; mended it goes.</summary>
public sealed class RuleBookTests(RuledCity city) : IClassFixture<RuledCity>
{
    AirMapServer Server => city.Server;

    public static TheoryData<string, string, string, string> Cases => new()
    {
        { "A17.HeatRadius", "heating/boilers", """{"kind":"boiler","fuel":"coal","purpose":"production","tonnesPerHour":65,"status":"operating","commissionedOn":"2015-01-01"}""", """{"status":"integrated"}""" },
        { "A17.SmallBoiler", "heating/boilers", """{"kind":"boiler","fuel":"coal","purpose":"production","tonnesPerHour":35,"status":"operating","commissionedOn":"2015-01-01"}""", """{"fuel":"gas"}""" },
        { "A17.NewBoiler", "heating/boilers", """{"kind":"boiler","fuel":"coal","purpose":"production","tonnesPerHour":65,"status":"operating","commissionedOn":"2024-04-18"}""", """{"status":"closed"}""" },
        { "A17.BuiltUpBoiler", "heating/boilers", """{"kind":"boiler","fuel":"coal","purpose":"heating","tonnesPerHour":65,"status":"operating","commissionedOn":"2015-01-01"}""", """{"status":"converted"}""" },
        { "A18.HeatNetwork", "heating/boilers", """{"kind":"boiler","fuel":"coal","purpose":"production","tonnesPerHour":65,"status":"operating","commissionedOn":"2015-01-01"}""", """{"status":"integrated"}""" },
        { "A20.CoalFacility", "heating/boilers", """{"kind":"otherFacility","fuel":"coal","status":"operating"}""", """{"status":"closed"}""" },
        { "A26.ControlZone", "machines", """{"kind":"excavator","power":"diesel","stage":2}""", """{"present":false}""" },
        { "A28.Monitoring", "sites", """{"status":"active","areaSquareMetres":5000,"video":false}""", """{"status":"finished"}""" },
        { "A30.BareLand", "land", """{"treatment":"none"}""", """{"treatment":"greened","hardeningFeasible":false}""" },
        { "A30.Order", "land", """{"treatment":"covered","hardeningFeasible":true,"greeningFeasible":true,"netMesh":2000}""", """{"treatment":"hardened"}""" },
        { "A30.NetMesh", "land", """{"treatment":"covered","hardeningFeasible":false,"greeningFeasible":false,"netMesh":1999}""", """{"netMesh":2000}""" },
        { "A30.Yard", "land/yards", """{"licensed":false,"cleared":false}""", """{"cleared":true}""" },
        { "A30.Road", "land/roads", """{"repaired":false}""", """{"repaired":true}""" },
        { "A41.Station", "stations", """{"kind":"township","online":false}""", """{"online":true,"lastDataAt":"2026-03-15T09:00:00+08:00"}""" },
        { "A45.Scattered", "enterprises", """{"scattered":true,"disposed":false}""", """{"disposed":true}""" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_breaks_a_rule_shows_and_what_is_mended_goes(string rule, string register, string broken, string mended)
    {
        var entry = await city.AddAsync(register, broken);

        var found = await FindAsync(rule, entry);
        Assert.Equal("open", found.GetProperty("status").GetString());
        Assert.Equal(int.Parse(rule[1..3], System.Globalization.CultureInfo.InvariantCulture), found.GetProperty("article").GetInt32());
        Assert.NotEmpty(found.GetProperty("facts").EnumerateObject());
        Assert.Contains(found.GetProperty("parameters").EnumerateArray(), p => p.GetProperty("citation").GetString() is { Length: > 0 });
        Assert.NotEmpty(found.GetProperty("lead").EnumerateArray());
        Assert.Equal("尧都区人民政府", found.GetProperty("responsible").GetString());
        Assert.Equal(entry.GetProperty("name").GetString(), found.GetProperty("subject").GetProperty("name").GetString());

        await Server.ChangeAsync(register, entry, [.. JsonDocument.Parse(mended).RootElement.EnumerateObject().Select(p => (p.Name, (object?)p.Value))]);

        Assert.DoesNotContain(rule, await Server.OpenRulesAsync(entry), StringComparer.Ordinal);
        Assert.Equal("closed", (await FindAsync(rule, entry)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_diesel_loader_on_an_urban_site_violates_until_the_site_is_stopped()
    {
        var site = await city.AddAsync("sites", """{"status":"active","areaSquareMetres":900,"video":true}""");
        var machine = await Server.AddAsync($"sites/{site.GetProperty("id").GetString()}/machines", new { name = "装载机", kind = "loader", power = "diesel", stage = 4 });
        Assert.Equal(["A26.SiteMachinery"], await Server.OpenRulesAsync(machine), StringComparer.Ordinal);

        await Server.ChangeAsync("sites", site, ("status", "paused"));

        Assert.Empty(await Server.OpenRulesAsync(machine));
        Assert.Equal("site-stopped", (await FindAsync("A26.SiteMachinery", machine)).GetProperty("closedReason").GetString());
    }

    [Fact]
    public async Task A_failed_item_of_the_last_inspection_violates_until_the_next_one_passes()
    {
        var site = await city.AddAsync("sites", """{"status":"active","areaSquareMetres":900,"video":true,"since":"2026-03-01T00:00:00+08:00"}""");
        var inspections = $"sites/{site.GetProperty("id").GetString()}/inspections";
        object Inspection(string at, string cover) => new { name = "检查 " + at, at, enclosure = "passed", cover, washing = "passed", hardening = "passed", wetDemolition = "notApplicable", sealedTrucks = "passed" };

        await Server.AddAsync(inspections, Inspection("2026-03-14T08:00:00+08:00", "failed"));
        Assert.Equal(["A28.SixHundred"], await Server.OpenRulesAsync(site), StringComparer.Ordinal);

        await Server.AddAsync(inspections, Inspection("2026-03-15T08:00:00+08:00", "passed"));
        Assert.Empty(await Server.OpenRulesAsync(site));
        var closed = await FindAsync("A28.SixHundred", site);
        Assert.Equal(
            ("passed", "2026-03-14T08:00:00+08:00", "2026-03-15T08:00:00+08:00"),
            (closed.GetProperty("closedReason").GetString(), closed.GetProperty("openedAt").GetString(), closed.GetProperty("closedAt").GetString()));
    }

    [Fact]
    public async Task A_violation_that_goes_on_shows_the_facts_of_today_and_keeps_those_it_was_opened_with()
    {
        var patch = await city.AddAsync("land", """{"treatment":"covered","hardeningFeasible":false,"greeningFeasible":false,"netMesh":1999}""");
        var head = await Server.HeadAsync();

        await Server.ChangeAsync("land", patch, ("netMesh", 1500));

        var found = await FindAsync("A30.NetMesh", patch);
        Assert.Equal(1500, found.GetProperty("facts").GetProperty("netMesh").GetInt32());
        Assert.Equal(1999, found.GetProperty("opening").GetProperty("facts").GetProperty("netMesh").GetInt32());
        Assert.Equal(["subject.changed", "violation.updated"], (await Server.EventsAsync(head)).Select(e => e.Type()), StringComparer.Ordinal);

        await Server.RedecideAsync();
        Assert.Equal(2, (await Server.EventsAsync(head)).Count);
        await Server.ChangeAsync("land", patch, ("netMesh", 1999));
        Assert.False((await FindAsync("A30.NetMesh", patch)).TryGetProperty("opening", out _));
    }

    [Fact]
    public async Task A_monitor_that_was_silent_violates_from_the_end_of_the_limit_until_its_data_flow_again()
    {
        var site = await city.AddAsync("sites", """{"status":"paused","areaSquareMetres":6000,"video":true}""");
        var monitor = await Server.AddAsync($"sites/{site.GetProperty("id").GetString()}/monitors", new { name = "扬尘仪", mn = "MN1", installedOn = "2026-03-01", lastDataAt = "2026-03-13T07:00:00+08:00" });
        await Server.ChangeAsync("sites", site, ("status", "active"), ("since", "2026-03-01T00:00:00+08:00"));
        Assert.Equal(["A28.Monitoring"], await Server.OpenRulesAsync(site), StringComparer.Ordinal);

        await Server.ChangeAsync("monitors", monitor, ("lastDataAt", "2026-03-15T09:30:00+08:00"));

        var closed = await FindAsync("A28.Monitoring", site);
        Assert.Equal("monitored", closed.GetProperty("closedReason").GetString());
        Assert.StartsWith("2026-03-14T07:00:00", closed.GetProperty("openedAt").GetString(), StringComparison.Ordinal);
        Assert.True(closed.GetProperty("closedAt").GetDateTimeOffset() >= new DateTimeOffset(2026, 3, 15, 1, 30, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_boiler_29_9_km_from_Zhaoguang_violates_and_one_30_1_km_away_does_not()
    {
        var plant = new LonLat(111.69177, 36.5538);
        string Coal(LonLat at) => JsonSerializer.Serialize(new { name = "锅炉 " + at, kind = "boiler", fuel = "coal", purpose = "production", tonnesPerHour = 65, status = "operating", commissionedOn = "2015-01-01", lon = at.Lon, lat = at.Lat });
        // North-west of the plant: away from the other plant, in the city.
        var near = Geodesic.Destination(plant, 270, 29_900);
        var far = Geodesic.Destination(plant, 270, 30_100);
        foreach (var (at, metres) in new[] { (near, 29_900d), (far, 30_100d) })
        {
            var sql = FormattableString.Invariant($"select st_distance(st_setsrid(st_makepoint(111.69177, 36.5538), 4490)::geography, st_setsrid(st_makepoint({at.Lon:R}, {at.Lat:R}), 4490)::geography)");
            Assert.Equal(metres, await Server.AskAsync<double>(sql), 0.01);
        }

        var inside = (await Server.PostAsync("api/heating/boilers", Coal(near))).Json.GetProperty("properties");
        var outside = (await Server.PostAsync("api/heating/boilers", Coal(far))).Json.GetProperty("properties");

        Assert.Equal(["A17.HeatRadius"], await Server.OpenRulesAsync(inside), StringComparer.Ordinal);
        Assert.Empty(await Server.OpenRulesAsync(outside));
    }

    [Fact]
    public async Task What_is_not_known_waits_in_the_list_with_the_missing_fact_until_it_is_filled_in()
    {
        var entry = await city.AddAsync("heating/boilers", """{"kind":"boiler","fuel":"coal","purpose":"production","status":"operating","commissionedOn":"2015-01-01"}""");
        var id = entry.GetProperty("id").GetString();
        var waiting = (await Server.GetAsync("api/undecidable?rule=A17.SmallBoiler&limit=1000")).Json.GetProperty("undecidable").EnumerateArray().Single(u => u.GetProperty("subject").GetProperty("id").GetString() == id);
        Assert.Equal("tonnes-per-hour", waiting.GetProperty("missing").GetString());

        await Server.ChangeAsync("heating/boilers", entry, ("tonnesPerHour", 20));

        Assert.DoesNotContain((await Server.GetAsync("api/undecidable?limit=1000")).Json.GetProperty("undecidable").EnumerateArray(), u => u.GetProperty("subject").GetProperty("id").GetString() == id);
        Assert.Contains("A17.SmallBoiler", await Server.OpenRulesAsync(entry), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Deleting_a_subject_closes_what_stood_about_it()
    {
        var entry = await city.AddAsync("enterprises", """{"scattered":true,"disposed":false}""");
        Assert.Equal(204, (int)(await Server.DeleteAsync($"api/enterprises/{entry.GetProperty("id").GetString()}", "\"1\"")).Status);
        Assert.Equal("subject-deleted", (await FindAsync("A45.Scattered", entry)).GetProperty("closedReason").GetString());
    }

    [Fact]
    public async Task A_full_redecide_changes_nothing_when_nothing_changed()
    {
        await city.AddAsync("enterprises", """{"scattered":true,"disposed":false}""");
        await city.AddAsync("land", """{"treatment":"none"}""");
        var before = await Server.HeadAsync();
        var judged = await Server.RedecideAsync();
        Assert.True(judged >= 2);
        Assert.Equal(before, await Server.HeadAsync());
    }

    async Task<JsonElement> FindAsync(string rule, JsonElement subject)
    {
        var listed = (await Server.GetAsync($"api/violations?rule={rule}&limit=1000")).Json.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("properties"));
        return Assert.Single(listed, v => v.GetProperty("subject").GetProperty("id").GetString() == subject.GetProperty("id").GetString());
    }
}
