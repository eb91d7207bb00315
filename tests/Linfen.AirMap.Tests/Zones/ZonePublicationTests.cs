using System.Text.Json;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Zones;

/// <summary>What publishing and retiring a zone does to what lies in it, and when.</summary>
public sealed class ZonePublicationTests(OwnServer own) : IClassFixture<OwnServer>
{
    const string Facility = "A20.CoalFacility";

    AirMapServer Server => own.Server;

    [Fact]
    public async Task Publishing_opens_what_lies_inside_from_its_first_day_and_leaves_the_rest()
    {
        var place = Server.Places.NextWellInside(0.03);
        var inside = await Server.AddBoilerAsync(place);
        var onTheBorder = await Server.AddBoilerAsync(place with { Lon = place.Lon + 0.01 });
        var gas = await Server.AddBoilerAsync(place with { Lat = place.Lat + 0.001 }, "gas");
        var outside = await Server.AddBoilerAsync(place with { Lon = place.Lon + 0.0101 });
        var draft = await Server.DraftAsync("coalFree", "一号禁煤区", ZoneCalls.Square(place));
        Assert.Empty(await Server.ViolationsOfAsync(inside, Facility));
        var head = await Server.HeadAsync();

        var effect = await Server.PublishAsync(draft, "2026-01-01");

        Assert.Equal(2, effect.GetProperty("opened").GetInt32());
        Assert.Equal(3, effect.GetProperty("judged").GetInt32());
        var violation = Assert.Single(await Server.ViolationsOfAsync(inside, Facility));
        Assert.Equal(new(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(8)), violation.Time("openedAt"));
        Assert.Equal(draft.Id(), violation.Property("zone").GetProperty("id").GetString());
        Assert.Single(await Server.ViolationsOfAsync(onTheBorder, Facility));
        Assert.Empty(await Server.ViolationsOfAsync(gas, Facility));
        Assert.Empty(await Server.ViolationsOfAsync(outside, Facility));
        var told = await Server.EventsAsync(head);
        Assert.Equal(["zone.published", "violation.opened", "violation.opened"], told.Select(e => e.Type()), StringComparer.Ordinal);
        Assert.Equal(JsonValueKind.Null, told[0].GetProperty("county").ValueKind);
        Assert.True(JsonElement.DeepEquals((await Server.OneAsync($"api/zones/{draft.Id()}")), told[0].GetProperty("data")));
    }

    [Fact]
    public async Task Retiring_closes_what_the_zone_caused_with_the_first_instant_without_it()
    {
        var place = Server.Places.NextWellInside(0.03);
        var boiler = await Server.AddBoilerAsync(place);
        var zone = await Server.DraftAsync("coalFree", "将撤销", ZoneCalls.Square(place));
        await Server.PublishAsync(zone, "2026-02-01");
        var head = await Server.HeadAsync();

        var effect = await Server.RetireAsync(zone);

        Assert.Equal(1, effect.GetProperty("closed").GetInt32());
        Assert.Equal("2026-03-14", effect.GetProperty("zone").Text("effectiveTo"));
        var violation = Assert.Single(await Server.ViolationsOfAsync(boiler, Facility));
        Assert.Equal("law-changed", violation.Text("closedReason"));
        Assert.Equal(new(2026, 3, 15, 0, 0, 0, TimeSpan.FromHours(8)), violation.Time("closedAt"));
        Assert.Equal(["zone.retired", "violation.closed"], (await Server.EventsAsync(head)).Select(e => e.Type()), StringComparer.Ordinal);
        Assert.Contains((await Server.ListAsync("api/violations?at=2026-02-10T00:00:00Z&rule=" + Facility)), v => v.Id() == violation.Id());
        Assert.DoesNotContain((await Server.ListAsync("api/violations?at=2026-03-15T00:00:00Z&rule=" + Facility)), v => v.Id() == violation.Id());
        (await Server.DoAsync(zone.Id(), "retire", new { reason = "再次" })).IsProblem(409, "not-in-force");
    }

