using System.Text;
using Linfen.AirMap.Tables;
using NetTopologySuite.IO.Esri;
using Xunit;

namespace Linfen.AirMap.Tests.Tables;

public sealed class HostileFileTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "no-header")]
    [InlineData("<!DOCTYPE html><html><table><tr><td>1</td></tr></table></html>", "not-a-table")]
    [InlineData("\uFEFF \n<?xml version='1.0'?><Workbook/>", "not-a-table")]
    [InlineData("a,b\n1,\0\n", "nul-bytes")]
    [InlineData("\0\0\0\0", "nul-bytes")]
    [InlineData("{\"a\":", "not-geojson")]
    public async Task What_is_no_table_is_refused_with_a_stable_type(string text, string type)
    {
        foreach (var name in new[] { null, "boilers.csv", "boilers.xlsx", "boilers.zip" })
        {
            Assert.Equal(type, (await Opened.RefusalAsync(text, name: name)).Type);
        }
    }

    [Fact]
    public async Task Bytes_that_are_neither_UTF8_nor_GB18030_are_refused() =>
        Assert.Equal("encoding-unknown", (await Opened.RefusalAsync([(byte)'a', (byte)'\n', 0xFF, 0xFF, 0x80, (byte)'\n'])).Type);

    [Fact]
    public async Task An_old_or_protected_workbook_is_named_as_such() =>
        Assert.Equal("old-excel", (await Opened.RefusalAsync([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], name: "boilers.xls")).Type);

    [Fact]
    public async Task Content_counts_and_names_only_decide_between_what_it_could_be()
    {
        Assert.Equal(TableFormat.Csv, (await Opened.ReadAsync("a,b\n1,2\n", name: "boilers.xlsx")).Format);
        Assert.Equal(TableFormat.GeoJson, (await Opened.ReadAsync("""{"type":"FeatureCollection","features":[]}""", name: "boilers.csv")).Format);
        Assert.Equal(["{a}", "b"], (await Opened.ReadAsync("{a},b\n1,2\n", name: "boilers.csv")).Columns, StringComparer.Ordinal);
        Assert.Equal("not-geojson", (await Opened.RefusalAsync("{a},b\n1,2\n")).Type);
    }

    [Fact]
    public async Task A_zip_that_is_broken_anywhere_is_refused()
    {
        var whole = await Opened.WrittenAsync(TableFormat.Xlsx, [new("a", TableType.Text)], [.. Enumerable.Range(0, 300).Select(i => Opened.Row(("a", "row " + i * 7919)))]);

        for (var length = 4; length < whole.Length; length += 97)
        {
            Assert.Equal("zip-damaged", (await Opened.RefusalAsync(whole[..length])).Type);
        }

        var random = new Random(20260315);
        var refused = 0;
        for (var time = 0; time < 400; time++)
        {
            var damaged = whole.ToArray();
            damaged[random.Next(4, whole.Length)] ^= (byte)random.Next(1, 256);
            try
            {
                await Opened.ReadAsync(damaged);
            }
            catch (TableException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 100, 400);
    }

    [Theory]
    [InlineData("sites.shp", -1)]
    [InlineData("sites.shp", 1)]
    [InlineData("sites.dbf", -20)]
    [InlineData("sites.dbf", 200 * 1024 * 1024)]
    public async Task A_part_of_a_zip_that_lies_about_its_size_is_refused(string name, int more)
    {
        var zip = new ForeignShapefile(ShapeType.Point, Encoding.UTF8, ("POINT(111.5 36.1)", "a"), ("POINT(111.6 36.1)", "b")).Zip();
        // The size stands in the directory 24 bytes behind the signature of the entry, and the name 46.
        var entry = zip.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes("data/" + name)) - 46;
        Assert.True(zip.AsSpan(entry).StartsWith("PK\u0001\u0002"u8));
        BitConverter.TryWriteBytes(zip.AsSpan(entry + 24), BitConverter.ToInt32(zip, entry + 24) + more);

        var refusal = await Opened.RefusalAsync(zip, new TableLimits { PackingRatio = int.MaxValue });

        Assert.Contains(refusal.Type, new[] { "zip-damaged", "shapefile-damaged" }, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("xl/worksheets/sheet1.xml")]
    [InlineData("xl/sharedStrings.xml")]
    [InlineData("xl/styles.xml")]
    [InlineData("xl/workbook.xml")]
    [InlineData("xl/_rels/workbook.xml.rels")]
    public Task Any_damage_to_a_part_of_a_workbook_is_a_refusal_or_a_table(string name)
    {
        var parts = Workbook.Parts(
            "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='inlineStr'><is><t>b</t></is></c></row><row r='2'><c r='A2' s='1'><v>46096.5</v></c><c r='B2' t='e'><v>#N/A</v></c></row>",
            "<si><t>名称</t></si><si><r><t>x</t></r></si>");
        var index = Array.FindIndex(parts, p => p.Name == name);
        return DamagedAsync(parts[index].Content, damaged => Opened.Zip([.. parts.Select((p, i) => i == index ? (p.Name, damaged) : p)]));
    }

    [Theory]
    [InlineData("{\"type\":\"FeatureCollection\",\"crs\":{\"properties\":{\"name\":\"EPSG:4490\"}},\"features\":[{\"properties\":{\"a\":1.5,\"b\":\"\\u4e00\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[0,4],[4,4],[0,0]]]}}]}")]
    [InlineData("名称;\"b\"\n1;\"two\nlines\"\r\n'=3;x\n")]
    public Task Any_damage_to_a_text_is_a_refusal_or_a_table(string text) => DamagedAsync(Encoding.UTF8.GetBytes(text), damaged => damaged);

    static async Task DamagedAsync(byte[] whole, Func<byte[], byte[]> file)
    {
        var random = new Random(20260315);
        var (read, refused) = (0, 0);
        for (var time = 0; time < 1500; time++)
        {
            var damaged = whole.ToArray();
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                damaged[random.Next(damaged.Length)] = time % 2 == 0 ? (byte)random.Next(256) : whole[random.Next(whole.Length)];
            }

            try
            {
                await Opened.ReadAsync(file(damaged));
                read++;
            }
            catch (TableException)
            {
                refused++;
            }
        }

        Assert.True(read > 10 && refused > 10, $"{read} were read and {refused} refused");
    }

    [Fact]
    public async Task The_parts_of_a_zip_count_together()
    {
        var limits = new TableLimits { UnpackedBytes = 10_000 };

        Assert.Equal("dbf-missing", (await Opened.RefusalAsync(Opened.Zip(("a.shp", new byte[6_000]), ("b.txt", new byte[4_000])), limits)).Type);
        Assert.Equal("zip-too-large", (await Opened.RefusalAsync(Opened.Zip(("a.shp", new byte[6_000]), ("b.txt", new byte[4_001])), limits)).Type);
    }

    [Fact]
    public async Task Nested_zips_and_zips_without_a_table_are_refused()
    {
        Assert.Equal("nested-archive", (await Opened.RefusalAsync(Opened.Zip(("a.zip", Opened.Zip(("a.shp", [])))))).Type);
        Assert.Equal("nested-archive", (await Opened.RefusalAsync(Opened.Zip(("a.shp", []), ("a.dbf", []), ("b.rar", [])))).Type);
        Assert.Equal("zip-without-table", (await Opened.RefusalAsync(Opened.Zip(("readme.txt", [])))).Type);
        Assert.Equal("zip-without-table", (await Opened.RefusalAsync(Opened.Zip())).Type);
        Assert.Equal("zip-too-large", (await Opened.RefusalAsync(Opened.Zip([.. Enumerable.Range(0, 2001).Select(i => ($"{i}.shp", Array.Empty<byte>()))]))).Type);
    }

    [Fact]
    public async Task Names_in_a_zip_are_never_paths_on_this_machine()
    {
        var outside = Path.Combine(Path.GetTempPath(), "airmap-outside-" + Guid.NewGuid().ToString("N"));
        var parts = Opened.Unzip(await Opened.WrittenAsync(TableFormat.Shapefile, [new("a", TableType.Text)], Opened.Row(("a", "1"))));

        var file = await Opened.ReadAsync(Opened.Zip([.. parts.Select(p => ("../../../../../../../.." + outside + Path.GetExtension(p.Key), p.Value))]));

        Assert.Equal(["1"], file.Column("a"), StringComparer.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.GetTempPath(), Path.GetFileName(outside) + "*"));
    }

    [Theory]
    [InlineData("a,b\n")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[")]
    [InlineData("PK\u0003\u0004")]
    public async Task A_gigabyte_is_cut_off_at_the_limit(string start)
    {
        var limits = new TableLimits(Bytes: 4 * 1024 * 1024);
        await using var endless = new EndlessStream(Encoding.UTF8.GetBytes(start), 1024L * 1024 * 1024);

        var refusal = await Assert.ThrowsAsync<TableException>(() => TableReader.OpenAsync(endless, null, null, limits, Cancellation));

        Assert.Equal("file-too-large", refusal.Type);
        Assert.True(endless.Served <= limits.Bytes + 1024 * 1024, $"{endless.Served} bytes were read");
    }
}
