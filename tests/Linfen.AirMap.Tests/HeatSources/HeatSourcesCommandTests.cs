using System.Text.Json;
using Linfen.AirMap.Commands;
using Linfen.AirMap.Geo;
using Linfen.AirMap.GisData;
using Linfen.AirMap.HeatSources.Learning;
using Linfen.AirMap.Testing;
using Linfen.AirMap.Tests.Support;
using SkiaSharp;
using Xunit;

namespace Linfen.AirMap.Tests.HeatSources;

/// <summary>The command as it is called, without its switches being read.</summary>
public sealed class HeatSourcesCommandTests : IDisposable
{
    static readonly DateOnly Today = new(2026, 3, 15);
    static readonly LonLat Works = new(111.5234, 36.0834);

    readonly string folder = Directory.CreateTempSubdirectory("airmap-heat-").FullName;

    string In(string name) => Path.Combine(folder, name);

    string File(string name, string text)
    {
        System.IO.File.WriteAllText(In(name), text);
        return In(name);
    }

    static async Task<string> RunAsync(HeatOrder order)
    {
        await using var output = new StringWriter();
        Assert.Equal(0, await HeatSourcesCommand.RunAsync(order, Checkout.File("gis-data"), Today, output, TestContext.Current.CancellationToken));
        return output.ToString();
    }

    static JsonElement Read(string path) => JsonDocument.Parse(System.IO.File.ReadAllText(path)).RootElement;

