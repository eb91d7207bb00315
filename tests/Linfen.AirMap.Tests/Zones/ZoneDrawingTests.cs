using System.Globalization;
using System.Text;
using System.Text.Json;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Zones;

/// <summary>Drafts: what is taken, what is refused, and that no edit is lost silently.</summary>
public sealed class ZoneDrawingTests(OwnServer own) : IClassFixture<OwnServer>
{
    const string Ring = "[[111.5,36.1],[111.6,36.1],[111.6,36.2],[111.5,36.2],[111.5,36.1]]";

    AirMapServer Server => own.Server;

    static string Zone(string geometry, string more = "") => $$"""{"kind":"coalFree","name":"x","geometry":{{geometry}}{{more}}}""";

    static string OfRings(string rings) => Zone($$"""{"type":"Polygon","coordinates":{{rings}}}""");

    [Fact]
    public async Task A_draft_tells_its_kind_counties_and_area_and_holds_nowhere()
    {
        var place = Server.Places.NextWellInside(0.03);
        var head = await Server.HeadAsync();
        var draft = await Server.DraftAsync("coalFree", "草案", ZoneCalls.Square(place));

        Assert.Equal((1, "draft", "coalFree"), (draft.Number("version"), draft.Text("status"), draft.Text("kind")));
        Assert.Equal("禁煤区", draft.Property("kindTitle").GetProperty("zh").GetString());
        Assert.Contains(draft.Property("counties").EnumerateArray(), c => c.GetString() == Server.Places.CountyOf(place));
        var expected = await Server.AskAsync<double>($"select st_area(shape::geography) from airmap.zone_versions where id = '{draft.Id()}'");
        Assert.InRange(draft.Property("areaSquareMetres").GetDouble(), expected * 0.999999, expected * 1.000001);
        Assert.Equal(head, await Server.HeadAsync());
        Assert.DoesNotContain(await Server.ZoneIdsAsync("at=2026-03-15"), id => id == draft.Id());
        Assert.Contains(await Server.ZoneIdsAsync("status=draft"), id => id == draft.Id());
    }

    [Fact]
    public async Task A_Feature_in_Chinese_words_and_projected_metres_is_the_same_zone()
    {
        // EPSG:4546 is the 3-degree belt of 111°E without a zone number.
        const string feature = """
            {"type":"Feature","properties":{"kind":"禁煤区","name":"投影","crs":"EPSG:4546","note":"n"},
             "geometry":{"type":"MultiPolygon","coordinates":[[[[545000,3996000],[546000,3996000],[546000,3997000],[545000,3997000],[545000,3996000]]]]}}
            """;
        var zone = await Server.PostAsync("api/zones", feature);
        Assert.Equal(201, (int)zone.Status);
        Assert.InRange(zone.Json.Property("areaSquareMetres").GetDouble(), 999_900, 1_000_100);
        var corner = zone.Json.GetProperty("geometry").GetProperty("coordinates")[0][0][0];
        Assert.InRange(corner[0].GetDouble(), 111.49, 111.51);
    }

    [Theory]
    [InlineData("""{"name":"x"}""", "kind: is missing")]
    [InlineData("""{"kind":"coalFree","name":"x"}""", "geometry: is missing")]
    [InlineData("""{"kind":"heatRadius","name":"x"}""", "kind: 'heatRadius'")]
    [InlineData("""{"kind":"3","name":"x"}""", "kind: '3'")]
    [InlineData("""{"kind":"coalFree"}""", "name")]
    [InlineData("""{"kind":"coalFree","name":"a\u0000b"}""", "name")]
    [InlineData("""{"kind":"coalFree","name":"x","authority":"管委会"}""", "authority")]
    [InlineData("""{"kind":"coalFree","name":"x","minimumStage":3}""", "minimumStage")]
    [InlineData("""{"kind":"nonRoadMachineryControl","name":"x","minimumStage":99}""", "minimumStage")]
    [InlineData("""{"kind":"coalFree","name":"x","simulated":"yes"}""", "simulated")]
    [InlineData("[]", "body")]
    public async Task A_field_that_cannot_be_is_refused_by_its_name(string body, string fault) => await RefusedAsync(body, fault);

