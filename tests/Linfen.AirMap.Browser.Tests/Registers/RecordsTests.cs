using System.Globalization;
using Linfen.AirMap.Browser.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Registers;

/// <summary>Findings and zones among the registers: listed, decided on, and never decided twice without a choice.</summary>
public sealed class RecordsTests(City city)
{
    [Fact]
    public async Task A_finding_is_listed_by_kind_and_state_and_rectified_with_a_reason()
    {
        await using var server = await city.ServeAsync();
        await server.FindCoalAsync(0);
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/findings?kind=looseCoal&state=filed");
        await desk.UntilAsync("() => document.querySelectorAll('tbody tr').length === 1");
        await desk.BeSoundAsync("findings");
        await desk.Page.ClickAsync("tbody a");
        await desk.UntilAsync("() => document.querySelector('[data-step=rectify]') !== null");
        await desk.BeSoundAsync("finding");
        await desk.Page.ClickAsync("[data-step=rectify]");
        await desk.Page.FillAsync("#reason", "已清运");
        await desk.BeSoundAsync("step of a finding");
        await desk.Page.ClickAsync("form.step [type=submit]");
        await desk.UntilAsync("() => document.querySelector('[data-state=rectified]') !== null && /已清运/.test(document.querySelector('.told').textContent)");
        Assert.Empty(desk.Faults);
    }

    [Fact]
    public async Task Two_decisions_on_one_finding_stand_side_by_side_and_the_first_stays()
    {
        await using var server = await city.ServeAsync();
        await server.FindCoalAsync(0);
        var id = (await server.ReadAsync("findings?limit=1")).GetProperty("features")[0].GetProperty("id").GetString();
        await using var first = await DeskPage.OpenAsync(city.Browser, server.Address, "/findings/" + id);
        await using var second = await DeskPage.OpenAsync(city.Browser, server.Address, "/findings/" + id);
        await second.Page.ClickAsync("[data-step=dismiss]");
        await second.Page.FillAsync("#reason", "不是散煤");
        await first.Page.ClickAsync("[data-step=rectify]");
        await first.Page.FillAsync("#reason", "已清运");
        await first.Page.ClickAsync("form.step [type=submit]");
        await first.UntilAsync("() => document.querySelector('[data-state=rectified]') !== null");
        await second.Page.ClickAsync("form.step [type=submit]");
        await second.UntilAsync("() => { const t = document.querySelector('.conflict')?.textContent ?? ''; return t.includes('已清运') && t.includes('不是散煤'); }");
        await second.BeSoundAsync("conflict of a finding");
        await second.Page.ClickAsync("[data-act=keep]");
        await second.UntilAsync("() => document.querySelector('[data-state=rectified]') !== null && document.querySelector('.conflict') === null");
        Assert.Equal("rectified", (await server.ReadAsync("findings/" + id)).GetProperty("properties").GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_zone_is_published_with_its_document_answers_for_its_days_and_is_retired()
    {
        await using var server = await city.ServeAsync();
        var zone = await server.DraftZoneAsync();
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/zones/" + zone);
        await desk.Page.ClickAsync("[data-step=publish]");
        await desk.Page.FillAsync("#documentNumber", "临政发〔2026〕1号");
        await desk.Page.FillAsync("#effectiveFrom", DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await desk.BeSoundAsync("publishing a zone");
        await desk.Page.ClickAsync("form.step [type=submit]");
        await desk.Page.ClickAsync("dialog[open] [data-answer=yes]");
        await desk.UntilAsync("() => document.querySelector('[data-state=published]') !== null && /临政发〔2026〕1号/.test(document.querySelector('.versions-of').textContent)");
        await desk.BeSoundAsync("zone");

        await desk.Page.EvaluateAsync("() => { location.hash = '#/zones?kind=coalFree'; }");
        await desk.UntilAsync("() => /洪洞东部禁煤区/.test(document.querySelector('tbody')?.textContent)");
        await desk.BeSoundAsync("zones");
        await desk.Page.FillAsync("[name=at]", "2024-01-01");
        await desk.UntilAsync("() => document.querySelector('.notice.empty') !== null && location.hash.includes('at=2024-01-01')");
        await desk.Page.EvaluateAsync("id => { location.hash = '#/zones/' + id; }", zone);
        await desk.Page.ClickAsync("[data-step=retire]");
        await desk.Page.FillAsync("#reason", "调整");
        await desk.Page.ClickAsync("form.step [type=submit]");
        await desk.Page.ClickAsync("dialog[open] [data-answer=yes]");
        await desk.UntilAsync("() => document.querySelector('[data-state=retired]') !== null");
        Assert.Empty(desk.Faults);
    }
}
