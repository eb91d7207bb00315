using Linfen.AirMap.Browser.Tests.Support;
using Linfen.AirMap.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Admin;

/// <summary>What holds for every page of the administration: small and large, light and dark, by keyboard alone.</summary>
public sealed class AdminForEveryoneTests(City city)
{
    [Fact]
    public async Task Every_page_is_sound_on_a_large_and_a_small_screen_in_the_dark_and_at_200_percent()
    {
        await using var server = await city.ServeAsync();
        await server.ReportAsync(Sighting.InHongtong(0));
        await server.RaiseAlarmsAsync();
        await EveryPageIsSoundAsync(server, 1920, 1080, dark: false);
        await EveryPageIsSoundAsync(server, 390, 844, dark: true);
        // A laptop's screen at 200 %.
        await EveryPageIsSoundAsync(server, 720, 450, dark: false);
    }

    async Task EveryPageIsSoundAsync(CityServer server, int width, int height, bool dark)
    {
        await using var office = await VisitorPage.OpenOfficeAsync(city.Browser, server.Address, "/accounts", width, height);
        await office.Page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        foreach (var (name, route, ready) in new[]
        {
            ("accounts", "/accounts", "() => document.querySelector('[data-account=admin]') !== null"),
            ("account-new", "/accounts/new", "() => document.querySelectorAll('.choice').length === 26"),
            ("keys", "/keys", "() => document.querySelector('.machine-keys .table-frame, .machine-keys .notice.empty') !== null"),
            ("kiosks", "/kiosks", "() => document.querySelector('.kiosks .notice.empty') !== null"),
            ("feeds", "/feeds", "() => document.querySelector('[data-feed]') !== null"),
            ("parameters", "/parameters", "() => document.querySelectorAll('[data-parameter]').length > 40"),
            ("parameter", "/parameters/AlongFen.Counties", "() => document.querySelectorAll('.touches li').length > 0 && document.querySelector('[data-from]') !== null"),
            ("alarms", "/alarms", "() => document.querySelector('[data-rule]') !== null"),
            ("audit", "/audit", "() => document.querySelector('[data-audit]') !== null"),
            ("me", "/me", "() => document.querySelector('[data-own-session=current]') !== null"),
        })
        {
            await office.Page.EvaluateAsync("route => { location.hash = route; }", route);
            await office.UntilAsync(ready);
            await office.BeSoundAsync($"{name} at {width}");
            await office.PictureAsync($"{name}-{width}");
        }

        await office.Page.ClickAsync("[data-language]");
        await office.UntilAsync("() => document.documentElement.lang === 'en' && document.querySelector('.tabs a').textContent === 'Accounts'");
        await office.BeSoundAsync($"english at {width}");
    }

    [Fact]
    public async Task The_second_step_is_set_up_and_asked_for_at_the_next_sign_in()
    {
        await using var server = await city.ServeAsync();
        await using var office = await VisitorPage.OpenOfficeAsync(city.Browser, server.Address, "/me");
        await office.Page.ClickAsync("[data-act=totp-begin]");
        await office.UntilAsync("() => document.querySelector('.qr path') !== null");
        var secret = (await office.TextAsync("[data-totp-secret]")).Replace(" ", "", StringComparison.Ordinal);
        await office.BeSoundAsync("second step");
        await office.Page.FillAsync("#f-code", "000000");
        await office.Page.ClickAsync("[data-act=totp-confirm]");
        await office.UntilAsync("() => /验证码不正确/.test(document.querySelector('[data-field=code] .fault').textContent)");
        await office.Page.FillAsync("#f-code", Authenticator.CodeOf(secret, DateTimeOffset.UtcNow));
        await office.Page.ClickAsync("[data-act=totp-confirm]");
        await office.UntilAsync("() => document.querySelector('[data-act=totp-end]') !== null");

        await using var again = await VisitorPage.OpenAsync(city.Browser, server.Address, "/signin/?next=%2Fadmin%2F");
        await again.SignInByFormAsync(SignIns.Administrator, AirMapProcess.AdminPassword);
        await again.UntilAsync("() => document.querySelector('#totp') !== null");
        await again.BeSoundAsync("code");
        // A code opens once: the next one is good already.
        await again.Page.FillAsync("#totp", Authenticator.CodeOf(secret, DateTimeOffset.UtcNow.AddSeconds(30)));
        await again.UntilAtAsync("/admin/");
        Assert.Empty(again.Faults);
    }

    [Fact]
    public async Task An_account_is_made_by_keyboard_alone()
    {
        await using var server = await city.ServeAsync();
        await using var office = await VisitorPage.OpenOfficeAsync(city.Browser, server.Address, "/accounts");
        var keys = office.Page.Keyboard;
        await keys.PressAsync("n");
        await office.UntilAsync("() => document.activeElement.id === 'f-userName'");
        await keys.TypeAsync("li.na");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("李娜");
        for (var i = 0; i < 10 && await office.Page.EvaluateAsync<string>("() => document.activeElement.value") != "viewer"; i++)
        {
            await keys.PressAsync("Tab");
        }

        await keys.PressAsync("Space");
        await keys.PressAsync("Control+s");
        await office.UntilAsync("() => document.querySelector('dialog [data-secret]') !== null");
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await office.UntilAsync("() => document.querySelector('dialog') === null && document.querySelector('h1').textContent === '李娜'");
        await keys.PressAsync("Escape");
        await office.UntilAsync("() => document.querySelector(\"[data-account='li.na']\") !== null");
        await keys.PressAsync("/");
        await keys.TypeAsync("李");
        await office.UntilAsync("() => document.querySelectorAll('[data-account]').length === 1");
        Assert.Empty(office.Faults);
    }
}
