using System.Text;
using Linfen.AirMap.Tables;
using Xunit;

namespace Linfen.AirMap.Tests.Tables;

public sealed class XlsxTests
{
    [Fact]
    public async Task A_workbook_as_Excel_saves_it_is_read_with_its_sheet_rows()
    {
        var file = await Opened.ReadAsync(Workbook.Of(
            """
            <row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="inlineStr"><is><t>吨位</t></is></c></row>
            <row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3" t="s"><v>3</v></c><c r="C3"><v>2.5</v></c></row>
            <row r="4"/><row r="5"><c r="A5" s="1"/><c r="B5" t="s"><v>4</v></c></row>
            <row r="9"><c r="B9" t="s"><v>3</v></c></row>
            """,
            """<si><t>名称</t></si><si><t>编号</t></si><si><r><t>尧都</t></r><r><t xml:space="preserve"> 一号</t></r><rPh sb="0" eb="1"><t>ヤオ</t></rPh></si><si><t>007</t></si><si><t xml:space="preserve"> </t></si>"""));

        Assert.Equal(TableFormat.Xlsx, file.Format);
        Assert.Equal(["名称", "编号", "吨位"], file.Columns, StringComparer.Ordinal);
        Assert.Equal([3, 9], file.Rows.Select(r => r.Line));
        Assert.Equal(["尧都 一号", null], file.Column("名称"), StringComparer.Ordinal);
        Assert.Equal(["007", "007"], file.Column("编号"), StringComparer.Ordinal);
        Assert.Equal(["2.5", null], file.Column("吨位"), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("<c><v>1.1000000000000001</v></c>", "1.1")]
    [InlineData("<c><v>12.0</v></c>", "12")]
    [InlineData("<c><v>1.0000000000000001E-5</v></c>", "0.00001")]
    [InlineData("<c><v>1.2E+15</v></c>", "1200000000000000")]
    [InlineData("<c><v>-5</v></c>", "-5")]
    [InlineData("<c><v>141002199001011234</v></c>", "141002199001011234")]
    [InlineData("<c t='b'><v>1</v></c>", "true")]
    [InlineData("<c t='b'><v>0</v></c>", "false")]
    [InlineData("<c t='str'><f>A1&amp;B1</f><v>合计</v></c>", "合计")]
    [InlineData("<c><f>1+1</f><v>2</v></c>", "2")]
    [InlineData("<c s='1'><v>46096</v></c>", "2026-03-15")]
    [InlineData("<c s='1'><v>46096.41666666666</v></c>", "2026-03-15T10:00:00")]
    [InlineData("<c s='2'><v>46096</v></c>", "2026-03-15")]
    [InlineData("<c s='3'><v>46096</v></c>", "46096")]
    [InlineData("<c s='4'><v>46096</v></c>", "2026-03-15")]
    [InlineData("<c s='1'><v>0.5</v></c>", "12:00:00")]
    [InlineData("<c t='d'><v>2026-03-15</v></c>", "2026-03-15")]
    [InlineData("<c t='inlineStr'><is><t>a_x000D_b_x005F_x000D_</t></is></c>", "a\rb_x000D_")]
    public async Task Cells_become_the_text_that_a_person_would_type(string cell, string text)
    {
        var file = await Opened.ReadAsync(Workbook.Of($"<row><c t='inlineStr'><is><t>a</t></is></c></row><row>{cell}</row>"));

        var row = Assert.Single(file.Rows);
        Assert.Equal((2, text, null), (row.Line, row.Cells["a"], row.Fault));
    }

    [Fact]
    public async Task Days_of_a_workbook_that_counts_from_1904_are_the_same_days()
    {
        var file = await Opened.ReadAsync(Workbook.Of(
            "<row><c t='inlineStr'><is><t>a</t></is></c></row><row><c s='1'><v>44634</v></c></row>", properties: "<workbookPr date1904='1'/>"));

        Assert.Equal(["2026-03-15"], file.Column("a"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_formula_that_failed_and_a_value_without_a_header_are_faults_of_their_rows()
    {
        var file = await Opened.ReadAsync(Workbook.Of(
            "<row><c t='inlineStr'><is><t>a</t></is></c></row><row><c t='e'><v>#N/A</v></c></row><row><c r='A3'><v>1</v></c><c r='XFD3'><v>1</v></c></row><row><c><v>2</v></c></row>"));

        Assert.Equal(["cell-error", "columns-surplus", null], file.Faults, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_text_beyond_the_limit_is_a_fault_wherever_it_is_kept()
    {
        var longText = new string('字', 10_001);
        var file = await Opened.ReadAsync(Workbook.Of(
            $"<row><c t='inlineStr'><is><t>a</t></is></c></row><row><c t='inlineStr'><is><t>{longText}</t></is></c></row><row><c t='s'><v>0</v></c></row>", $"<si><t>{longText}</t></si>"));

        Assert.Equal(["cell-too-long", "cell-too-long"], file.Faults, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("<row r='3000000'><c><v>1</v></c></row>")]
    [InlineData("<row r='5'><c><v>1</v></c></row><row r='4'><c><v>1</v></c></row>")]
    [InlineData("<row><c t='s'><v>99</v></c></row>")]
    [InlineData("<row><c t='s'><v>-1</v></c></row>")]
    [InlineData("<row><c r='7'><v>1</v></c></row>")]
    [InlineData("<row><c><v>1</v></row>")]
    public async Task A_sheet_that_contradicts_itself_is_refused(string rows) =>
        Assert.Equal("xlsx-damaged", (await Opened.RefusalAsync(Workbook.Of(rows))).Type);

    [Fact]
    public async Task Entities_are_refused_before_they_grow()
    {
        var bomb = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c SYSTEM 'file:///etc/passwd'>]>";

        foreach (var part in new[] { "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml" })
        {
            var parts = Workbook.Parts("<row><c t='inlineStr'><is><t>a</t></is></c></row>", "<si><t>a</t></si>");
            var index = Array.FindIndex(parts, p => p.Name == part);
            parts[index].Content = Encoding.UTF8.GetBytes(bomb + Encoding.UTF8.GetString(parts[index].Content));
            Assert.Equal("xml-entities", (await Opened.RefusalAsync(Opened.Zip(parts))).Type);
        }
    }

    [Fact]
    public async Task A_sheet_outside_the_workbook_is_not_fetched()
    {
        var parts = Workbook.Parts("");
        var index = Array.FindIndex(parts, p => p.Name == "xl/_rels/workbook.xml.rels");
        parts[index].Content = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(parts[index].Content)
            .Replace("Target=\"worksheets/sheet1.xml\"", "Target=\"http://127.0.0.1:9/sheet1.xml\" TargetMode=\"External\"", StringComparison.Ordinal));

        Assert.Equal("external-sheet", (await Opened.RefusalAsync(Opened.Zip(parts))).Type);
    }

    [Fact]
    public async Task Formulas_are_written_as_text_and_numbers_as_numbers()
    {
        var file = await Opened.WrittenAsync(TableFormat.Xlsx, [new("a", TableType.Text), new("n", TableType.Number)], Opened.Row(("a", "=HYPERLINK(\"x\")"), ("n", "-5")));

        var sheet = Encoding.UTF8.GetString(Opened.Unzip(file)["xl/worksheets/sheet1.xml"]);
        Assert.DoesNotContain("<f", sheet, StringComparison.Ordinal);
        Assert.Contains("t=\"inlineStr\" s=\"1\"><is><t xml:space=\"preserve\">=HYPERLINK", sheet, StringComparison.Ordinal);
        Assert.Contains("<c><v>-5</v></c>", sheet, StringComparison.Ordinal);
    }
}