    [Fact]
    public async Task A_zone_retired_on_its_first_day_closes_as_the_law_that_never_was()
    {
        var place = Server.Places.NextWellInside(0.03);
        var boiler = await Server.AddBoilerAsync(place);
        var zone = await Server.DraftAsync("coalFree", "当日撤销", ZoneCalls.Square(place));
        await Server.PublishAsync(zone, "2026-03-15");
        Assert.Single(await Server.ViolationsOfAsync(boiler, Facility));

        await Server.RetireAsync(zone);

        var violation = Assert.Single(await Server.ViolationsOfAsync(boiler, Facility));
        Assert.Equal("law-changed", violation.Text("closedReason"));
        Assert.DoesNotContain(await Server.ZoneIdsAsync("at=2026-03-15"), id => id == zone.Id());
        Assert.Contains(await Server.ZoneIdsAsync("status=retired"), id => id == zone.Id());
    }

    [Fact]
    public async Task A_boiler_registered_after_midnight_in_a_zone_retired_today_closes_with_the_law_too()
    {
        var place = Server.Places.NextWellInside(0.03);
        var zone = await Server.DraftAsync("coalFree", "昨日止", ZoneCalls.Square(place));
        await Server.PublishAsync(zone, "2026-01-01");
        var added = await Server.AddAsync("heating/boilers", new { name = "今日登记", kind = "boiler", fuel = "coal", status = "operating", tonnesPerHour = 70, purpose = "production", lon = place.Lon, lat = place.Lat });
        Assert.Single(await Server.ViolationsOfAsync(added, Facility));

        await Server.RetireAsync(zone);

        Assert.Equal("law-changed", Assert.Single(await Server.ViolationsOfAsync(added, Facility)).Text("closedReason"));
    }

