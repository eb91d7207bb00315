using System.Globalization;
using System.Text;
using FsCheck.Xunit;
using Linfen.AirMap.Tables;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Xunit;

namespace Linfen.AirMap.Tests.Tables;

/// <summary>What we write we read back equal, in every format.</summary>
[Properties(Arbitrary = [typeof(Texts)], MaxTest = 150)]
public sealed class RoundTripTests
{
    static readonly TableColumn[] Columns =
        [new("名称", TableType.Text), new("a much longer name, with \"quotes\"\nand a break", TableType.Text), new("=量", TableType.Number), new("开", TableType.Flag), new("日期", TableType.Day)];

    public static TheoryData<string> Formats => [.. Enum.GetNames<TableFormat>()];

    static TableFormat Format(string name) => Enum.Parse<TableFormat>(name);

    [Property]
    public Task Csv_comes_back(Written table) => ComesBackAsync(TableFormat.Csv, table);

    [Property]
    public Task Xlsx_comes_back(Written table) => ComesBackAsync(TableFormat.Xlsx, table);

    [Property]
    public Task GeoJson_comes_back(Written table) => ComesBackAsync(TableFormat.GeoJson, table);

    [Property]
    public Task A_shapefile_comes_back(Written table) => ComesBackAsync(TableFormat.Shapefile, table);

    static Task<Opened> ComesBackAsync(TableFormat format, Written table) =>
        SameAsync(format, Columns, [.. table.Rows.Select(r => Opened.Row(r.Text, r.LongText, r.Number, r.Flag, r.Day, Columns))]);

