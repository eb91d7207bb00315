using System.Net;
using System.Net.Http.Json;
using Linfen.AirMap.Browser.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Admin;

/// <summary>Accounts of people and keys of machines, from their making to their end.</summary>
public sealed class AccountsTests(City city)
{
    const string Hongtong = "141024";

    [Fact]
    public async Task A_new_account_sets_its_own_password_and_sees_its_county_and_no_other()
    {
        await using var server = await city.ServeAsync();
        await using var office = await VisitorPage.OpenOfficeAsync(city.Browser, server.Address, "/accounts");
        await office.UntilAsync("() => document.querySelector('[data-account=admin]') !== null");
        await office.Page.ClickAsync("[data-new]");
        await office.Page.ClickAsync("[data-act=save]");
        await office.UntilAsync("() => document.querySelectorAll('.fault:not([hidden])').length === 3");
        await office.Page.FillAsync("#f-userName", "wang.jianguo");
        await office.Page.FillAsync("#f-displayName", "王建国");
        await office.Page.CheckAsync("input[value=countyOfficer]");
        await office.Page.Locator(".scope .three label", new() { HasTextString = "指定县" }).ClickAsync();
        await office.Page.CheckAsync($"input[value='{Hongtong}']");
        await office.Page.ClickAsync("[data-act=save]");
        var once = await office.TakeSecretAsync();
        await office.UntilAsync("() => document.querySelector('h1').textContent === '王建国' && document.querySelector('#f-userName').readOnly");

        await using var officer = await VisitorPage.OpenAsync(city.Browser, server.Address, "/");
        await officer.UntilAtAsync("/signin/");
        await officer.SignInByFormAsync("wang.jianguo", once);
        await officer.UntilAsync("() => document.querySelector('#repeated') !== null");
        await officer.BeSoundAsync("new password");
        await officer.Page.FillAsync("#next", "汾河两岸 8731 ab");
        await officer.Page.FillAsync("#repeated", "汾河两岸 8731 ab");
        await officer.Page.ClickAsync("form .primary");
        await officer.UntilAtAsync("/");
        await officer.UntilAsync("county => window.airmap?.link === 'live' && Object.keys(airmap.open).join() === county", Hongtong);
        Assert.Contains("王建国", await officer.TextAsync(".account-menu summary"), StringComparison.Ordinal);

        await officer.UntilAsync("() => airmap.mapIdle");
        await officer.PictureAsync("officer-wall");

        // What is not his to do is not offered.
        await officer.GoAsync("/admin/");
        await officer.UntilAsync("() => document.querySelector('main h1') !== null");
        Assert.Equal(["大屏", "数据来源", "我的账号"], await officer.Page.Locator(".tabs a:visible").AllInnerTextsAsync());
        Assert.Empty(officer.Faults);

        await office.Page.ClickAsync("[data-act=disable]");
        await office.Page.ClickAsync("dialog [data-answer=yes]");
        await office.UntilAsync("() => document.querySelector('.chip.state').textContent === '已停用'");
        await officer.GoAsync("/");
        await officer.UntilAtAsync("/signin/");
        Assert.Empty(office.Faults);
    }

    [Fact]
    public async Task A_key_is_shown_once_opens_its_door_and_stops_at_its_end()
    {
        await using var server = await city.ServeAsync();
        await using var office = await VisitorPage.OpenOfficeAsync(city.Browser, server.Address, "/keys");
        await office.Page.ClickAsync("[data-new]");
        await office.Page.FillAsync("#f-name", "洪洞县视频平台");
        await office.Page.FillAsync("#f-source", "hongtong-video");
        await office.BeSoundAsync("new key");
        await office.Page.ClickAsync("[data-act=create]");
        await office.UntilAsync("() => document.querySelector('dialog [data-secret]') !== null");
        await office.Page.Keyboard.PressAsync("Escape");
        var secret = await office.TakeSecretAsync();
        Assert.StartsWith("airmap_", secret, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(server, secret));
        await office.Page.ReloadAsync();
        await office.UntilAsync("() => document.querySelector('[data-key=洪洞县视频平台]') !== null");
        Assert.DoesNotContain(secret, await office.Page.ContentAsync(), StringComparison.Ordinal);

        await office.Page.ClickAsync("[data-key=洪洞县视频平台] [data-act=revoke]");
        await office.Page.ClickAsync("dialog [data-answer=yes]");
        await office.UntilAsync("() => document.querySelector('[data-key=洪洞县视频平台]') === null");
        Assert.Equal(HttpStatusCode.Unauthorized, await DeliverAsync(server, secret));
        await office.Page.CheckAsync(".switch input");
        Assert.Contains("已吊销", await office.TextAsync("[data-key=洪洞县视频平台]"), StringComparison.Ordinal);
        Assert.Empty(office.Faults);
    }

    static async Task<HttpStatusCode> DeliverAsync(CityServer server, string key)
    {
        using var machine = new HttpClient { BaseAddress = server.Address };
        machine.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var answer = await machine.PostAsJsonAsync("api/intake/detections", new[]
        {
            new { sourceKind = "video", feed = "hongtong-video", detectionId = Guid.NewGuid(), at = DateTimeOffset.UtcNow.AddSeconds(-20), lon = 111.65, lat = 36.25, crs = "CGCS2000", radiusMetres = 60 },
        });
        return answer.StatusCode;
    }
}
