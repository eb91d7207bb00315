using System.Text;
using Linfen.AirMap.Tables;
using Xunit;

namespace Linfen.AirMap.Tests.Tables;

/// <summary>Runs alone: memory is that of the whole process.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class MeasuredAlone;

[Collection<MeasuredAlone>]
public sealed class FileMemoryTests
{
    [Theory]
    [InlineData(64L * 1024 * 1024)]
    [InlineData(1024L * 1024 * 1024)]
    public async Task A_zip_bomb_is_refused_before_it_is_unpacked(long bytes)
    {
        var bomb = Opened.Bomb("xl/worksheets/sheet1.xml", bytes);
        var before = GC.GetTotalAllocatedBytes();

        Assert.Equal("zip-too-large", (await Opened.RefusalAsync(bomb)).Type);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 16 * 1024 * 1024);
    }

    [Fact]
    public async Task A_quoted_cell_without_end_is_given_up_in_bounded_memory()
    {
        var text = "a,b\n1,\"" + new string('x', 40 * 1024 * 1024);
        var file = Encoding.UTF8.GetBytes(text);
        var before = GC.GetTotalAllocatedBytes();

        var refusal = await Opened.RefusalAsync(file);

        Assert.Equal(("record-too-large", 2), (refusal.Type, refusal.Line));
        Assert.True(GC.GetTotalAllocatedBytes() - before < 64 * 1024 * 1024);
    }

    [Fact]
    public async Task A_hundred_thousand_rows_are_read_in_flat_memory()
    {
        await using var body = new EndlessStream(Encoding.UTF8.GetBytes("名称,编号\n"), 30 * 1024 * 1024, Encoding.UTF8.GetBytes(new string('a', 140) + ",洪洞县二号锅炉房\n"));
        await using var table = await TableReader.OpenAsync(body, null, null, new TableLimits(), TestContext.Current.CancellationToken);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (count, most) = (0, 0L);

        await foreach (var row in table.Rows)
        {
            if (++count % 20_000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        Assert.True(count > 100_000, $"{count} rows");
        Assert.True(most < 8 * 1024 * 1024, $"{most} bytes are held");
    }

    [Fact]
    public async Task What_rows_and_columns_claim_to_be_costs_nothing()
    {
        // Three kilobytes that would be eighteen gigabytes in a reader that fills the blanks.
        var workbook = Workbook.Of(
            "<row r='1'><c r='A1' t='inlineStr'><is><t>a</t></is></c></row><row r='2'><c r='XFD2'><v>1</v></c></row><row r='1048576'><c r='A1048576'><v>1</v></c></row>");
        var before = GC.GetTotalAllocatedBytes();

        var file = await Opened.ReadAsync(workbook);

        Assert.Equal([2, 1_048_576], file.Rows.Select(r => r.Line));
        Assert.True(GC.GetTotalAllocatedBytes() - before < 8 * 1024 * 1024);
    }
}
