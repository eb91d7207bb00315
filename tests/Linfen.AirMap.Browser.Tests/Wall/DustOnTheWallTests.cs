using Deque.AxeCore.Playwright;
using Linfen.AirMap.Browser.Tests.Registers;
using Linfen.AirMap.Browser.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Wall;

/// <summary>What real HJ 212 frames over TCP make people see: signs on the map, curves in the cards, a list of devices.</summary>
public sealed class DustOnTheWallTests(City city)
{
    const string Close = "#c=111.68,36.278&z=12.6";

    static readonly Dictionary<string, string> Quick = new(StringComparer.Ordinal) { ["Airmap__Hj212__JudgeSeconds"] = "1", ["Airmap__Hj212__EventSeconds"] = "1" };

    sealed record Monitors(DustDevice Ok, DustDevice Doubted, DustDevice Silent, DustDevice Dusty);

    /// <summary>A day of a quiet site with a gap and a calibration, a device in calibration, one that never spoke, and a site that is dusty for two hours.</summary>
    static async Task<Monitors> DeliveredAsync(CityServer server)
    {
        var monitors = new Monitors(
            await DustDevice.RegisterAsync(server, 0, "平阳北街"), await DustDevice.RegisterAsync(server, 1, "飞虹大道"), await DustDevice.RegisterAsync(server, 2, "涧河新区"),
            await DustDevice.RegisterAsync(server, 5, "大槐树"));
        await monitors.Ok.DeliverAsync(server, 1_440, ago => ago is > 500 and < 580 ? null : DustDevice.Air(ago, 260, 78, ago is > 800 and < 860 ? 'C' : 'N'));
        await monitors.Doubted.DeliverAsync(server, 30, ago => DustDevice.Air(ago, 1_900, 640, 'C'));
        await monitors.Dusty.DeliverAsync(server, 1_440, ago => ago < 110 ? DustDevice.Air(ago, 1_150, 300) : DustDevice.Air(ago, 330, 110));
        return monitors;
    }

    static Task StatesAsync(WallPage wall, Monitors m) => wall.UntilAsync(
        "([ok, doubted, silent, dusty]) => { const d = airmap.drawnMonitors; return d[ok] === 'ok' && d[doubted] === 'suspect' && d[silent] === 'silent' && d[dusty] === 'exceeding'; }",
        new object[] { m.Ok.Id, m.Doubted.Id, m.Silent.Id, m.Dusty.Id });

    static Task CurvesAsync(WallPage wall, int count) => wall.UntilAsync("n => document.querySelectorAll('.card .curve .value[d^=M]').length === n", count);

