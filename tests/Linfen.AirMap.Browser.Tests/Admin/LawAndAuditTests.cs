using System.Globalization;
using Linfen.AirMap.Browser.Tests.Registers;
using Linfen.AirMap.Browser.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Admin;

/// <summary>A value of the law is added by somebody, decides anew, and can be found in the audit.</summary>
public sealed class LawAndAuditTests(City city)
{
    const string Code = "A17.SmallBoiler.Capacity";

    [Fact]
    public async Task A_dated_value_with_its_citation_decides_anew_and_stands_in_the_audit_and_its_export()
    {
        await using var server = await city.ServeAsync();
        await server.AddAsync("heating/boilers", new { name = "四十吨锅炉", kind = "boiler", fuel = "coal", status = "operating", tonnesPerHour = 40, outdated = false, lon = 111.52, lat = 36.09 });
        await using var office = await VisitorPage.OpenOfficeAsync(city.Browser, server.Address, "/parameters");
        await office.Page.FillAsync("#search", "SmallBoiler");
        await office.Page.ClickAsync($"[data-parameter='{Code}'] a");
        await office.UntilAsync("() => /燃煤小锅炉/.test(document.querySelector('.touches')?.textContent)");
        await office.Page.ClickAsync("[data-act=add]");
        await office.UntilAsync("() => document.querySelectorAll('.fault:not([hidden])').length === 3");
        var today = DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await office.Page.FillAsync("#f-effectiveFrom", today);
        await office.Page.FillAsync("#f-value", "65");
        await office.Page.FillAsync("#f-citation", "临政发〔2026〕1号第三条");
        await office.Page.ClickAsync("[data-act=add]");
        await office.UntilAsync("() => /未办结 0 → 1/.test(document.querySelector('.decided')?.textContent)");
        await office.UntilAsync("today => /65 t\\/h.*临政发〔2026〕1号第三条.*现行/s.test(document.querySelector(`[data-from='${today}']`)?.textContent)", today);
        await office.PictureAsync("parameter-decided");

        await office.GoAsync("/admin/#/audit");
        await office.Page.FillAsync("#search", Code);
        await office.UntilAsync("() => document.querySelectorAll('.audit-rows li').length === 1");
        await office.Page.ClickAsync(".audit-rows summary");
        await office.UntilAsync("() => /临政发〔2026〕1号第三条/.test(document.querySelector('.audit-more')?.textContent)");
        Assert.Contains("admin", await office.TextAsync(".audit-rows summary"), StringComparison.Ordinal);
        await office.BeSoundAsync("audit row");
        await office.PictureAsync("audit-row");

        await office.Page.ClickAsync(".menu summary");
        var download = await office.Page.RunAndWaitForDownloadAsync(() => office.Page.ClickAsync("[data-export=csv]"));
        var text = await File.ReadAllTextAsync((await download.PathAsync())!, TestContext.Current.CancellationToken);
        Assert.Contains(Code, text, StringComparison.Ordinal);
        Assert.Equal(2, text.TrimEnd().Split('\n').Count(line => line.Contains(Code, StringComparison.Ordinal) || line.Contains("traceId", StringComparison.Ordinal)));

        // The export is an act itself.
        await office.Page.FillAsync("#search", "audit.exported");
        await office.UntilAsync("() => document.querySelectorAll('.audit-rows li').length === 1 && /导出审计/.test(document.querySelector('.audit-rows').textContent)");
        Assert.Empty(office.Faults);
    }
}