    static async Task<Opened> SameAsync(TableFormat format, TableColumn[] columns, params TableRow[] rows)
    {
        var file = await Opened.ReadAsync(await Opened.WrittenAsync(format, columns, rows));

        Assert.Equal(format, file.Format);
        // Features name their properties themselves: without features there are none.
        if (format != TableFormat.GeoJson || rows.Length > 0)
        {
            Assert.Equal(columns.Select(c => c.Name), file.Columns, StringComparer.Ordinal);
        }

        // A row of blanks is no row where places are columns, too.
        var kept = format is TableFormat.Csv or TableFormat.Xlsx ? rows.Where(r => r.Cells.Values.Any(v => v.Length > 0)) : rows;
        Assert.Equal(kept.Select(r => r.Cells.Where(c => c.Value.Length > 0).ToDictionary(StringComparer.Ordinal)), file.Rows.Select(r => r.Cells));
        Assert.All(file.Rows, r => Assert.Null(r.Fault));
        return file;
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Codes_signs_quotes_and_breaks_come_back_as_they_were(string format)
    {
        string[] texts =
        [
            "007", "=1+1", "+86 357", "-5", "@home", "＝1+1", "'=1+1", "''@x", "'quoted", "a,b;c\td", "said \"go\"", "two\nlines", "two\r\nlines", "a\rb", "true", "2026-03-15", "1e5",
            "0.10", "-0", "𠮷野家", "_x000D_", "<b>&amp;</b>", "{\"a\":1}", "141002199001011234", "\\t", "null",
        ];

        await SameAsync(Format(format), [new("文本", TableType.Text)], [.. texts.Select(t => Opened.Row(("文本", t)))]);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Numbers_come_back_with_every_digit(string format)
    {
        string[] numbers = ["0", "-5", "12.5", "0.1", "-0.001", "36.08123456789", "123456789012345", "1234567890123456789", "0.12345678901234567", "no number", "=1+1"];

        await SameAsync(Format(format), [new("n", TableType.Number)], [.. numbers.Select(n => Opened.Row(("n", n)))]);
        await SameAsync(Format(format), [new("n", TableType.Number)], [.. numbers[..6].Select(n => Opened.Row(("n", n)))]);
    }

    [Theory]
    [InlineData("GeoJson")]
    [InlineData("Shapefile")]
    public async Task Shapes_come_back_to_the_last_bit(string format)
    {
        foreach (var wkt in new[] { "POINT(111.51234567890123 36.1)", "LINESTRING(0.1 0.2,0.30000000000000004 1)", "POLYGON((0 0,0 4,4 4,4 0,0 0),(1 1,2 1,2 2,1 2,1 1))", "MULTIPOINT((0 0),(1 1))" })
        {
            var shape = new WKTReader().Read(wkt);
            var file = await SameAsync(Format(format), Columns, Opened.Row((Columns[0].Name, "a")) with { Shape = shape }, Opened.Row((Columns[0].Name, "b")));

            Assert.True(shape.EqualsTopologically(file.Rows[0].Shape), wkt);
            Assert.Equal(shape.Coordinates.OrderBy(c => c).Distinct(), file.Rows[0].Shape!.Coordinates.OrderBy(c => c).Distinct());
            Assert.Null(file.Rows[1].Shape);
        }
    }

    [Theory]
    [InlineData("Csv")]
    [InlineData("Xlsx")]
    [InlineData("Shapefile")]
    public async Task A_table_without_rows_still_names_its_columns(string format)
    {
        var file = await SameAsync(Format(format), Columns);

        Assert.Empty(file.Rows);
    }

    [Fact]
    public async Task Mixed_shapes_become_several_files_and_come_back_kind_after_kind()
    {
        TableColumn[] columns = [new("名称", TableType.Text)];
        var wkt = new WKTReader();
        var zip = await Opened.WrittenAsync(TableFormat.Shapefile, columns,
            Opened.Row(("名称", "点")) with { Shape = wkt.Read("POINT(1 2)") },
            Opened.Row(("名称", "面")) with { Shape = wkt.Read("POLYGON((0 0,0 4,4 4,4 0,0 0))") },
            Opened.Row(("名称", "线")) with { Shape = wkt.Read("LINESTRING(0 0,1 1)") },
            Opened.Row(("名称", "无")));

        string[] expected = [.. new[] { "areas", "lines", "points" }.SelectMany(n => new[] { n + ".cpg", n + ".dbf", n + ".prj", n + ".shp", n + ".shx" }), "fields.txt"];
        Assert.Equal(expected.Order(StringComparer.Ordinal), Opened.Unzip(zip).Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        var file = await Opened.ReadAsync(zip);
        Assert.Equal(["面", "线", "点", "无"], file.Column("名称"), StringComparer.Ordinal);
        Assert.Equal("EPSG:4490", file.Crs);
        Assert.Equal(["Polygon", "LineString", "Point", null], file.Rows.Select(r => r.Shape?.GeometryType), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Field_names_have_ten_bytes_at_most_are_unique_and_are_explained_beside_them()
    {
        TableColumn[] columns = [.. new[] { "responsibleUnit", "responsibleUnits", "RESPONSIBLE", "责任单位名称", "责任单位" }.Select(n => new TableColumn(n, TableType.Text))];
        var parts = Opened.Unzip(await Opened.WrittenAsync(TableFormat.Shapefile, columns, Opened.Row(("responsibleUnit", new string('字', 200)))));

        var lines = Encoding.UTF8.GetString(parts["fields.txt"]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            ["responsibl\tresponsibleUnit", "responsi_2\tresponsibleUnit", "responsi_3\tresponsibleUnit", "responsi_4\tresponsibleUnits", "RESPONSI_5\tRESPONSIBLE", "责任单\t责任单位名称", "责任_2\t责任单位"],
            lines, StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_spreadsheets_would_run_stands_behind_an_apostrophe_in_csv_and_negative_numbers_do_not()
    {
        var csv = Encoding.UTF8.GetString(await Opened.WrittenAsync(TableFormat.Csv, [new("=a", TableType.Text), new("n", TableType.Number)],
            Opened.Row(("=a", "=1+1"), ("n", "-5.5")), Opened.Row(("=a", "-5"), ("n", "=cmd()"))));

        Assert.Equal("\uFEFF'=a,n\r\n'=1+1,-5.5\r\n'-5,'=cmd()\r\n", csv);
    }

    [Fact]
    public async Task A_collection_of_shapes_cannot_be_a_shapefile()
    {
        var row = Opened.Row(("a", "1")) with { Shape = new WKTReader().Read("GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(0 0,1 1))") };

        var refusal = await Assert.ThrowsAsync<TableException>(() => Opened.WrittenAsync(TableFormat.Shapefile, [new("a", TableType.Text)], row));

        Assert.Equal("shape-unsupported", refusal.Type);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_response_that_takes_no_synchronous_write_gets_rows_of_any_size(string format)
    {
        TableColumn[] columns = [.. Enumerable.Range(0, 6).Select(i => new TableColumn("c" + i, TableType.Text))];
        var row = Opened.Row([.. columns.Select(c => (c.Name, new string('x', 9_000)))]) with
        {
            Shape = new GeometryFactory().CreateLineString([.. Enumerable.Range(0, 5_000).Select(i => new Coordinate(i * 0.001, i * 0.123456789))]),
        };
        await using var response = new AsynchronousStream();

        await TableWriter.WriteAsync(response, Format(format), columns, Enumerable.Repeat(row, 20).ToAsyncEnumerable(), TestContext.Current.CancellationToken);

        Assert.True(response.Written > 1_000, $"{response.Written} bytes");
    }

    [Fact]
    public async Task A_long_text_with_blanks_wherever_a_field_of_a_shapefile_may_end_comes_back()
    {
        foreach (var blank in new[] { " ", "　", "\n", " \t　 " })
        {
            var texts = Enumerable.Range(240, 20).Select(length => string.Concat(Enumerable.Repeat(new string('a', length) + blank, 4)) + "字");

            await SameAsync(TableFormat.Shapefile, [new("a", TableType.Text)], [.. texts.Select(t => Opened.Row(("a", t)))]);
        }
    }

    [Fact]
    public async Task Texts_of_ten_thousand_characters_fit_into_a_shapefile()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{new string('字', 4000)} {new string('a', 5998)}e");

        var file = await SameAsync(TableFormat.Shapefile, [new("a", TableType.Text), new("b", TableType.Text)], Opened.Row(("a", text), ("b", "1")));

        Assert.Equal(10_000, file.Rows[0].Cells["a"].Length);
    }
}
