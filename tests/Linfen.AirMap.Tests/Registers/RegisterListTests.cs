using System.Text.Json;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Registers;

/// <summary>What is asked of a register narrows its list, its file and what is known about one entry alike; the counts are those of the tables.</summary>
public sealed class RegisterListTests(OwnServer own) : IClassFixture<OwnServer>
{
    AirMapServer Server => own.Server;

    object Enterprise(string name, bool? scattered = true)
    {
        var place = Server.FreshPlace();
        return new { name, scattered, disposed = false, lon = place.Lon, lat = place.Lat };
    }

    [Fact]
    public async Task A_file_holds_what_the_list_shows_for_the_same_question()
    {
        await Server.AddAsync("enterprises", Enterprise("出口甲_1"));
        var other = await Server.AddAsync("enterprises", Enterprise("出口乙"));
        var county = other.GetProperty("county").GetString();
        foreach (var question in new[] { "q=" + Uri.EscapeDataString("甲_"), "county=" + county, "q=" + Uri.EscapeDataString("出口") + "&county=" + county })
        {
            var listed = (await Server.ListAsync("api/enterprises?" + question)).Select(e => e.Text("name")!);
            Assert.Equal(listed.Order(StringComparer.Ordinal), await ExportedAsync("enterprises", question), StringComparer.Ordinal);
        }

        Assert.Equal(["出口甲_1"], await ExportedAsync("enterprises", "q=" + Uri.EscapeDataString("甲_")), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_file_of_machines_may_be_that_of_one_site()
    {
        var sites = new List<string>();
        foreach (var name in new[] { "工地甲", "工地乙" })
        {
            var place = Server.FreshPlace();
            var site = await Server.AddAsync("sites", new { name, status = "active", lon = place.Lon, lat = place.Lat });
            sites.Add(site.GetProperty("id").GetString()!);
            await Server.AddAsync($"sites/{sites[^1]}/machines", new { name = name + "的装载机", kind = "loader", power = "diesel" });
        }

        Assert.Equal(["工地甲的装载机"], await ExportedAsync("machines", "parent=" + sites[0]), StringComparer.Ordinal);
        Assert.Equal(2, (await ExportedAsync("machines", "q=" + Uri.EscapeDataString("的装载机"))).Count);
    }

    [Fact]
    public async Task Violations_and_open_questions_are_told_for_one_subject_alone()
    {
        var (breaks, waits) = (await Server.AddAsync("enterprises", Enterprise("散乱污")), await Server.AddAsync("enterprises", Enterprise("待核实", scattered: null)));
        await Server.AddAsync("enterprises", Enterprise("另一家"));
        var (first, second) = (breaks.GetProperty("id").GetString(), waits.GetProperty("id").GetString());

        var violation = Assert.Single(await Server.ListAsync("api/violations?subject=" + first));
        Assert.Equal(first, violation.Property("subject").GetProperty("id").GetString());
        Assert.Empty(await Server.ListAsync("api/violations?subject=" + second));
        var question = Assert.Single((await Server.OneAsync("api/undecidable?subject=" + second)).GetProperty("undecidable").EnumerateArray());
        Assert.Equal(second, question.GetProperty("subject").GetProperty("id").GetString());
        Assert.Empty((await Server.OneAsync("api/undecidable?subject=" + first)).GetProperty("undecidable").EnumerateArray());
        Assert.Equal(400, (int)(await Server.GetAsync("api/violations?subject=nonsense")).Status);
    }

    [Fact]
    public async Task The_counts_are_those_of_the_tables()
    {
        await Server.AddAsync("enterprises", Enterprise("数一数"));
        await Server.AddAsync("enterprises", Enterprise("不知道", scattered: null));

        var counts = (await Server.OneAsync("api/registers/counts")).GetProperty("counts").EnumerateArray().ToDictionary(c => c.GetProperty("kind").GetString()!, StringComparer.Ordinal);

        Assert.Subset(counts.Keys.ToHashSet(StringComparer.Ordinal), (await Server.OneAsync("api/registers")).GetProperty("registers").EnumerateArray().Select(r => r.GetProperty("kind").GetString()!).ToHashSet(StringComparer.Ordinal));
        foreach (var (kind, count) in counts)
        {
            Assert.Equal(await Server.AskAsync<long>($"select count(*) from airmap.subjects where kind = '{kind}'"), count.GetProperty("entries").GetInt64());
            Assert.Equal(await Server.AskAsync<long>($"select count(*) from airmap.subjects where kind = '{kind}' and simulated"), count.GetProperty("simulated").GetInt64());
            Assert.Equal(await Server.AskAsync<long>($"select count(*) from airmap.violations where subject_kind = '{kind}' and closed_at is null"), count.GetProperty("open").GetInt64());
            Assert.Equal(await Server.AskAsync<long>($"select count(*) from airmap.undecidables where subject_kind = '{kind}'"), count.GetProperty("undecidable").GetInt64());
        }

        Assert.True(counts["enterprise"].GetProperty("open").GetInt32() >= 1 && counts["enterprise"].GetProperty("undecidable").GetInt32() >= 1);
    }

    async Task<List<string>> ExportedAsync(string register, string question)
    {
        var file = await Server.GetAsync($"api/{register}/export?format=geojson&{question}");
        Assert.True((int)file.Status == 200, file.Text);
        return [.. file.Json.GetProperty("features").EnumerateArray().Select(f => f.Text("name")!).Order(StringComparer.Ordinal)];
    }
}