    static async Task SoundAsync(WallPage wall) =>
        Assert.Empty((await wall.Page.RunAxe()).Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{v.Id}: {v.Help} {string.Join(' ', v.Nodes.Take(4).Select(n => n.Html))}"));

    [Fact]
    public async Task Frames_over_TCP_become_signs_on_the_map_curves_in_the_card_and_one_violation_with_its_curve()
    {
        await using var server = await city.ServeAsync(Quick);
        var monitors = await DeliveredAsync(server);
        await using var wall = await WallPage.OpenAsync(city.Browser, server.Address, 1920, 1080, Close);
        await StatesAsync(wall, monitors);
        await wall.UntilAsync("() => /扬尘/.test(document.querySelector('.strip .dust')?.textContent) && document.querySelector('.strip .dust b').textContent === '3/4'");
        await wall.PictureAsync("dust-map-1920x1080");

        await wall.Page.EvaluateAsync("id => { location.hash = `#c=111.68,36.278&z=12.6&s=monitor:${id}`; }", monitors.Ok.Id);
        await CurvesAsync(wall, 2);
        await wall.UntilAsync("() => document.querySelector('.card .dust-tag')?.dataset.state === 'ok' && document.querySelector('.card .curve[data-factor=PM10] .doubtful').getAttribute('d').startsWith('M')");
        Assert.True(await wall.Page.EvaluateAsync<bool>("() => [...document.querySelectorAll('.card .curve svg')].every(s => s.querySelectorAll('*').length < 80)"));
        Assert.StartsWith($"/api/monitors/{monitors.Ok.Mn}/readings/export?format=csv", await wall.Page.GetAttributeAsync(".card [data-export=csv]", "href"), StringComparison.Ordinal);
        await SoundAsync(wall);
        await wall.PictureAsync("dust-card-1920x1080");

        // Read by keyboard: the arrows are the curve's here, not the wall's.
        await wall.Page.FocusAsync(".card .curve[data-factor=TSP] .plot");
        await wall.Page.Keyboard.PressAsync("End");
        await wall.Page.Keyboard.PressAsync("ArrowLeft");
        await wall.UntilAsync("() => /^\\d\\d-\\d\\d \\d\\d:\\d\\d · [\\d.]+ µg\\/m³ · 60 分钟均值 \\d+/.test(document.activeElement.getAttribute('aria-valuetext')) && document.querySelector('.card .curve.reading .cursor circle') !== null");
        await wall.Page.ClickAsync(".card [data-range=month]");
        await wall.UntilAsync("() => document.querySelector('.card [data-range=month]').getAttribute('aria-pressed') === 'true' && document.querySelectorAll('.card .curve .value[d^=M]').length === 2");

        await wall.Page.EvaluateAsync("id => { location.hash = `#c=111.68,36.278&z=12.6&s=monitor:${id}`; }", monitors.Dusty.Id);
        await wall.UntilAsync("() => document.querySelector('.card .dust-tag')?.dataset.state === 'exceeding'");
        var violation = await wall.Page.EvaluateAsync<string>("() => airmap.violations[0]");
        await wall.Page.EvaluateAsync("id => { location.hash = `#c=111.68,36.278&z=12.6&s=violation:${id}`; }", violation);
        await CurvesAsync(wall, 1);
        await wall.UntilAsync("() => { const c = document.querySelector('.card .curve[data-factor=TSP]'); return c.querySelector('.spans rect') && c.querySelector('.limit[d^=M]') && c.querySelector('.above[d^=M]') && c.textContent.includes('违规开立') && c.textContent.includes('限值 800 µg/m³ · 60 分钟均值') && /超标 (\\d+ 小时|\\d+ 分钟)/.test(c.textContent); }");
        await SoundAsync(wall);
        await wall.PictureAsync("dust-violation-1920x1080");
        Assert.Empty(await wall.PolicyViolationsAsync());
        Assert.Empty(wall.Faults);
        Assert.Single(await wall.Page.EvaluateAsync<string[]>("() => airmap.violations"));
    }

    [Fact]
    public async Task A_monitor_that_speaks_again_changes_its_sign_in_an_open_wall()
    {
        await using var server = await city.ServeAsync(Quick);
        var device = await DustDevice.RegisterAsync(server, 0, "平阳北街");
        await using var wall = await WallPage.OpenAsync(city.Browser, server.Address, hash: $"{Close}&s=monitor:{device.Id}");
        await wall.UntilAsync("id => airmap.drawnMonitors[id] === 'silent' && document.querySelector('.card .curves')?.dataset.state === 'empty' && document.querySelector('.card').textContent.includes('近 24 小时没有数据')", device.Id);
        await wall.PictureAsync("dust-empty-1280x720");
        await device.DeliverAsync(server, 5, ago => DustDevice.Air(ago, 200, 60));
        await wall.UntilAsync("id => airmap.drawnMonitors[id] === 'ok'", device.Id);
        await CurvesAsync(wall, 2);
        Assert.Empty(wall.Faults);
    }

    [Fact]
    public async Task The_card_of_a_violation_fits_the_widest_and_the_narrowest_screen()
    {
        await using var server = await city.ServeAsync(Quick);
        var monitors = await DeliveredAsync(server);
        await FitsAsync(server, monitors, 3840, 1080);
        await FitsAsync(server, monitors, 390, 844);
    }

    async Task FitsAsync(CityServer server, Monitors monitors, int width, int height)
    {
        await using var wall = await WallPage.OpenAsync(city.Browser, server.Address, width, height, Close);
        await StatesAsync(wall, monitors);
        await wall.Page.EvaluateAsync("([id, close]) => { location.hash = `${close}&s=violation:${id}`; }", new object[] { await wall.Page.EvaluateAsync<string>("() => airmap.violations[0]"), Close });
        await CurvesAsync(wall, 1);
        await wall.PictureAsync($"dust-violation-{width}x{height}");
        await wall.Page.EvaluateAsync("([id, close]) => { location.hash = `${close}&s=monitor:${id}`; }", new object[] { monitors.Ok.Id, Close });
        await CurvesAsync(wall, 2);
        await wall.PictureAsync($"dust-card-{width}x{height}");
        Assert.Empty(await wall.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.card .dust-panel *')].filter(e => e.checkVisibility() && e.getBoundingClientRect().right > document.querySelector('.card').getBoundingClientRect().right + 1).map(e => e.className.baseVal ?? e.className)"));
        Assert.True(await wall.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
    }

    [Theory]
    [InlineData(1920, 1080)]
    [InlineData(390, 844)]
    public async Task The_health_of_devices_is_a_list_with_reasons_and_the_entry_of_a_monitor_has_its_curves(int width, int height)
    {
        await using var server = await city.ServeAsync(Quick);
        var monitors = await DeliveredAsync(server);
        await DustDevice.StrangerCallsAsync(server, "STRANGER0000000000000001");
        var inMilligrams = await DustDevice.RegisterAsync(server, 6, "南环路");
        await inMilligrams.DeliverAsync(server, 20, ago => DustDevice.Air(ago, 0.35, 0.12));
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/monitors/health", width, height);
        await desk.UntilAsync("() => document.querySelectorAll('.health tbody tr[data-state]').length === 5 && document.querySelector('[data-refused]') !== null");
        Assert.Equal(["silent", "suspect", "suspect", "ok", "ok"], await desk.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.health tbody tr[data-state]')].map(r => r.dataset.state)"));
        await desk.UntilAsync("() => { const t = document.querySelector('.health').textContent; return t.includes('标记 C：校准') && t.includes('从未上报') && t.includes('设备编号未登记') && t.includes('STRANGER') && t.includes('刚刚'); }");
        await desk.BeSoundAsync("health");
        await desk.PictureAsync($"dust-health-{width}x{height}");
        if (width > 900)
        {
            await desk.Page.FocusAsync("[data-key='sort:name']");
            await desk.Page.Keyboard.PressAsync("Enter");
            await desk.UntilAsync("() => document.querySelector('[aria-sort=ascending] .sort')?.dataset.key === 'sort:name' && document.activeElement.dataset.key === 'sort:name' && location.hash.includes('sort=name')");
        }

        else
        {
            Assert.True(await desk.Page.EvaluateAsync<bool>("() => [...document.querySelectorAll('.health .care')].every(s => [...s.querySelectorAll('th, td')].every(c => c.getBoundingClientRect().bottom <= s.getBoundingClientRect().bottom + 1))"));
        }

        await ReleaseAsync(desk, inMilligrams, width);
        await desk.Page.SelectOptionAsync("[name=state]", "suspect");
        await desk.UntilAsync("() => document.querySelectorAll('.health tbody tr[data-state]').length === 2 && location.hash.includes('state=suspect')");
        await desk.Page.ClickAsync("[data-refused=STRANGER0000000000000001] a");
        await desk.UntilAsync("() => document.querySelector('[data-field=mn] input')?.value === 'STRANGER0000000000000001'");
        await desk.Page.EvaluateAsync("id => { location.hash = `#/monitors/${id}`; }", monitors.Dusty.Id);
        await desk.UntilAsync("() => document.querySelectorAll('.measured .curve .value[d^=M]').length === 2 && document.querySelector('.measured .dust-tag')?.dataset.state === 'exceeding'");
        await desk.BeSoundAsync("monitor");
        await desk.PictureAsync($"dust-entry-{width}x{height}");
        Assert.Empty(desk.Faults);
    }

    [Fact]
    public async Task A_device_that_waits_to_be_registered_can_be_dismissed()
    {
        const string Mn = "STRANGER0000000000000002";
        await using var server = await city.ServeAsync(new Dictionary<string, string>(Quick, StringComparer.Ordinal) { ["Airmap__Hj212__Unknown"] = "hold" });
        await DustDevice.StrangerCallsAsync(server, Mn);
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/monitors/health", 390, 844);
        await desk.UntilAsync("mn => document.querySelector(`[data-pending=${mn}]`) !== null", Mn);
        await desk.BeSoundAsync("waiting");
        await desk.PictureAsync("dust-waiting-390");
        await desk.Page.ClickAsync($"[data-pending={Mn}] button");
        await desk.Page.ClickAsync("dialog [data-answer=yes]");
        await desk.UntilAsync("mn => document.querySelector('.health .care') !== null && document.querySelector(`[data-pending=${mn}]`) === null", Mn);
        await desk.Page.ReloadAsync();
        await desk.UntilAsync("mn => document.querySelector(`[data-refused=${mn}]`) !== null && document.querySelector(`[data-pending=${mn}]`) === null", Mn);
        Assert.Empty(desk.Faults);
    }

    /// <summary>Who knows that a device sends milligrams says so, and its readings count.</summary>
    static async Task ReleaseAsync(DeskPage desk, DustDevice device, int width)
    {
        var row = $"[data-doubted='{device.Mn} a34001 unitImplausible']";
        await desk.Page.ClickAsync($"{row} button");
        await desk.Page.ClickAsync("dialog [data-answer=yes]");
        await desk.UntilAsync("() => document.querySelector('#release-fault')?.checkVisibility()");
        await desk.Page.FillAsync("#release-reason", "已与厂家核实，设备以毫克上报");
        await desk.Page.SelectOptionAsync("#release-scale", "1000");
        await desk.BeSoundAsync("release");
        await desk.PictureAsync($"dust-release-{width}");
        await desk.Page.ClickAsync("dialog [data-answer=yes]");
        await desk.UntilAsync("row => document.querySelector(row) === null && document.querySelectorAll('[data-doubted]').length === 1", row);
    }
}
