using System.Text.Json;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Zones;

/// <summary>Zones and heat radii as lists and files tell them, on any day.</summary>
public sealed class ZoneListTests(OwnServer own) : IClassFixture<OwnServer>
{
    static readonly LonLat Zhaoguang = new(111.69177, 36.5538);

    AirMapServer Server => own.Server;

    [Fact]
    public async Task A_list_for_a_day_has_what_held_on_it_also_when_it_was_retired_later()
    {
        var zone = await Server.DraftAsync("builtUp", "某日", ZoneCalls.Square(Server.Places.NextWellInside(0.03)));
        await Server.PublishAsync(zone, "2026-02-01");
        await Server.RetireAsync(zone, "2026-02-28");

        async Task<bool> HeldOn(string at) => (await Server.ZoneIdsAsync("kind=builtUp&at=" + at)).Contains(zone.Id(), StringComparer.Ordinal);
        Assert.False(await HeldOn("2026-01-31"));
        Assert.True(await HeldOn("2026-02-01"));
        Assert.True(await HeldOn("2026-02-28"));
        Assert.True(await HeldOn("2026-02-28T15:59:59Z"));
        Assert.False(await HeldOn("2026-02-28T16:00:00Z"));
        Assert.False(await HeldOn("2026-03-15"));
    }

    [Fact]
    public async Task Kind_place_and_mark_narrow_the_list()
    {
        var place = Server.Places.NextWellInside(0.03);
        var zone = await Server.DraftAsync("heatNetwork", "供热", ZoneCalls.Square(place));
        var played = await Server.DraftAsync("heatNetwork", "演示供热", ZoneCalls.Square(place), simulated: true);
        await Server.PublishAsync(zone, "2026-03-15");
        await Server.PublishAsync(played, "2026-03-15");
        var far = Server.Places.NextWellInside(0.03);

        Assert.Equal([zone.Id()], await Server.ZoneIdsAsync("kind=heatNetwork&simulated=exclude&" + Reading.Around(place)), StringComparer.Ordinal);
        Assert.Equal([played.Id()], await Server.ZoneIdsAsync("kind=HeatNetwork&simulated=only"), StringComparer.Ordinal);
        Assert.Empty(await Server.ZoneIdsAsync("kind=heatNetwork&" + Reading.Around(far)));
        Assert.Contains(await Server.ZoneIdsAsync("kind=heatNetwork&county=" + Server.Places.CountyOf(place)), id => id == zone.Id());
        var met = zone.Property("counties").EnumerateArray().Select(c => c.GetString()).ToList();
        var other = new[] { "141002", "141081", "141032" }.First(code => !met.Contains(code, StringComparer.Ordinal));
        Assert.DoesNotContain(await Server.ZoneIdsAsync("kind=heatNetwork&county=" + other), id => id == zone.Id());
    }

