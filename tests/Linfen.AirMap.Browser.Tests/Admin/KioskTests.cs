using Linfen.AirMap.Browser.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Admin;

/// <summary>A wall is let in by its code, can only look, and goes when it is told to.</summary>
public sealed class KioskTests(City city)
{
    [Fact]
    public async Task A_wall_opens_by_itself_when_its_code_is_granted_and_goes_dark_when_that_is_revoked()
    {
        await using var server = await city.ServeAsync();
        await using var wall = await VisitorPage.OpenAsync(city.Browser, server.Address, "/?kiosk=1", 1920, 1080);
        await wall.UntilAtAsync("/signin/");
        await wall.UntilAsync("() => /\\d{4} \\d{4}/.test(document.querySelector('.kiosk-code')?.textContent)");
        await wall.BeSoundAsync("code");
        await wall.PictureAsync("kiosk-1920");
        var code = await wall.TextAsync(".kiosk-code");
        Assert.DoesNotContain(code.Replace(" ", "", StringComparison.Ordinal), wall.Page.Url, StringComparison.Ordinal);

        await using var office = await VisitorPage.OpenOfficeAsync(city.Browser, server.Address, "/kiosks");
        await office.Page.FillAsync("#f-code", "0000 0000");
        await office.Page.FillAsync("#f-name", "指挥中心大屏");
        await office.Page.ClickAsync("[data-act=grant]");
        await office.UntilAsync("() => /没有这个代码/.test(document.querySelector('[data-field=code] .fault').textContent)");
        await office.Page.FillAsync("#f-code", code);
        await office.Page.ClickAsync("[data-act=grant]");

        await wall.UntilAtAsync("/");
        await wall.UntilAsync("() => window.airmap?.link === 'live'");
        Assert.True(await wall.Page.Locator(".account-menu").IsHiddenAsync());
        await office.GoAsync("/admin/#/feeds");
        await office.GoAsync("/admin/#/kiosks");
        await office.Page.ClickAsync("[data-kiosk=指挥中心大屏] [data-act=revoke]");
        await office.Page.ClickAsync("dialog [data-answer=yes]");
        await wall.UntilAtAsync("/signin/");
        await wall.UntilAsync("() => /\\d{4} \\d{4}/.test(document.querySelector('.kiosk-code')?.textContent)");
        Assert.NotEqual(code, await wall.TextAsync(".kiosk-code"), StringComparer.Ordinal);
        Assert.Empty(wall.Faults);
        Assert.Empty(office.Faults);
    }
}
