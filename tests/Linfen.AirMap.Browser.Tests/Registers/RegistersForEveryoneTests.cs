using Linfen.AirMap.Browser.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Registers;

/// <summary>What holds for every view: by keyboard alone, for readers of screens, on phones, and when the link is gone.</summary>
public sealed class RegistersForEveryoneTests(City city)
{
    [Fact]
    public async Task A_journey_by_keyboard_alone_finds_changes_saves_and_adds()
    {
        await using var server = await city.ServeAsync();
        await server.AddAsync("land", new { name = "甲裸地", lon = 111.5, lat = 36.1 });
        var id = await server.AddAsync("land", new { name = "乙裸地", lon = 111.52, lat = 36.1 });
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/");
        var keys = desk.Page.Keyboard;
        await desk.UntilAsync("() => document.querySelector('.cards a[data-register=land]') !== null");
        for (var i = 0; i < 20 && await desk.Page.EvaluateAsync<string>("() => document.activeElement.dataset.register ?? ''") != "land"; i++)
        {
            await keys.PressAsync("ArrowDown");
        }

        await keys.PressAsync("Enter");
        await desk.UntilAsync("() => document.querySelectorAll('tbody tr').length === 2");
        await keys.PressAsync("/");
        await keys.TypeAsync("乙");
        await desk.UntilAsync("() => document.querySelectorAll('tbody tr').length === 1");
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Enter");
        await desk.UntilFormAsync("乙裸地");
        for (var i = 0; i < 40 && await desk.Page.EvaluateAsync<string>("() => document.activeElement.id") != "f-owner"; i++)
        {
            await keys.PressAsync("Tab");
        }

        await keys.TypeAsync("村委会");
        await keys.PressAsync("Control+s");
        await desk.UntilSavedAsync(2);
        Assert.Equal("村委会", (await server.ReadAsync("land/" + id)).GetProperty("properties").GetProperty("owner").GetString());
        // Out of the field, then back to the list as it was searched.
        await keys.PressAsync("Escape");
        await keys.PressAsync("Escape");
        await desk.UntilAsync("() => document.querySelectorAll('tbody tr').length === 1 && document.querySelector('#search').value === '乙'");
        await keys.PressAsync("n");
        await desk.UntilAsync("() => document.activeElement.id === 'f-name'");
        await keys.TypeAsync("丙裸地");
        await desk.UntilMapAsync();
        await desk.Page.FocusAsync("[data-pick] canvas");
        await keys.PressAsync("Enter");
        await keys.PressAsync("Control+s");
        await desk.UntilSavedAsync(1);
        Assert.Empty(desk.Faults);
    }

    [Fact]
    public async Task Every_view_is_sound_keeps_the_content_policy_and_asks_no_other_origin_on_large_and_small_screens()
    {
        await using var server = await city.ServeAsync();
        var site = await server.AddAsync("sites", new { name = "平阳广场改造工程（一期、二期及地下通道）", code = "GD-2026-0001", status = "active", lon = 111.5, lat = 36.1, simulated = true });
        await server.AddAsync($"sites/{site}/machines", new { name = "装载机", kind = "loader", power = "diesel" });
        await EveryViewIsSoundAsync(server, site, 1920, 1080);
        await EveryViewIsSoundAsync(server, site, 390, 844);
    }

    async Task EveryViewIsSoundAsync(CityServer server, string site, int width, int height)
    {
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/", width, height);
        foreach (var (name, route, ready) in new[]
        {
            ("start", "/", "() => document.querySelectorAll('.cards b').length > 30"),
            ("list", "/sites", "() => document.querySelector('tbody tr') !== null"),
            ("empty", "/land/yards", "() => document.querySelector('.notice.empty') !== null"),
            ("entry", "/sites/" + site, "() => document.querySelector('.rulings h3') !== null && document.querySelector('.belonging li') !== null && window.airmapPick?.idle"),
            ("new", "/inspections/new?parent=" + site, "() => /平阳广场/.test(document.querySelector('#f-siteId')?.value)"),
            ("history", $"/sites/{site}/history", "() => document.querySelector('[data-version]') !== null"),
            ("import", "/sites/import", "() => document.querySelector('[data-act=check]') !== null"),
            ("undecidable", "/undecidable", "() => document.querySelector('tbody tr') !== null"),
        })
        {
            await desk.Page.EvaluateAsync("route => { location.hash = route; }", route);
            await desk.UntilAsync(ready);
            await desk.BeSoundAsync($"{name} at {width}");
            await desk.PictureAsync($"{name}-{width}");
        }

        await desk.Page.ClickAsync("[data-language]");
        await desk.UntilAsync("() => document.documentElement.lang === 'en' && document.querySelector('h1').textContent === 'To verify'");
        await desk.BeSoundAsync($"english at {width}");
        await desk.PictureAsync($"english-{width}");
        Assert.Empty(await desk.PolicyViolationsAsync());
        Assert.Empty(desk.Faults);
        Assert.DoesNotContain(desk.Requests, url => !url.StartsWith(server.Address.ToString(), StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_language_in_the_middle_of_a_form_loses_nothing_typed()
    {
        await using var server = await city.ServeAsync();
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/heating/boilers/new");
        await desk.Page.FillAsync("#f-name", "半途锅炉");
        await desk.Page.FillAsync("#f-lon", "111.5");
        await desk.Page.SelectOptionAsync("#f-fuel", "coal");
        await desk.Page.ClickAsync("[data-language]");
        await desk.UntilAsync("() => document.querySelector('label[for=f-name]').textContent.startsWith('Name')");
        Assert.Equal(("半途锅炉", "111.5", "coal"), (await desk.Page.InputValueAsync("#f-name"), await desk.Page.InputValueAsync("#f-lon"), await desk.Page.InputValueAsync("#f-fuel")));
    }

    [Fact]
    public async Task A_lost_link_is_said_what_was_typed_stays_and_is_saved_when_the_server_is_back()
    {
        await using var server = await city.ServeAsync();
        var id = await server.AddAsync("land", new { name = "断线裸地", lon = 111.5, lat = 36.1 });
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/land/" + id);
        await desk.UntilFormAsync("断线裸地");
        await desk.Page.FillAsync("#f-owner", "断线时填写");
        server.Kill();
        await desk.UntilAsync("() => /数据停更于 \\d\\d:\\d\\d/.test(document.querySelector('.stale-banner').innerText)");
        await desk.SaveAsync();
        await desk.UntilAsync("() => document.querySelector('.notices .bad') !== null");
        await desk.PictureAsync("lost-link");
        await server.ComeBackAsync();
        await desk.UntilAsync("() => document.querySelector('.page').dataset.link === 'live'");
        Assert.Equal("断线时填写", await desk.Page.InputValueAsync("#f-owner"));
        await desk.SaveAsync();
        await desk.UntilSavedAsync(2);
    }

    [Fact]
    public async Task An_open_list_follows_what_others_write()
    {
        await using var server = await city.ServeAsync();
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/land");
        await desk.UntilAsync("() => document.querySelector('.notice.empty') !== null");
        await server.AddAsync("land", new { name = "新到裸地", lon = 111.5, lat = 36.1 });
        await desk.UntilAsync("() => /新到裸地/.test(document.querySelector('tbody')?.textContent)");
    }
}