    [Fact]
    public async Task Heat_radii_are_derived_from_the_plants()
    {
        var circles = (await Server.ListAsync("api/zones?kind=heatRadius")).ToDictionary(c => c.Text("name")!, StringComparer.Ordinal);
        Assert.Equal(["大唐国际临汾热电供热半径", "山西兆光发电厂供热半径"], circles.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        var circle = circles["山西兆光发电厂供热半径"];
        Assert.True(circle.Property("derived").GetBoolean());
        var ring = circle.GetProperty("geometry").GetProperty("coordinates")[0].EnumerateArray().ToList();
        Assert.Equal(361, ring.Count);
        Assert.All(ring, c => Assert.Equal(30_000, Geodesic.DistanceMetres(Zhaoguang, new(c[0].GetDouble(), c[1].GetDouble())), 0.02));
        Assert.Equal(2, (await Server.ListAsync("api/zones?limit=1")).Count(z => z.Property("derived").GetBoolean()));
        Assert.Empty(await Server.ListAsync("api/zones?kind=heatRadius&at=2024-04-16"));
        Assert.Single(await Server.ListAsync("api/zones?kind=heatRadius&" + Reading.Around(new(111.69, 36.8))));
        Assert.Empty(await Server.ListAsync("api/zones?kind=heatRadius&simulated=only"));
    }

    [Fact]
    public async Task Pages_go_on_without_gap_or_repeat_also_within_one_zone()
    {
        var place = Server.Places.NextWellInside(0.03);
        var zone = await Server.DraftAsync("urbanPlanningArea", "分页", ZoneCalls.Square(place));
        for (var version = 1; version <= 3; version++)
        {
            await Server.PublishAsync(zone, $"2026-03-1{version}");
            await Server.PutAsync($"api/zones/{zone.Id()}", new { kind = "urbanPlanningArea", name = "分页", geometry = ZoneCalls.Square(place) }, (await TagAsync(zone)));
        }

        await Server.RetireAsync(zone, "2026-03-11");

        var whole = (await Server.ListAsync("api/zones?status=all&limit=1000")).ConvertAll(Key);
        Assert.Equal(whole, (await Server.ListAsync("api/zones?status=all&limit=1")).ConvertAll(Key), StringComparer.Ordinal);
        Assert.Equal(whole.Count, whole.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(4, whole.Count(k => k.StartsWith(zone.Id(), StringComparison.Ordinal)));
        static string Key(JsonElement z) => $"{z.Id()} {z.Property("version").GetRawText()}";
    }

    [Theory]
    [InlineData("kind=moon")]
    [InlineData("at=yesterday")]
    [InlineData("status=gone")]
    [InlineData("cursor=abc")]
    [InlineData("cursor=derived-0")]
    [InlineData("cursor=99999999999999999999-x-1")]
    [InlineData("limit=0")]
    [InlineData("bbox=1,2,3")]
    public async Task A_question_without_sense_is_refused(string query)
    {
        (await Server.GetAsync("api/zones?" + query)).IsProblem(400, "query-invalid");
        Assert.Empty(Server.TakeErrors());
    }

    [Fact]
    public async Task The_kinds_are_told_with_their_articles_and_rules()
    {
        var kinds = (await Server.GetAsync("api/zone-kinds")).Json.GetProperty("kinds").EnumerateArray().ToDictionary(k => k.GetProperty("code").GetString()!, StringComparer.Ordinal);
        Assert.Equal(13, kinds.Count);
        Assert.Equal("禁煤区", kinds["coalFree"].GetProperty("title").GetString());
        Assert.Contains(kinds["coalFree"].GetProperty("rules").EnumerateArray(), r => r.GetString() == "A20.LooseCoal");
        Assert.True(kinds["heatRadius"].GetProperty("derived").GetBoolean());
        Assert.Equal(18, kinds["heatNetwork"].GetProperty("article").GetInt32());
    }

    [Fact]
    public async Task What_is_exported_imports_without_a_change_and_elsewhere_as_the_same_law()
    {
        var place = Server.Places.NextWellInside(0.03);
        var boiler = await Server.AddBoilerAsync(place);
        string Feature(string name, LonLat at, string more) =>
            $$"""{"type":"Feature","properties":{"name":"{{name}}"{{more}}},"geometry":{{JsonSerializer.Serialize(ZoneCalls.Square(at))}}}""";
        var file = $$"""
            {"type":"FeatureCollection","features":[
            {{Feature("导入一", place, ",\"documentNumber\":\"临政办〔2025〕9号\",\"effectiveFrom\":\"2025-10-01\"")}},
            {{Feature("导入草案", Server.Places.NextWellInside(0.03), "")}},
            {{Feature("导入草案", Server.Places.NextWellInside(0.03), "")}},
            {{Feature("城外", new(116.4, 39.9), "")}},
            {{Feature("缺文号", place, ",\"effectiveFrom\":\"2025-10-01\"")}}]}
            """;
        async Task<(int Created, int Changed, int Unchanged, int Rejected)> ImportAsync(string text, string query)
        {
            var answer = await Server.PostAsync("api/zones/import" + query, text);
            Assert.True((int)answer.Status == 200, answer.Text);
            return (answer.Json.GetProperty("created").GetInt32(), answer.Json.GetProperty("changed").GetInt32(), answer.Json.GetProperty("unchanged").GetInt32(), answer.Json.GetProperty("rejectedCount").GetInt32());
        }

        Assert.Equal((2, 0, 0, 3), await ImportAsync(file, "?kind=coalFree&dryRun=true"));
        Assert.Empty(await Server.OpenRulesAsync(boiler));
        Assert.Equal((2, 0, 0, 3), await ImportAsync(file, "?kind=coalFree"));
        Assert.Equal(["A20.CoalFacility"], await Server.OpenRulesAsync(boiler), StringComparer.Ordinal);
        var head = await Server.HeadAsync();
        Assert.Equal((0, 0, 2, 3), await ImportAsync(file, "?kind=coalFree"));

        var exported = await Server.GetAsync("api/zones/export?format=geojson&kind=coalFree");
        Assert.Equal(200, (int)exported.Status);
        var features = exported.Json.GetProperty("features").GetArrayLength();
        Assert.Equal((0, 0, features, 0), await ImportAsync(exported.Text, ""));
        Assert.Equal(head, await Server.HeadAsync());
        Assert.Equal((0, 1, 1, 3), await ImportAsync(file.Replace("2025-10-01", "2025-11-01", StringComparison.Ordinal), "?kind=coalFree"));

        (await Server.GetAsync("api/zones/export?format=shp")).IsProblem(400, "format-unsupported");
        (await Server.PostAsync("api/zones/import?kind=coalFree", "{}")).IsProblem(400, "not-geojson");
        (await Server.PostAsync("api/zones/import?kind=coalFree", "[")).IsProblem(400, "not-geojson");
        (await Server.PostAsync("api/zones/import?kind=moon", file)).IsProblem(400, "query-invalid");
        Assert.Empty(Server.TakeErrors());
    }

    [Theory]
    [InlineData("CGCS2000", "CGCS2000")]
    [InlineData("WGS84", "WGS84")]
    [InlineData("gcj-02", "GCJ02")]
    [InlineData("BD09", "BD09")]
    [InlineData("EPSG:4546", "EPSG:4546")]
    [InlineData("urn:ogc:def:crs:EPSG::4525", "EPSG:4525")]
    public async Task An_export_in_another_system_says_so_and_imports_as_the_same_zone(string asked, string name)
    {
        var zone = await Server.DraftAsync("sweepingDuty", "坐标" + Guid.NewGuid().ToString("N"), ZoneCalls.Square(Server.Places.NextWellInside(0.03)));
        await Server.PublishAsync(zone, "2026-02-01");
        Assert.True(CoordinateSystem.TryParse(name, out var system));

        var exported = await Server.GetAsync("api/zones/export?kind=sweepingDuty&crs=" + Uri.EscapeDataString(asked));

        Assert.Equal(200, (int)exported.Status);
        Assert.Equal(name.Replace("EPSG:", "urn:ogc:def:crs:EPSG::", StringComparison.Ordinal), exported.Json.GetProperty("crs").GetProperty("properties").GetProperty("name").GetString());
        var feature = exported.Json.GetProperty("features").EnumerateArray().Single(f => f.Id() == zone.Id());
        Assert.Equal(name, feature.GetProperty("properties").GetProperty("crs").GetString());
        foreach (var (stored, written) in Corners(zone).Zip(Corners(feature)))
        {
            var back = system.ToCgcs2000(written.X, written.Y);
            Assert.True(Geodesic.DistanceMetres(new(stored.X, stored.Y), back) < 0.001, $"{stored} {written} {back}");
        }

        var head = await Server.HeadAsync();
        var again = await Server.PostAsync("api/zones/import", exported.Text);
        Assert.Equal((exported.Json.GetProperty("features").GetArrayLength(), 0), (again.Json.GetProperty("unchanged").GetInt32(), again.Json.GetProperty("rejectedCount").GetInt32()));
        Assert.Equal(head, await Server.HeadAsync());

        // As another program writes it: the collection names the system, the feature does not.
        var copy = $$"""{"type":"FeatureCollection","crs":{{exported.Json.GetProperty("crs").GetRawText()}},"features":[{"type":"Feature","properties":{"name":"副本{{zone.Id()}}"},"geometry":{{feature.GetProperty("geometry").GetRawText()}}}]}""";
        var made = await Server.PostAsync("api/zones/import?kind=sweepingDuty", copy);
        Assert.True(made.Json.GetProperty("created").GetInt32() == 1, made.Text);
        var copied = (await Server.ListAsync("api/zones?kind=sweepingDuty&status=draft")).Single(f => f.GetProperty("properties").GetProperty("name").GetString() == "副本" + zone.Id());
        // What lists tell is rounded to the centimetre.
        Assert.All(Corners(zone).Zip(Corners(copied)), pair => Assert.True(Geodesic.DistanceMetres(new(pair.First.X, pair.First.Y), new(pair.Second.X, pair.Second.Y)) < 0.015));
    }

    [Theory]
    [InlineData("mars")]
    [InlineData("EPSG:3857")]
    [InlineData("EPSG:4534")]
    public async Task An_export_in_a_system_that_is_not_known_or_of_elsewhere_is_refused(string crs)
    {
        var refused = (await Server.GetAsync("api/zones/export?crs=" + crs)).IsProblem(400, "query-invalid");
        Assert.Contains("EPSG:4546", refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    static List<(double X, double Y)> Corners(JsonElement feature)
    {
        var numbers = new List<double>();
        Gather(feature.GetProperty("geometry").GetProperty("coordinates"));
        return [.. numbers.Chunk(2).Select(p => (p[0], p[1]))];

        void Gather(JsonElement part)
        {
            if (part.ValueKind == JsonValueKind.Number)
            {
                numbers.Add(part.GetDouble());
                return;
            }

            foreach (var inner in part.EnumerateArray())
            {
                Gather(inner);
            }
        }
    }

    async Task<string> TagAsync(JsonElement zone)
    {
        using var answer = await Server.Client.GetAsync(new Uri($"api/zones/{zone.Id()}", UriKind.Relative));
        return answer.Headers.ETag!.Tag;
    }
}