    [Fact]
    public async Task Learning_writes_a_report_per_source_with_its_county_and_a_link_to_the_map()
    {
        var file = File("a.csv", Furnace.Csv(Furnace.Nights(Works, 40), typed: false));

        var told = await RunAsync(new([file], null, null, null, false, null, In("r.json"), null));

        Assert.Contains("1 sources", told, StringComparison.Ordinal);
        Assert.Contains("尧都区", told, StringComparison.Ordinal);
        var report = Read(In("r.json"));
        Assert.Equal((40, 0), (report.GetProperty("rows").GetInt32(), report.GetProperty("rejected").GetInt32()));
        var source = Assert.Single(report.GetProperty("sources").EnumerateArray());
        Assert.Equal(("141002", 40), (source.GetProperty("county").GetString(), source.GetProperty("nights").GetInt32()));
        Assert.StartsWith("https://www.openstreetmap.org/?mlat=36.08", source.GetProperty("map").GetString(), StringComparison.Ordinal);
        Assert.Equal("Polygon", source.GetProperty("extent").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Packed_files_of_several_editions_are_one_archive_and_days_bound_it()
    {
        var all = Furnace.Nights(Works, 40).ToList();
        var plain = File("a.csv", Furnace.Csv(all.Take(20), typed: false));
        await System.IO.File.WriteAllBytesAsync(In("b.csv.gz"), RealFiles.Gzip(System.Text.Encoding.UTF8.GetBytes(Furnace.Csv(all.Skip(20), typed: true))), TestContext.Current.CancellationToken);

        await RunAsync(new([plain, In("b.csv.gz")], null, new(2024, 1, 10), new(2024, 11, 30), false, null, In("r.json"), null));

        var report = Read(In("r.json"));
        Assert.Equal(40, report.GetProperty("rows").GetInt32());
        Assert.Equal(all.Count(s => s.At.UtcDateTime >= new DateTime(2024, 1, 10) && s.At.UtcDateTime < new DateTime(2024, 12, 1)), report.GetProperty("learned").GetProperty("sightings").GetInt32());
    }

    [Theory]
    [InlineData("r.csv")]
    [InlineData("r.geojson")]
    public async Task The_other_reports_are_tables_that_the_register_imports(string name)
    {
        var file = File("a.csv", Furnace.Csv(Furnace.Nights(Works, 40), typed: false));

        await RunAsync(new([file], null, null, null, false, null, In(name), null));

        var text = await System.IO.File.ReadAllTextAsync(In(name), TestContext.Current.CancellationToken);
        Assert.Contains("highestMegawatts", text, StringComparison.Ordinal);
        Assert.Contains(name.EndsWith("csv", StringComparison.Ordinal) ? "POLYGON" : "Polygon", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluation_counts_what_is_explained_later_and_holds_it_against_the_type_of_the_archive()
    {
        LonLat field = new(111.9, 36.2);
        HeatSighting[] all =
        [
            .. Furnace.Nights(Works, 60, type: 2),
            // A source that only came up in the second part, a field fire inside the works, and one elsewhere.
            .. Furnace.Nights(new(112.1, 36.5), 10, 9, type: 2).Select(s => s with { At = s.At.AddDays(400) }),
            new(Furnace.NewYear.AddDays(410), Works, 280, 4, false, 0),
            new(Furnace.NewYear.AddDays(411), Works, 280, 400, false, 0),
            .. Furnace.Field(field, 420, 5, 0),
        ];
        var file = File("a.csv", Furnace.Csv(all, typed: true));

        var told = await RunAsync(new([file], null, null, null, true, new(2025, 1, 1), In("r.json"), In("m.png")));

        var report = Read(In("r.json"));
        var evaluated = report.GetProperty("evaluated");
        var later = all.Where(s => s.At.UtcDateTime >= new DateTime(2025, 1, 1)).ToList();
        var ofWorks = later.Count(s => s.Type == 2 && s.Position.Lon < 112);
        Assert.Equal(later.Count, evaluated.GetProperty("sightings").GetInt32());
        Assert.Equal(ofWorks + 1, evaluated.GetProperty("explained").GetInt32());
        Assert.Equal(1, evaluated.GetProperty("powerOutliers").GetInt32());
        Assert.Equal(ofWorks / (ofWorks + 1.0), evaluated.GetProperty("precision").GetDouble(), 9);
        Assert.Equal(ofWorks / (double)later.Count(s => s.Type == 2), evaluated.GetProperty("recall").GetDouble(), 9);
        Assert.Equal(ofWorks + 1, Assert.Single(report.GetProperty("sources").EnumerateArray()).GetProperty("explained").GetInt32());
        Assert.Contains("precision", told, StringComparison.Ordinal);
        AssertIsPicture(In("m.png"));
    }

    [Fact]
    public async Task Without_a_day_the_middle_of_the_time_divides_it()
    {
        var file = File("a.csv", Furnace.Csv(Furnace.Nights(Works, 41, 10), typed: false));

        var told = await RunAsync(new([file], null, null, null, true, null, In("r.json"), In("m.png")));

        Assert.Equal("2024-07-19", Read(In("r.json")).GetProperty("evaluated").GetProperty("split").GetString());
        Assert.Contains("no type", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_was_explained_there_is_no_precision()
    {
        var file = File("a.csv", Furnace.Csv([.. Furnace.Field(Works, 1, 1, 0), .. Furnace.Field(Works, 420, 1, 0)], typed: true));

        var told = await RunAsync(new([file], null, null, null, true, new(2025, 1, 1), null, In("m.png")));

        Assert.Contains("of 4 with a type: precision –, recall – against type 2", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_FIRMS_file_is_said_by_name()
    {
        var file = File("page.csv", "<html>busy</html>");
        var refused = await Assert.ThrowsAsync<GisDataException>(() => RunAsync(new([file], null, null, null, false, null, null, null)));
        Assert.Contains("page.csv", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<GisDataException>(() => RunAsync(new([file], null, null, null, false, null, In("r.docx"), null)));
    }

    [Fact]
    public async Task A_result_without_fires_teaches_nothing_and_fails_nothing()
    {
        var file = File("empty.csv", Furnace.Header + "\n");
        Assert.Contains("0 sources", await RunAsync(new([file], null, null, null, true, null, In("r.json"), In("m.png"))), StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(In("m.png")));
    }

    [Fact]
    public async Task Learned_on_North_China_to_2022_the_great_works_come_out_and_explain_2023()
    {
        var file = RealFiles.PathOf(RealFiles.NorthChina);

        await RunAsync(new([file], null, null, null, true, new(2023, 1, 1), In("r.json"), In("m.png")));

        var report = Read(In("r.json"));
        var rows = RealFiles.Rows(RealFiles.NorthChina);
        Assert.Equal(rows.Count, report.GetProperty("rows").GetInt32());
        Assert.Equal(rows.Count(r => string.CompareOrdinal(r["acq_date"], "2023") > 0), report.GetProperty("evaluated").GetProperty("sightings").GetInt32());
        var sources = report.GetProperty("sources").EnumerateArray().ToList();
        // Baotou Steel, the works of Taiyuan, the coking works of Huaibei: known places that the file sees again and again.
        foreach (var known in new LonLat[] { new(109.746, 40.622), new(112.541, 37.928), new(116.578, 33.613) })
        {
            Assert.Contains(sources, s => Geodesic.DistanceMetres(known, new(s.GetProperty("lon").GetDouble(), s.GetProperty("lat").GetDouble())) < 1_500 && s.GetProperty("explained").GetInt32() > 0);
        }

        Assert.Equal(sources.Sum(s => s.GetProperty("explained").GetInt32()), report.GetProperty("evaluated").GetProperty("explained").GetInt32());
        Assert.All(sources, s => Assert.True(s.GetProperty("days").GetInt32() >= 5 && s.GetProperty("months").GetInt32() >= 3));
        AssertIsPicture(In("m.png"));
    }

    /// <summary>Has all the colours of the signs that it must show, and is no blank sheet.</summary>
    static void AssertIsPicture(string path)
    {
        using var picture = SKBitmap.Decode(path);
        Assert.InRange(picture.Width, 2_000, 2_400);
        var colours = new HashSet<uint>();
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                colours.Add((uint)picture.GetPixel(x, y));
            }
        }

        Assert.Contains((uint)SKColor.Parse("#0B7A86"), colours);
        Assert.True(colours.Count > 500, "letters and outlines have many shades");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