    [Fact]
    public async Task Findings_of_loose_coal_and_firewood_open_with_the_zone_and_close_with_it()
    {
        var place = Server.Places.NextWellInside(0.03);
        foreach (var kind in new[] { "looseCoal", "firewood", "looseCoal" })
        {
            var filed = await Server.PostAsync("api/findings", JsonSerializer.Serialize(new { id = Guid.NewGuid(), kind, at = "2026-03-01T08:00:00+08:00", lon = place.Lon, lat = place.Lat, text = "院内", filedBy = "patrol" }));
            Assert.True((int)filed.Status == 201, filed.Text);
        }

        var zone = await Server.DraftAsync("coalFree", "有散煤", ZoneCalls.Square(place));
        Assert.Equal(3, (await Server.PublishAsync(zone, "2026-03-15")).GetProperty("opened").GetInt32());
        var here = (await Server.ViolationsNearAsync(place)).FindAll(v => v.Property("article").GetInt32() == 20);
        Assert.Equal(["A20.Firewood", "A20.LooseCoal", "A20.LooseCoal"], here.Select(v => v.Text("rule")).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.All(here, v => Assert.Equal(new(2026, 3, 15, 0, 0, 0, TimeSpan.FromHours(8)), v.Time("openedAt")));

        Assert.Equal(3, (await Server.RetireAsync(zone)).GetProperty("closed").GetInt32());

        Assert.All((await Server.ViolationsNearAsync(place)).FindAll(v => v.Property("article").GetInt32() == 20), v => Assert.Equal("law-changed", v.Text("closedReason")));
    }

    [Fact]
    public async Task A_zone_over_200_findings_and_50_facilities_is_on_every_open_map_with_one_ring_of_the_bell()
    {
        var place = Server.Places.NextWellInside(0.012);
        LonLat Beside(int i) => new(place.Lon - 0.009 + i % 16 * 0.0011, place.Lat - 0.009 + i / 16 * 0.0011);
        for (var i = 0; i < 250; i++)
        {
            if (i < 50)
            {
                await Server.AddBoilerAsync(Beside(i));
            }
            else
            {
                var filed = await Server.PostAsync("api/findings", JsonSerializer.Serialize(new { id = Guid.NewGuid(), kind = "firewood", at = "2026-03-01T08:00:00+08:00", lon = Beside(i).Lon, lat = Beside(i).Lat, filedBy = "patrol" }));
                Assert.True((int)filed.Status == 201, filed.Text);
            }
        }

        var zone = await Server.DraftAsync("coalFree", "大区", ZoneCalls.Square(place));
        await using var map = await LiveMap.OpenAsync(Server);
        var before = map.Shown().Count;

        var effect = await Server.PublishAsync(zone, "2026-03-15");
        await map.RingForAsync(await Server.HeadAsync());
        await map.CatchUpAsync();

        Assert.Equal(250, effect.GetProperty("opened").GetInt32());
        Assert.Equal(before + 250, map.Shown().Count);
        Assert.Equal(250, (await Server.RetireAsync(zone)).GetProperty("closed").GetInt32());
    }

    [Fact]
    public async Task What_is_mended_closes_for_its_own_reason_although_a_zone_made_it_a_violation()
    {
        var place = Server.Places.NextWellInside(0.03);
        var boiler = await Server.AddBoilerAsync(place);
        await Server.PublishAsync(await Server.DraftAsync("coalFree", "改造", ZoneCalls.Square(place)), "2026-01-01");

        await Server.ChangeAsync("heating/boilers", boiler, ("status", "converted"));

        Assert.Equal("converted", Assert.Single(await Server.ViolationsOfAsync(boiler, Facility)).Text("closedReason"));
    }

    [Fact]
    public async Task A_new_version_ends_the_one_before_on_the_day_before()
    {
        var place = Server.Places.NextWellInside(0.03);
        var (west, east) = (await Server.AddBoilerAsync(place with { Lon = place.Lon - 0.005 }), await Server.AddBoilerAsync(place with { Lon = place.Lon + 0.005 }));
        var first = await Server.DraftAsync("coalFree", "调整区", ZoneCalls.Square(place));
        await Server.PublishAsync(first, "2026-01-01");
        var path = $"api/zones/{first.Id()}";
        var eastern = new { kind = "coalFree", name = "调整区", geometry = ZoneCalls.Square(place with { Lon = place.Lon + 0.01 }) };
        var second = await Server.PutAsync(path, eastern, "\"1.2\"");
        Assert.Equal(200, (int)second.Status);
        Assert.Equal(2, second.Json.Number("version"));
        Assert.Equal("draft", second.Json.Text("status"));
        Assert.Single(await Server.ViolationsOfAsync(west, Facility), v => v.Text("status") == "open");

        await Server.PublishAsync(first, "2026-03-10");

        var ended = Assert.Single(await Server.ViolationsOfAsync(west, Facility));
        Assert.Equal("law-changed", ended.Text("closedReason"));
        Assert.Equal(new(2026, 3, 10, 0, 0, 0, TimeSpan.FromHours(8)), ended.Time("closedAt"));
        Assert.Equal("open", Assert.Single(await Server.ViolationsOfAsync(east, Facility)).Text("status"));
        Assert.Equal(1, Assert.Single(await Server.ListAsync("api/zones?at=2026-03-09"), z => z.Id() == first.Id()).Number("version"));
        Assert.Equal(2, Assert.Single(await Server.ListAsync("api/zones?at=2026-03-10T00:00:00%2B08:00"), z => z.Id() == first.Id()).Number("version"));
        Assert.Equal(["2", "1"], (await Server.ListAsync(path + "/versions")).Select(v => v.Property("version").GetRawText()), StringComparer.Ordinal);
        Assert.Equal("2026-03-09", (await Server.OneAsync(path + "?version=1")).Text("effectiveTo"));
    }

    [Fact]
    public async Task A_simulated_zone_regulates_only_what_is_simulated()
    {
        var place = Server.Places.NextWellInside(0.03);
        var (real, played) = (await Server.AddBoilerAsync(place), await Server.AddBoilerAsync(place with { Lon = place.Lon + 0.001 }, simulated: true));

        await Server.PublishAsync(await Server.DraftAsync("coalFree", "演示区", ZoneCalls.Square(place), simulated: true), "2026-01-01");

        Assert.Empty(await Server.ViolationsOfAsync(real, Facility));
        Assert.True(Assert.Single(await Server.ViolationsOfAsync(played, Facility)).Property("simulated").GetBoolean());
    }

    [Fact]
    public async Task The_impact_tells_what_publishing_then_does_and_writes_nothing()
    {
        var place = Server.Places.NextWellInside(0.03);
        var (west, east) = (await Server.AddBoilerAsync(place with { Lon = place.Lon - 0.005 }), await Server.AddBoilerAsync(place with { Lon = place.Lon + 0.015 }));
        var zone = await Server.DraftAsync("coalFree", "影响", ZoneCalls.Square(place));
        await Server.PublishAsync(zone, "2026-01-01");
        await Server.PutAsync($"api/zones/{zone.Id()}", new { kind = "coalFree", name = "影响", geometry = ZoneCalls.Square(place with { Lon = place.Lon + 0.01 }) }, "\"1.2\"");
        var head = await Server.HeadAsync();

        var impact = await Server.DoAsync(zone.Id(), "impact", new { effectiveFrom = "2026-03-15" });

        Assert.Equal(200, (int)impact.Status);
        Assert.Equal(head, await Server.HeadAsync());
        Assert.Equal("draft", (await Server.OneAsync($"api/zones/{zone.Id()}")).Text("status"));
        Assert.Equal(1, impact.Json.GetProperty("opens").GetProperty("byRule").GetProperty(Facility).GetInt32());
        Assert.Equal(1, impact.Json.GetProperty("closes").GetProperty("byCounty").GetProperty(west.GetProperty("county").GetString()!).GetInt32());
        var subjects = impact.Json.GetProperty("subjects").EnumerateArray().ToDictionary(s => s.GetProperty("id").GetString()!, s => s.GetProperty("change").GetString(), StringComparer.Ordinal);
        Assert.Equal("closes", subjects[west.GetProperty("id").GetString()!]);
        Assert.Equal("opens", subjects[east.GetProperty("id").GetString()!]);
        var effect = await Server.PublishAsync(zone, "2026-03-15");
        Assert.Equal((1, 1), (effect.GetProperty("opened").GetInt32(), effect.GetProperty("closed").GetInt32()));
    }

    [Fact]
    public async Task The_first_urban_area_decides_what_could_not_be_decided_without_one()
    {
        var place = Server.Places.NextWellInside(0.03);
        var land = new { name = "城中裸地", treatment = "none", since = "2025-01-01", lon = place.Lon, lat = place.Lat };
        var inside = await Server.AddAsync("land", land);
        var far = Server.Places.NextWellInside(0.03);
        var outside = await Server.AddAsync("land", land with { name = "城外裸地", lon = far.Lon, lat = far.Lat });
        Assert.Equal(["urban-area", "urban-area"], await UndecidedAsync(inside, outside), StringComparer.Ordinal);

        var area = await Server.DraftAsync("urbanArea", "市区", ZoneCalls.Square(place));
        await Server.PublishAsync(area, "2026-03-15");

        Assert.Empty(await UndecidedAsync(inside, outside));
        Assert.Equal(["A30.BareLand"], await Server.OpenRulesAsync(inside), StringComparer.Ordinal);
        Assert.Empty(await Server.OpenRulesAsync(outside));
        await Server.RetireAsync(area);
    }

    [Theory]
    [InlineData("""{"effectiveFrom":"2026-03-15"}""", "documentNumber")]
    [InlineData("""{"documentNumber":"x"}""", "effectiveFrom")]
    [InlineData("""{"documentNumber":"x","effectiveFrom":"2026-13-01"}""", "effectiveFrom")]
    [InlineData("""{"documentNumber":"x","effectiveFrom":"2026-03-15","effectiveTo":"2026-03-14"}""", "effectiveTo")]
    [InlineData("""{"documentNumber":"x","effectiveFrom":"2026-03-14"}""", "reason")]
    [InlineData("""{"documentNumber":5,"effectiveFrom":"2026-03-15"}""", "documentNumber")]
    [InlineData("[]", "body")]
    public async Task A_publication_needs_its_document_its_days_and_for_the_past_a_reason(string body, string field)
    {
        var draft = await Server.DraftAsync("freightRestriction", "限行", ZoneCalls.Square(new(111.5, 36.1)));
        var faults = (await Server.SendAsync(HttpMethod.Post, $"api/zones/{draft.Id()}/publish", body, "\"1.1\"")).IsProblem(400, "invalid").Json.GetProperty("faults").EnumerateArray();
        Assert.Contains(faults, f => f.GetString()!.Contains(field, StringComparison.Ordinal));
        Assert.Equal("draft", (await Server.OneAsync($"api/zones/{draft.Id()}")).Text("status"));
        Assert.Empty(Server.TakeErrors());
    }

    async Task<List<string>> UndecidedAsync(params JsonElement[] subjects) => await Server.AskAllAsync(
        $"select missing from airmap.undecidables where rule = 'A30.BareLand' and subject_id in ({string.Join(',', subjects.Select(s => $"'{s.GetProperty("id").GetString()}'"))})");
}