    [Theory]
    [InlineData("[[[111.5,36.1],[111.6,36.2],[111.6,36.1],[111.5,36.2],[111.5,36.1]]]", "111.55, 36.15")]
    [InlineData("[[[111.5,36.1],[111.6,36.1],[111.6,36.2],[111.5,36.2]]]", "not closed: it begins at 111.5, 36.1 and ends at 111.5, 36.2")]
    [InlineData("[[[111.5,36.1],[111.6,36.1],[111.5,36.1]]]", "needs at least 4")]
    [InlineData("[[[111.5,36.1],[111.6,36.1],[111.7,36.1],[111.5,36.1]]]", "111.")]
    [InlineData("[]", "no rings")]
    [InlineData("[[]]", "ring 1 is empty")]
    [InlineData("[[[36.1,111.5],[36.1,111.6],[36.2,111.6],[36.1,111.5]]]", "position 1 (36.1, 111.5): longitude and latitude seem to be swapped")]
    [InlineData("[[[111.5,36.1],[1e400,36.1],[111.6,36.2],[111.5,36.1]]]", "position 2: is no pair of numbers")]
    [InlineData("[[[111.5,36.1],[\"a\",36.1],[111.6,36.2],[111.5,36.1]]]", "position 2")]
    [InlineData("[[[111.5,36.1],null,[111.6,36.2],[111.5,36.1]]]", "position 2")]
    [InlineData("[[[111.5,36.1],[999,36.1],[111.6,36.2],[111.5,36.1]]]", "position 2 (999, 36.1): is no place on the Earth")]
    [InlineData("[[[116.3,39.9],[116.4,39.9],[116.4,40],[116.3,39.9]]]", "outside the city, around 116.3")]
    [InlineData("[" + Ring + ",[[111.7,36.1],[111.8,36.1],[111.8,36.2],[111.7,36.1]]]", "111.")]
    [InlineData("[" + Ring + ",[[111.55,36.15],[111.65,36.15],[111.65,36.18],[111.55,36.15]]]", "111.6, 36.1")]
    [InlineData("\"x\"", "geometry")]
    public async Task A_drawing_that_cannot_be_is_refused_with_the_coordinate(string rings, string fault) => await RefusedAsync(OfRings(rings), fault);

    [Theory]
    [InlineData("""{"type":"Point","coordinates":[111.5,36.1]}""", "Point is not taken")]
    [InlineData("""{"type":"MultiPolygon","coordinates":[]}""", "is empty")]
    [InlineData("""{"type":"MultiPolygon","coordinates":[[""" + Ring + "],[" + Ring + "]]}", "111.")]
    [InlineData("5", "no GeoJSON geometry")]
    [InlineData("""{"type":7}""", "no GeoJSON geometry")]
    public async Task What_is_no_area_is_refused(string geometry, string fault) => await RefusedAsync(Zone(geometry), fault);

