using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Search;

/// <summary>One box for everything that has a place.</summary>
public sealed class SearchTests(OwnServer own) : IClassFixture<OwnServer>
{
    AirMapServer Server => own.Server;

    async Task<List<JsonElement>> FindAsync(string q) =>
        [.. (await Server.GetAsync($"api/search?q={Uri.EscapeDataString(q)}")).Json.GetProperty("results").EnumerateArray()];

    static string? Name(JsonElement hit) => hit.GetProperty("name").GetString();

    async Task<JsonElement> BoilerAsync(string name, string? code = null)
    {
        var place = Server.FreshPlace();
        return await Server.AddAsync("heating/boilers", new { name, code, kind = "boiler", fuel = "gas", status = "operating", lon = place.Lon, lat = place.Lat });
    }

    [Theory]
    [InlineData("洪洞", "洪洞县")]
    [InlineData("htx", "洪洞县")]
    [InlineData("YD", "尧都区")]
    [InlineData("hz", "霍州市")]
    [InlineData("xx", "隰县")]
    [InlineData("141002", "尧都区")]
    [InlineData("hongtong", "洪洞县")]
    public async Task A_county_is_found_by_its_name_its_code_and_the_initials_people_say(string q, string name)
    {
        var found = await FindAsync(q);

        Assert.Contains(name, found.Where(h => h.GetProperty("kind").GetString() == "county").Select(Name), StringComparer.Ordinal);
        Assert.Equal(4, found.First(h => Name(h) == name).GetProperty("bbox").GetArrayLength());
    }

    [Fact]
    public async Task A_subject_is_found_by_parts_of_its_name_its_code_and_initials_and_the_nearest_name_comes_first()
    {
        var code = "ZG-" + Guid.NewGuid().ToString("N")[..8];
        var longer = await BoilerAsync("谧谧兆光热力二号锅炉房");
        var shorter = await BoilerAsync("谧谧兆光", code);

        foreach (var q in new[] { "谧谧兆", "mmzg", "MMZG", "谧兆光" })
        {
            Assert.Equal(["谧谧兆光", "谧谧兆光热力二号锅炉房"], (await FindAsync(q)).Select(Name), StringComparer.Ordinal);
        }

        Assert.Equal(longer.GetProperty("id").GetString(), Assert.Single(await FindAsync("谧谧兆光热力")).GetProperty("id").GetString());
        var hit = Assert.Single(await FindAsync(code.ToLowerInvariant()));
        Assert.Equal((shorter.GetProperty("id").GetString(), "boiler", shorter.GetProperty("county").GetString()), (hit.GetProperty("id").GetString(), hit.GetProperty("kind").GetString(), hit.GetProperty("county").GetString()));
        var place = (await Server.GetAsync($"api/heating/boilers/{shorter.GetProperty("id").GetString()}")).Json.GetProperty("geometry").GetProperty("coordinates");
        Assert.Equal((place[0].GetDouble(), place[1].GetDouble()), (hit.GetProperty("lon").GetDouble(), hit.GetProperty("lat").GetDouble()));
        Assert.Empty(await FindAsync("谧谧%"));
    }

    [Fact]
    public async Task Several_words_find_what_holds_them_all_in_name_code_and_county()
    {
        var boiler = await BoilerAsync("諴諴供热站 二号锅炉", "QQ-" + Guid.NewGuid().ToString("N")[..6]);
        var county = (await Server.ListAsync("api/counties")).Single(c => c.Property("code").GetString() == boiler.GetProperty("county").GetString()).Text("name")!;

        foreach (var q in new[] { $"{county} 諴諴", $"諴諴　{county[..^1]}", "二号 諴諴 qq" })
        {
            Assert.Equal([boiler.GetProperty("id").GetString()], (await FindAsync(q)).Select(h => h.GetProperty("id").GetString()), StringComparer.Ordinal);
        }

        Assert.Empty(await FindAsync("諴諴 三号"));
    }

    [Fact]
    public async Task A_zone_is_found_once_it_is_published()
    {
        var name = "谙谙禁煤区" + Guid.NewGuid().ToString("N")[..6];
        var zone = await Zones.ZoneCalls.DraftAsync(Server, "coalFree", name, Zones.ZoneCalls.Square(Server.FreshPlace()));
        Assert.Empty(await FindAsync(name));

        await Zones.ZoneCalls.PublishAsync(Server, zone, "2026-01-01");

        var hit = Assert.Single(await FindAsync(name));
        Assert.Equal(("zone", zone.Id()), (hit.GetProperty("kind").GetString(), hit.GetProperty("id").GetString()));
        Assert.Equal(name, Name(Assert.Single(await FindAsync("aajmq" + name[^6..]))));
    }

    [Fact]
    public async Task Coordinates_are_answered_in_every_system_they_may_be_of_with_their_county()
    {
        var found = await FindAsync("36.08，111.52");

        Assert.Equal(["CGCS2000", "GCJ02", "BD09"], found.Select(Name), StringComparer.Ordinal);
        Assert.Equal((111.52, 36.08, "141002"), (found[0].GetProperty("lon").GetDouble(), found[0].GetProperty("lat").GetDouble(), found[0].GetProperty("county").GetString()));
        var grid = Assert.Single(await FindAsync("37546837.917 3994544.622"));
        Assert.Equal((111.52, 36.08), (Math.Round(grid.GetProperty("lon").GetDouble(), 6), Math.Round(grid.GetProperty("lat").GetDouble(), 6)));
        Assert.Equal(JsonValueKind.Null, (await FindAsync("39.9N 116.4E"))[0].GetProperty("county").ValueKind);
    }

    [Fact]
    public async Task Whoever_sees_some_counties_finds_nothing_of_the_others()
    {
        var boiler = await BoilerAsync("羧羧锅炉");
        var county = boiler.GetProperty("county").GetString()!;
        using var at = await Visitor.AsAsync(Server, Role.CountyOfficer, Scope.Of([county]));
        using var elsewhere = await Visitor.AsAsync(Server, Role.CountyOfficer, Scope.Of([county == "141002" ? "141021" : "141002"]));

        Assert.Single((await at.GetAsync("api/search?q=" + Uri.EscapeDataString("羧羧"))).Json.GetProperty("results").EnumerateArray());
        Assert.Empty((await elsewhere.GetAsync("api/search?q=" + Uri.EscapeDataString("羧羧"))).Json.GetProperty("results").EnumerateArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?q=%20")]
    [InlineData("?q=%00")]
    [InlineData("?q=a&limit=0")]
    [InlineData("?q=a&limit=51")]
    public async Task A_question_without_words_or_measure_is_refused(string query) => (await Server.GetAsync("api/search" + query)).IsProblem(400, "query-invalid");
}
