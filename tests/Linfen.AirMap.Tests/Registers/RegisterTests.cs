using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Registers;

/// <summary>Entries are added, changed, deleted and remembered, and no edit is lost silently.</summary>
public sealed class RegisterTests(OwnServer own) : IClassFixture<OwnServer>
{
    AirMapServer Server => own.Server;

    Dictionary<string, object?> Boiler(string name, params (string Name, object? Value)[] more)
    {
        var place = Server.FreshPlace();
        var body = new Dictionary<string, object?>(StringComparer.Ordinal) { ["name"] = name, ["kind"] = "boiler", ["fuel"] = "gas", ["status"] = "operating", ["lon"] = place.Lon, ["lat"] = place.Lat };
        foreach (var (key, value) in more)
        {
            body[key] = value;
        }

        return body;
    }

    [Fact]
    public async Task An_entry_is_stored_with_its_county_version_and_event()
    {
        var head = await Server.HeadAsync();
        var added = await Server.AddAsync("heating/boilers", Boiler("东关锅炉房", ("tonnesPerHour", 35.0), ("commissionedOn", "2019/11/1")));

        Assert.Equal(1, added.GetProperty("version").GetInt32());
        Assert.Equal(35m, added.GetProperty("tonnesPerHour").GetDecimal());
        Assert.Equal("2019-11-01", added.GetProperty("commissionedOn").GetString());
        Assert.Matches("^1410[0-9]{2}$", added.GetProperty("county").GetString());
        var told = Assert.Single(await Server.EventsAsync(head), e => e.Type() == "subject.changed");
        Assert.Equal(added.GetProperty("id").GetString(), told.GetProperty("id").GetString());
        Assert.Equal("东关锅炉房", (await Server.GetAsync($"api/heating/boilers/{added.GetProperty("id").GetString()}")).Json.GetProperty("properties").GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_change_needs_the_tag_of_the_version_that_was_seen()
    {
        var added = await Server.AddAsync("heating/boilers", Boiler("无标签"));
        var path = $"api/heating/boilers/{added.GetProperty("id").GetString()}";
        (await Server.PutAsync(path, Boiler("无标签"), null)).IsProblem(428, "if-match-required");
        (await Server.DeleteAsync(path, null)).IsProblem(428, "if-match-required");
    }

    [Fact]
    public async Task Of_two_editors_the_second_gets_both_versions_and_nothing_is_lost()
    {
        var added = await Server.AddAsync("heating/boilers", Boiler("两人同改"));
        var path = $"api/heating/boilers/{added.GetProperty("id").GetString()}";
        var first = await Server.PutAsync(path, Boiler("两人同改", ("tonnesPerHour", 20)), "\"1\"");
        Assert.Equal(200, (int)first.Status);

        var second = (await Server.PutAsync(path, Boiler("两人同改", ("tonnesPerHour", 65)), "\"1\"")).IsProblem(409, "version-differs").Json;

        Assert.Equal(20, second.GetProperty("stored").GetProperty("properties").GetProperty("tonnesPerHour").GetInt32());
        Assert.Equal(2, second.GetProperty("stored").GetProperty("properties").GetProperty("version").GetInt32());
        Assert.Equal(65, second.GetProperty("yours").GetProperty("properties").GetProperty("tonnesPerHour").GetInt32());
        (await Server.DeleteAsync(path, "\"1\"")).IsProblem(409, "version-differs");
        Assert.Equal(200, (int)(await Server.GetAsync(path)).Status);
    }

    [Fact]
    public async Task The_same_code_is_not_added_twice()
    {
        var code = "B-" + Guid.NewGuid().ToString("N");
        await Server.AddAsync("heating/boilers", Boiler("一号", ("code", code)));
        var refused = (await Server.PostAsync("api/heating/boilers", JsonSerializer.Serialize(Boiler("二号", ("code", code))))).IsProblem(409, "exists").Json;
        Assert.Equal("一号", refused.GetProperty("stored").GetProperty("properties").GetProperty("name").GetString());
        Assert.Equal("二号", refused.GetProperty("yours").GetProperty("properties").GetProperty("name").GetString());
    }

    [Fact]
    public async Task The_history_tells_every_version_and_outlives_the_entry()
    {
        var added = await Server.AddAsync("heating/boilers", Boiler("有历史"));
        var path = $"api/heating/boilers/{added.GetProperty("id").GetString()}";
        await Server.ChangeAsync("heating/boilers", added, ("status", "closed"));
        Assert.Equal(204, (int)(await Server.DeleteAsync(path, "\"2\"")).Status);

        Assert.Equal(404, (int)(await Server.GetAsync(path)).Status);
        var versions = (await Server.GetAsync(path + "/history")).Json.GetProperty("versions").EnumerateArray().ToList();
        Assert.Equal(["deleted", "changed", "created"], versions.Select(v => v.GetProperty("action").GetString()), StringComparer.Ordinal);
        Assert.Equal(["closed", "closed", "operating"], versions.Select(v => v.GetProperty("data").GetProperty("properties").GetProperty("status").GetString()), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("""{"kind":"boiler","lon":111.5,"lat":36.1}""", "name")]
    [InlineData("""{"name":"x","fuel":"plutonium","lon":111.5,"lat":36.1}""", "fuel")]
    [InlineData("""{"name":"x","tonnesPerHour":-1,"lon":111.5,"lat":36.1}""", "tonnesPerHour")]
    [InlineData("""{"name":"x","tonnesPerHour":"many","lon":111.5,"lat":36.1}""", "tonnesPerHour")]
    [InlineData("""{"name":"x","commissionedOn":"2024-02-30","lon":111.5,"lat":36.1}""", "commissionedOn")]
    [InlineData("""{"name":"x","lon":36.1,"lat":111.5}""", "swapped")]
    [InlineData("""{"name":"x","lon":116.4,"lat":39.9}""", "outside the city")]
    [InlineData("""{"name":"x","lon":111.5,"lat":36.1,"crs":"Mars"}""", "crs")]
    [InlineData("""{"name":"x","plantId":"no such plant","lon":111.5,"lat":36.1}""", "plantId")]
    [InlineData("""{"name":"x","geometry":{"type":"Polygon","coordinates":[[[111.5,36.1],[111.6,36.2],[111.6,36.1],[111.5,36.2],[111.5,36.1]]]}}""", "geometry")]
    [InlineData("""{"name":"x","geometry":{"type":"LineString","coordinates":[[111.5,36.1],[111.6,36.2]]}}""", "geometry")]
    [InlineData("""{"name":"x","geometry":{"type":"Point","coordinates":["a"]}}""", "geometry")]
    [InlineData("""[1]""", "body")]
    public async Task What_cannot_be_is_refused_by_the_name_of_the_field(string body, string field)
    {
        var faults = (await Server.PostAsync("api/heating/boilers", body)).IsProblem(400, "invalid").Json.GetProperty("faults").EnumerateArray().Select(f => f.GetString()!);
        Assert.Contains(faults, f => f.Contains(field, StringComparison.Ordinal));
        Assert.Empty(Server.TakeErrors());
    }

    [Fact]
    public async Task A_place_in_GCJ02_is_stored_as_CGCS2000()
    {
        var added = await Server.PostAsync("api/heating/boilers", """{"name":"火星坐标","lon":111.5062,"lat":36.0883,"crs":"GCJ02"}""");
        var at = added.Json.GetProperty("geometry").GetProperty("coordinates");
        var metres = Linfen.AirMap.Geo.Geodesic.DistanceMetres(new(at[0].GetDouble(), at[1].GetDouble()), new(111.5062, 36.0883));
        Assert.InRange(metres, 450, 620);
    }

    [Fact]
    public async Task A_machine_lies_where_its_site_lies_and_follows_it()
    {
        var place = Server.FreshPlace();
        var site = await Server.AddAsync("sites", new { name = "鼓楼工地", status = "active", areaSquareMetres = 4000, lon = place.Lon, lat = place.Lat });
        var machine = await Server.AddAsync($"sites/{site.GetProperty("id").GetString()}/machines", new { name = "装载机1", kind = "loader", power = "diesel" });
        Assert.Equal(site.GetProperty("county").GetString(), machine.GetProperty("county").GetString());

        var elsewhere = Server.FreshPlace();
        var path = $"api/sites/{site.GetProperty("id").GetString()}";
        Assert.Equal(200, (int)(await Server.PutAsync(path, new { name = "鼓楼工地", status = "active", areaSquareMetres = 4000, lon = elsewhere.Lon, lat = elsewhere.Lat }, "\"1\"")).Status);

        var moved = (await Server.GetAsync($"api/machines/{machine.GetProperty("id").GetString()}")).Json;
        Assert.Equal(elsewhere.Lon, moved.GetProperty("geometry").GetProperty("coordinates")[0].GetDouble(), 6);
        var of = (await Server.GetAsync(path + "/machines")).Json.GetProperty("features").EnumerateArray();
        Assert.Equal("装载机1", Assert.Single(of).GetProperty("properties").GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_list_goes_on_page_by_page_without_gap_or_repeat()
    {
        var mark = Guid.NewGuid().ToString("N")[..8];
        for (var i = 0; i < 7; i++)
        {
            var place = Server.FreshPlace();
            await Server.AddAsync("land", new { name = $"裸地{mark}{i.ToString(CultureInfo.InvariantCulture)}", lon = place.Lon, lat = place.Lat });
        }

        var names = new List<string>();
        for (var next = $"/api/land?limit=3&q={mark}"; next is not null;)
        {
            var page = (await Server.GetAsync(next[1..])).Json;
            names.AddRange(page.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("properties").GetProperty("name").GetString()!));
            next = page.GetProperty("next").GetString();
        }

        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"裸地{mark}{i.ToString(CultureInfo.InvariantCulture)}"), names.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_interface_describes_every_field_with_its_Chinese_title()
    {
        var registers = (await Server.GetAsync("api/registers")).Json.GetProperty("registers").EnumerateArray().ToList();
        Assert.Equal(
            ["plant", "boiler", "site", "machine", "inspection", "monitor", "land", "yard", "road", "station", "park", "enterprise", "heatSource"],
            registers.Select(r => r.GetProperty("kind").GetString()),
            StringComparer.Ordinal);
        Assert.All(registers.SelectMany(r => r.GetProperty("fields").EnumerateArray()), f => Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", f.GetProperty("title").GetString()!));
        var described = (await Server.GetAsync("openapi/v1.json")).Text;
        Assert.Contains("tonnesPerHour", described, StringComparison.Ordinal);
    }
}