    [Fact]
    public async Task Every_crossing_is_named()
    {
        var faults = await RefusedAsync(OfRings("[[[111.5,36.1],[111.6,36.2],[111.7,36.1],[111.7,36.2],[111.6,36.1],[111.5,36.2],[111.5,36.1]]]"), "111.55, 36.15");
        Assert.Contains(faults, f => f.Contains("111.65, 36.15", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_crs_bodies_that_are_no_JSON_and_a_hundred_thousand_vertices_are_refused()
    {
        await RefusedAsync(Zone($$"""{"type":"Polygon","coordinates":[{{Ring}}]}""", ",\"crs\":\"Mars\""), "crs");
        (await Server.PostAsync("api/zones", "{")).IsProblem(400, "not-json");
        (await Server.PostAsync("api/zones", new string('[', 10_000))).IsProblem(400, "not-json");
        var circle = new StringBuilder("[[");
        for (var i = 0; i < 100_002; i++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * i / 100_001);
            circle.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"[{111.5 + 0.1 * cos},{36.1 + 0.1 * sin}]");
        }

        await RefusedAsync(OfRings(circle.Append("]]").ToString()), "more than 100000 vertices");
    }

    [Fact]
    public async Task A_change_needs_the_tag_of_what_was_seen_and_the_second_editor_gets_both_versions()
    {
        var place = Server.Places.NextWellInside(0.03);
        var draft = await Server.DraftAsync("coalFree", "两人同改", ZoneCalls.Square(place));
        var path = $"api/zones/{draft.Id()}";
        object Body(string name) => new { kind = "coalFree", name, geometry = ZoneCalls.Square(place) };
        (await Server.PutAsync(path, Body("无标签"), null)).IsProblem(428, "if-match-required");
        (await Server.DeleteAsync(path, null)).IsProblem(428, "if-match-required");
        Assert.Equal(200, (int)(await Server.PutAsync(path, Body("甲"), "\"1.1\"")).Status);

        var second = (await Server.PutAsync(path, Body("乙"), "\"1.1\"")).IsProblem(409, "version-differs").Json;

        Assert.Equal("甲", second.GetProperty("stored").Text("name"));
        Assert.Equal("乙", second.GetProperty("yours").Text("name"));
        (await Server.DeleteAsync(path, "\"1.1\"")).IsProblem(409, "version-differs");
        var late = await Server.SendAsync(HttpMethod.Post, path + "/publish", """{"documentNumber":"x","effectiveFrom":"2026-03-15"}""", "\"1.1\"");
        late.IsProblem(409, "version-differs");
        Assert.Equal(204, (int)(await Server.DeleteAsync(path, "\"1.2\"")).Status);
        Assert.Equal(404, (int)(await Server.GetAsync(path)).Status);
        Assert.Equal(404, (int)(await Server.PutAsync(path, Body("丙"), "\"1.2\"")).Status);
    }

    [Fact]
    public async Task Publishing_and_retiring_name_the_version_that_was_seen()
    {
        var draft = await Server.DraftAsync("freightRestriction", "须见其版", ZoneCalls.Square(Server.Places.NextWellInside(0.03)));
        var path = $"api/zones/{draft.Id()}";
        const string Publication = """{"documentNumber":"x","effectiveFrom":"2026-03-15"}""";
        (await Server.PostAsync(path + "/publish", Publication)).IsProblem(428, "if-match-required");
        Assert.Equal("draft", (await Server.OneAsync(path)).Text("status"));
        Assert.Equal(200, (int)(await Server.SendAsync(HttpMethod.Post, path + "/publish", Publication, "\"1.1\"")).Status);
        (await Server.PostAsync(path + "/retire", "{}")).IsProblem(428, "if-match-required");
        (await Server.SendAsync(HttpMethod.Post, path + "/retire", """{"reason":"x"}""", "\"1.1\"")).IsProblem(409, "version-differs");
        Assert.Equal("published", (await Server.OneAsync(path)).Text("status"));
        Assert.Equal(200, (int)(await Server.SendAsync(HttpMethod.Post, path + "/retire", """{"reason":"x"}""", await Server.TagAsync(path))).Status);
    }

    [Fact]
    public async Task What_was_published_is_not_deleted_and_keeps_its_kind()
    {
        var place = Server.Places.NextWellInside(0.03);
        var zone = await Server.DraftAsync("freightRestriction", "绕行", ZoneCalls.Square(place));
        await Server.PublishAsync(zone, "2026-03-15");
        var path = $"api/zones/{zone.Id()}";
        (await Server.DeleteAsync(path, "\"1.2\"")).IsProblem(409, "not-a-draft");
        (await Server.PutAsync(path, new { kind = "coalFree", name = "x", geometry = ZoneCalls.Square(place) }, "\"1.2\"")).IsProblem(400, "invalid");
        (await Server.DoAsync(zone.Id(), "publish", new { documentNumber = "x", effectiveFrom = "2026-03-15" })).IsProblem(409, "not-a-draft");
        (await Server.DoAsync(Guid.NewGuid().ToString(), "publish", new { documentNumber = "x", effectiveFrom = "2026-03-15" })).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task A_zone_may_bring_its_own_id_once()
    {
        var id = Guid.NewGuid();
        var body = JsonSerializer.Serialize(new { id, kind = "builtUp", name = "县城", geometry = ZoneCalls.Square(Server.Places.NextWellInside(0.03)) });
        Assert.Equal(id.ToString(), (await Server.PostAsync("api/zones", body)).Json.Id());
        (await Server.PostAsync("api/zones", body)).IsProblem(409, "exists");
    }

    [Fact]
    public async Task The_survey_names_overlaps_parts_outside_and_slivers()
    {
        var place = new Linfen.AirMap.Geo.LonLat(111.62, 36.3);
        var neighbour = await Server.DraftAsync("sweepingDuty", "邻区", ZoneCalls.Square(place));
        await Server.PublishAsync(neighbour, "2026-03-15");
        double[][][] Box(double lon, double lat, double half) => [[[lon - half, lat - half], [lon + half, lat - half], [lon + half, lat + half], [lon - half, lat + half], [lon - half, lat - half]]];
        var shape = new { type = "MultiPolygon", coordinates = new[] { Box(place.Lon + 0.01, place.Lat, 0.005), Box(place.Lon + 0.03, place.Lat, 0.00001), Box(110.0, 36.0, 0.01) } };
        var zone = await Server.DraftAsync("sweepingDuty", "有问题", shape);

        var survey = (await Server.DoAsync(zone.Id(), "validate", new { })).Json;

        Assert.True(survey.GetProperty("valid").GetBoolean());
        var warnings = survey.GetProperty("warnings").EnumerateArray().ToDictionary(w => w.GetProperty("type").GetString()!, w => w, StringComparer.Ordinal);
        Assert.Equal(["outside-city", "overlap", "sliver"], warnings.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(neighbour.Id(), warnings["overlap"].GetProperty("zone").GetProperty("id").GetString());
        Assert.InRange(warnings["overlap"].GetProperty("areaSquareMetres").GetDouble(), 450_000, 550_000);
        Assert.InRange(warnings["sliver"].GetProperty("areaSquareMetres").GetDouble(), 3, 5);
        Assert.Equal(110.0, warnings["outside-city"].GetProperty("lon").GetDouble(), 2);
    }

    async Task<List<string>> RefusedAsync(string body, string fault)
    {
        var faults = (await Server.PostAsync("api/zones", body)).IsProblem(400, "invalid").Json.GetProperty("faults").EnumerateArray().Select(f => f.GetString()!).ToList();
        Assert.True(faults.Exists(f => f.Contains(fault, StringComparison.Ordinal)), string.Join("; ", faults));
        Assert.Empty(Server.TakeErrors());
        return faults;
    }
}
