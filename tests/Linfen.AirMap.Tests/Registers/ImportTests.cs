using System.Globalization;
using System.Text;
using System.Text.Json;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Registers;

/// <summary>Registers come by file: dry run first, each bad row named, the same file twice changes nothing, and an export imports again.</summary>
public sealed class ImportTests(OwnServer own) : IClassFixture<OwnServer>
{
    AirMapServer Server => own.Server;

    [Fact]
    public async Task Of_ten_thousand_boilers_with_a_hundred_bad_rows_the_good_ones_are_stored_once()
    {
        var file = BoilerFile.Csv("一万", 10_000, bad: 100);

        var foreseen = await ImportAsync("heating/boilers", file, dryRun: true);
        Assert.Equal((10_000, 9_900, 0, 0, 100), Figures(foreseen));
        Assert.Equal(0L, await CountAsync("一万"));
        var rows = foreseen.GetProperty("rejected").EnumerateArray().ToList();
        Assert.Equal(BoilerFile.BadLines(10_000, 100), rows.Select(r => r.GetProperty("line").GetInt32()));
        Assert.All(rows, r => Assert.Matches("fuel|tonnesPerHour|outside the city|name", r.GetProperty("reason").GetString()!));

        Assert.Equal((10_000, 9_900, 0, 0, 100), Figures(await ImportAsync("heating/boilers", file)));
        Assert.Equal(9_900L, await CountAsync("一万"));
        var head = await Server.HeadAsync();

        Assert.Equal((10_000, 0, 0, 9_900, 100), Figures(await ImportAsync("heating/boilers", file)));
        Assert.Equal(head, await Server.HeadAsync());
    }

    [Fact]
    public async Task A_GBK_file_with_Chinese_headers_is_read()
    {
        var place = Server.FreshPlace();
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = string.Create(CultureInfo.InvariantCulture, $"编号,名称,设施类型,燃料,额定蒸发量,状态,投运日期,经度,纬度\r\nGBK-1,城南供热站锅炉,锅炉,燃煤,65,运行,2016年9月1日,{place.Lon},{place.Lat}\r\n");
        Assert.Equal((1, 1, 0, 0, 0), Figures(await ImportAsync("heating/boilers", Encoding.GetEncoding("GBK").GetBytes(text))));
        var stored = (await Server.GetAsync("api/heating/boilers?q=GBK-1")).Json.GetProperty("features")[0].GetProperty("properties");
        Assert.Equal(("城南供热站锅炉", "coal", "2016-09-01"), (stored.GetProperty("name").GetString(), stored.GetProperty("fuel").GetString(), stored.GetProperty("commissionedOn").GetString()));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    [InlineData("geojson")]
    [InlineData("shp")]
    public async Task An_export_imports_again_unchanged(string format)
    {
        var mark = "往返" + format;
        for (var i = 0; i < 3; i++)
        {
            var at = Server.FreshPlace();
            await Server.AddAsync("land", new { code = $"{mark}-0{i}", name = $"{mark}, \"{i}\"\n第二行", lon = at.Lon, lat = at.Lat, treatment = "covered", netMesh = 1999, hardeningFeasible = false, note = "=1+1" });
        }

        var area = new { type = "Polygon", coordinates = new[] { Geodesic.Circle(Server.FreshPlace(), 120, 12).ExteriorRing.Coordinates.Select(c => new[] { c.X, c.Y }).ToArray() } };
        await Server.AddAsync("land", new { code = mark + "-面", name = "一块地", geometry = area, treatment = "none" });
        using var answer = await Server.Client.GetAsync(new Uri($"api/land/export?format={format}", UriKind.Relative), TestContext.Current.CancellationToken);
        var exported = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var head = await Server.HeadAsync();

        var report = await ImportAsync("land", exported);

        Assert.True(report.GetProperty("received").GetInt32() >= 4);
        Assert.Equal(report.GetProperty("received").GetInt32(), report.GetProperty("unchanged").GetInt32());
        Assert.Equal(head, await Server.HeadAsync());
    }

    [Fact]
    public async Task A_changed_row_changes_its_entry_and_no_other()
    {
        var file = Encoding.UTF8.GetString(BoilerFile.Csv("改一行", 20, bad: 0));
        await ImportAsync("heating/boilers", Encoding.UTF8.GetBytes(file));
        var report = await ImportAsync("heating/boilers", Encoding.UTF8.GetBytes(file.Replace("改一行-7,改一行锅炉7,boiler,gas", "改一行-7,改一行锅炉7,boiler,coal", StringComparison.Ordinal)));
        Assert.Equal((20, 0, 1, 19, 0), Figures(report));
    }

    [Fact]
    public async Task The_same_entry_twice_in_a_file_is_told_with_both_lines()
    {
        var place = Server.FreshPlace();
        var row = string.Create(CultureInfo.InvariantCulture, $"twice-1,x,{place.Lon},{place.Lat}\n");
        var report = await ImportAsync("heating/boilers", Encoding.UTF8.GetBytes("code,name,lon,lat\n" + row + row));
        Assert.Equal((2, 1, 0, 0, 1), Figures(report));
        Assert.Contains("line 2", report.GetProperty("rejected")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_is_told_line_by_line_and_ends_with_the_report()
    {
        using var answer = await Server.Client.PostAsync(new Uri("api/heating/boilers/import?progress=true", UriKind.Relative), new ByteArrayContent(BoilerFile.Csv("进度", 1_200, bad: 3)), TestContext.Current.CancellationToken);
        var lines = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal([500, 1_000, 1_200, 1_200], lines.Select(l => l.GetProperty("received").GetInt32()));
        Assert.Equal(1_197, lines[^1].GetProperty("created").GetInt32());
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>not a table</body></html>")]
    [InlineData("PK\u0003\u0004 broken")]
    public async Task What_is_no_table_is_refused_and_stores_nothing(string body)
    {
        var head = await Server.HeadAsync();
        var answer = await Server.PostAsync("api/heating/boilers/import", Encoding.UTF8.GetBytes(body));
        Assert.InRange((int)answer.Status, 400, 499);
        Assert.Equal(head, await Server.HeadAsync());
        Assert.Empty(Server.TakeErrors());
    }

    async Task<JsonElement> ImportAsync(string register, byte[] file, bool dryRun = false)
    {
        var answer = await Server.PostAsync($"api/{register}/import?dryRun={(dryRun ? "true" : "false")}", file);
        Assert.True((int)answer.Status == 200, $"{answer.Status}: {answer.Text}");
        return answer.Json;
    }

    Task<long> CountAsync(string mark) => Server.AskAsync<long>($"select count(*) from airmap.subjects where code like '{mark}-%'");

    static (int Received, int Created, int Changed, int Unchanged, int Rejected) Figures(JsonElement report)
    {
        int Of(string name) => report.GetProperty(name).GetInt32();
        Assert.Equal(Of("received"), Of("created") + Of("changed") + Of("unchanged") + Of("rejectedCount"));
        return (Of("received"), Of("created"), Of("changed"), Of("unchanged"), Of("rejectedCount"));
    }
}
