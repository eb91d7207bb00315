using System.Globalization;
using System.Text;
using Linfen.AirMap.Browser.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Registers;

/// <summary>A file becomes entries, after a look at what would become of each row.</summary>
public sealed class ImportTests(City city)
{
    [Fact]
    public async Task Bad_rows_are_told_before_anything_is_written_and_the_same_file_twice_changes_nothing()
    {
        await using var server = await city.ServeAsync();
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/heating/boilers/import");
        await desk.BeSoundAsync("import");
        await ChooseAsync(desk, Boilers(30) + "坏一,GL-X1,煤油,8,111.5,36.1\n坏二,GL-X2,燃煤,八,111.5,36.1\n坏三,GL-X3,燃煤,8,116.4,39.9\n");
        await desk.Page.ClickAsync("[data-act=check]");
        await desk.UntilAsync("() => document.querySelector('[data-report=dry]') !== null");
        Assert.Equal((33, 30, 0, 0, 3), await CountsAsync(desk));
        Assert.Equal<string[]>(["32", "33", "34"], await desk.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('table.rejected tbody tr')].map(r => r.cells[0].textContent)"));
        Assert.Contains("“八” 不是数字", await desk.TextAsync("table.rejected"), StringComparison.Ordinal);
        Assert.Equal(0, await StoredAsync(server));
        await desk.BeSoundAsync("dry run");
        await desk.PictureAsync("dry-run");
        var saved = desk.Page.WaitForDownloadAsync();
        await desk.Page.ClickAsync("[data-act=download]");
        Assert.Equal("boilers-report.csv", (await saved).SuggestedFilename);

        await desk.Page.ClickAsync("[data-act=import]");
        await desk.UntilAsync("() => document.querySelector('[data-report=done]') !== null");
        Assert.Equal((33, 30, 0, 0, 3), await CountsAsync(desk));
        Assert.Equal(30, await StoredAsync(server));

        await desk.Page.ClickAsync("[data-act=check]");
        await desk.UntilAsync("() => document.querySelector('[data-report=dry]') !== null");
        Assert.Equal((33, 0, 0, 30, 3), await CountsAsync(desk));
        Assert.Equal(0, await desk.Page.Locator("[data-act=import]").CountAsync());
        Assert.Empty(desk.Faults);
    }

    [Fact]
    public async Task A_file_that_is_no_table_is_refused_with_a_reason_and_can_be_replaced()
    {
        await using var server = await city.ServeAsync();
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/land/import");
        await ChooseAsync(desk, "PK\u0003\u0004 no zip", "land.zip");
        await desk.Page.ClickAsync("[data-act=check]");
        await desk.UntilAsync("() => document.querySelector('[data-broken]') !== null");
        await ChooseAsync(desk, "名称,经度,纬度\n东河裸地,111.5,36.1\n");
        await desk.Page.ClickAsync("[data-act=check]");
        await desk.UntilAsync("() => document.querySelector('[data-report=dry]') !== null");
        Assert.Equal((1, 1, 0, 0, 0), await CountsAsync(desk));
    }

    [Fact]
    public async Task A_cancelled_import_keeps_what_it_wrote_says_so_and_is_completed_by_a_repeat()
    {
        const int rows = 12_000;
        await using var server = await city.ServeAsync();
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/heating/boilers/import");
        await ChooseAsync(desk, Boilers(rows));
        await desk.Page.ClickAsync("[data-act=check]");
        await desk.UntilAsync("() => document.querySelector('[data-report=dry]') !== null");
        await desk.Page.ClickAsync("[data-act=import]");
        await desk.Page.ClickAsync("[data-act=cancel]");
        await desk.UntilAsync("() => /已取消/.test(document.querySelector('[data-broken]')?.textContent)");
        await desk.BeSoundAsync("cancelled import");
        Assert.InRange(await StoredAsync(server), 0, rows - 1);

        await desk.Page.ClickAsync("[data-act=import]");
        await desk.UntilAsync("() => document.querySelector('[data-report=done]') !== null");
        Assert.Equal(rows, await StoredAsync(server));
        Assert.Empty(desk.Faults);
    }

    [Fact]
    public async Task A_register_of_thousands_is_read_page_by_page_and_found_by_a_search()
    {
        await using var server = await city.ServeAsync();
        using var answer = await server.Client.PostAsync(new Uri("api/heating/boilers/import", UriKind.Relative), new StringContent(Boilers(10_000), Encoding.UTF8, "text/csv"), TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/heating/boilers");
        await desk.UntilAsync("() => document.querySelectorAll('tbody tr').length === 100 && /10 000/.test(document.querySelector('[data-total]').textContent)");
        var first = await desk.TextAsync("tbody tr:first-child th");
        await desk.Page.ClickAsync("[data-page=next]");
        await desk.UntilAsync("() => /第 101–200 条/.test(document.querySelector('.pager')?.textContent)");
        Assert.NotEqual(first, await desk.TextAsync("tbody tr:first-child th"), StringComparer.Ordinal);
        await desk.Page.GoBackAsync();
        await desk.UntilAsync("first => document.querySelector('tbody tr:first-child th')?.innerText === first", first);
        await desk.Page.FillAsync("#search", "GL-07777");
        await desk.UntilAsync("() => document.querySelectorAll('tbody tr').length === 1 && /GL-07777/.test(document.querySelector('tbody').textContent)");
        Assert.Contains("q=GL-07777", desk.Page.Url, StringComparison.Ordinal);
        await desk.Page.ReloadAsync();
        await desk.UntilAsync("() => document.querySelectorAll('tbody tr').length === 1 && document.querySelector('#search').value === 'GL-07777'");
    }

    static string Boilers(int count) => "名称,编号,燃料,额定蒸发量,经度,纬度\n" + string.Concat(Enumerable.Range(1, count).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"锅炉{i},GL-{i:D5},燃气,8,{111.4 + i % 100 * 0.002:F4},{36.0 + i / 100 * 0.001:F4}\n")));

    static Task ChooseAsync(DeskPage desk, string content, string name = "boilers.csv") =>
        desk.Page.SetInputFilesAsync("#file", new Microsoft.Playwright.FilePayload { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(content) });

    static async Task<(int Received, int Created, int Changed, int Unchanged, int Rejected)> CountsAsync(DeskPage desk)
    {
        var counts = await desk.Page.EvaluateAsync<int[]>("() => ['received', 'created', 'changed', 'unchanged', 'rejected'].map(n => Number(document.querySelector(`[data-count=${n}] dd`).textContent))");
        return (counts[0], counts[1], counts[2], counts[3], counts[4]);
    }

    static async Task<int> StoredAsync(CityServer server) =>
        (await server.ReadAsync("registers/counts")).GetProperty("counts").EnumerateArray().Single(c => c.GetProperty("kind").GetString() == "boiler").GetProperty("entries").GetInt32();
}
