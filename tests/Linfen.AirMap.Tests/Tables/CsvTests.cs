using System.Text;
using Linfen.AirMap.Tables;
using Linfen.AirMap.Tables.Csv;
using Xunit;

namespace Linfen.AirMap.Tests.Tables;

public sealed class CsvTests
{
    const string Boilers = "名称,编号,吨位\r\n尧都一号锅炉,007,2.5\r\n洪洞二号锅炉,,4\r\n";

    public static TheoryData<string> Encodings => ["utf-8", "utf-8 with mark", "utf-16", "utf-16BE", "gb18030"];

    static byte[] Encoded(string text, string encoding) => encoding switch
    {
        "utf-8" => Encoding.UTF8.GetBytes(text),
        "utf-8 with mark" => Encoding.UTF8.GetBytes('\uFEFF' + text),
        "gb18030" => TextEncoding.Gb18030.GetBytes(text),
        _ => Encoding.GetEncoding(encoding).GetBytes('\uFEFF' + text),
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Chinese_is_read_in_every_usual_encoding(string encoding)
    {
        var file = await Opened.ReadAsync(Encoded(Boilers, encoding));

        Assert.Equal(TableFormat.Csv, file.Format);
        Assert.Equal(["名称", "编号", "吨位"], file.Columns, StringComparer.Ordinal);
        Assert.Equal(["尧都一号锅炉", "洪洞二号锅炉"], file.Column("名称"), StringComparer.Ordinal);
        Assert.Equal(["007", null], file.Column("编号"), StringComparer.Ordinal);
        Assert.All(file.Rows, r => Assert.Null(r.Fault));
    }

    [Fact]
    public async Task GBK_is_seen_even_where_the_first_Chinese_name_stands_at_the_end_of_a_large_file()
    {
        var text = "name\n" + string.Concat(Enumerable.Range(0, 40_000).Select(i => $"boiler {i}\n")) + "襄汾锅炉\n";

        var file = await Opened.ReadAsync(Encoded(text, "gb18030"));

        Assert.Equal(40_001, file.Rows.Count);
        Assert.Equal("襄汾锅炉", file.Rows[^1].Cells["name"]);
    }

    [Theory]
    [InlineData("a,b\n1,2\n")]
    [InlineData("a;b\n1;2\n")]
    [InlineData("a\tb\n1\t2\n")]
    [InlineData("sep=;\na;b\n1;2\n")]
    [InlineData("\"a\";\"b\"\n\"1\";2")]
    [InlineData("a,b\r1,2\r")]
    [InlineData("\n \na,b\n\n1,2\n,\n")]
    public async Task Separators_and_line_ends_are_found_out(string text)
    {
        var file = await Opened.ReadAsync(text);

        Assert.Equal(["a", "b"], file.Columns, StringComparer.Ordinal);
        var row = Assert.Single(file.Rows);
        Assert.Equal(("1", "2", null), (row.Cells["a"], row.Cells["b"], row.Fault));
    }

    [Fact]
    public async Task The_most_frequent_separator_outside_quotes_counts()
    {
        var file = await Opened.ReadAsync("\"大小,单位,备注\";b;c\n1;2;3,4\n");

        Assert.Equal(["大小,单位,备注", "b", "c"], file.Columns, StringComparer.Ordinal);
        Assert.Equal(["3,4"], file.Column("c"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Lines_are_those_of_the_file_with_mixed_ends_and_breaks_in_quotes()
    {
        var file = await Opened.ReadAsync("a,b\r\n1,\"two\nlines\"\n\r\n2,\"he said \"\"go\"\"\"\r3,x\r\n");

        Assert.Equal([2, 5, 6], file.Rows.Select(r => r.Line));
        Assert.Equal(["two\nlines", "he said \"go\"", "x"], file.Column("b"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Cells_are_trimmed_of_ideographic_blanks_too_and_blank_ones_are_absent()
    {
        var file = await Opened.ReadAsync("a, 名称　,c\n  1 ,　尧都　,\" \"\n");

        Assert.Equal(["a", "名称", "c"], file.Columns, StringComparer.Ordinal);
        Assert.Equal(new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "1", ["名称"] = "尧都" }, file.Rows[0].Cells);
    }

    [Fact]
    public async Task Rows_with_too_few_or_too_many_cells_are_faults_and_their_neighbours_are_read()
    {
        var file = await Opened.ReadAsync("a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,,\n1,2,\n");

        Assert.Equal([null, "columns-missing", "columns-surplus", null, null], file.Faults, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_value_below_a_blank_header_is_a_fault()
    {
        var file = await Opened.ReadAsync("a,,c\n1,,3\n1,2,3\n");

        Assert.Equal(["a", "c"], file.Columns, StringComparer.Ordinal);
        Assert.Equal([null, "columns-surplus"], file.Faults, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_quotation_mark_that_nothing_closes_is_a_fault_of_its_row()
    {
        var file = await Opened.ReadAsync("a,b\n1,2\n3,\"4\n5,6\n");

        Assert.Equal([null, "quote-not-closed"], file.Faults, StringComparer.Ordinal);
        Assert.Equal(3, file.Rows[1].Line);
    }

    [Fact]
    public async Task A_cell_may_have_10_000_characters_and_no_more()
    {
        var file = await Opened.ReadAsync($"a\n{new string('字', 10_000)}\n{new string('字', 10_001)}\n");

        Assert.Equal([null, "cell-too-long"], file.Faults, StringComparer.Ordinal);
        Assert.Equal(10_000, file.Rows[0].Cells["a"].Length);
    }

    [Theory]
    [InlineData("a,b,a\n1,2,3\n", "duplicate-column")]
    [InlineData("a, a \n1,2\n", "duplicate-column")]
    [InlineData(",,\n", "no-header")]
    [InlineData("  \n\n", "no-header")]
    public async Task A_header_that_names_no_columns_or_one_twice_is_refused(string text, string type) =>
        Assert.Equal(type, (await Opened.RefusalAsync(text)).Type);

    [Fact]
    public async Task Two_hundred_columns_are_read_and_one_more_is_refused()
    {
        static string Wide(int columns) => string.Join(',', Enumerable.Range(0, columns).Select(i => "c" + i)) + "\n";

        Assert.Equal(200, (await Opened.ReadAsync(Wide(200))).Columns.Count);
        Assert.Equal(("too-many-columns", 1), ((await Opened.RefusalAsync(Wide(201))).Type, (await Opened.RefusalAsync(Wide(201))).Line));
    }

    [Fact]
    public async Task The_limit_of_rows_ends_the_reading()
    {
        var limits = new TableLimits(Rows: 3);

        Assert.Equal(3, (await Opened.ReadAsync("a\n1\n2\n3\n", limits)).Rows.Count);
        var refusal = await Opened.RefusalAsync("a\n1\n2\n3\n4\n", limits);
        Assert.Equal(("too-many-rows", 5), (refusal.Type, refusal.Line));
    }

    [Fact]
    public async Task A_table_may_be_read_twice()
    {
        await using var table = await TableReader.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(Boilers)), null, null, new TableLimits(), TestContext.Current.CancellationToken);

        for (var time = 0; time < 2; time++)
        {
            Assert.Equal(2, await table.Rows.CountAsync(TestContext.Current.CancellationToken));
        }
    }
}
