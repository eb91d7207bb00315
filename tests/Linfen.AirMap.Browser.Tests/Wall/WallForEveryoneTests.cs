using Deque.AxeCore.Playwright;
using Linfen.AirMap.Browser.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Wall;

/// <summary>What holds for every state and every screen of the wall.</summary>
public sealed class WallForEveryoneTests(City city)
{
    [Fact]
    public async Task Axe_finds_nothing_serious_or_critical()
    {
        await using var server = await city.ServeAsync();
        await server.ReportAsync(Sighting.InHongtong(0), Sighting.InHongtong(1) with { Simulated = true });
        var fire = (await server.BurningAsync())[0];
        await using var wall = await WallPage.OpenAsync(city.Browser, server.Address, hash: $"#s=fire:{fire}");
        await wall.UntilAsync("() => document.querySelector('.card .timeline') !== null");
        await BeSoundAsync(wall);

        await wall.Page.ClickAsync("[data-verdict=out]");
        await BeSoundAsync(wall);
        await wall.Page.ClickAsync(".tools .layers");
        await wall.UntilAsync("() => document.querySelector('.layer-panel').checkVisibility()");
        await BeSoundAsync(wall);
        await wall.Page.ClickAsync(".strip .tool");
        await wall.UntilAsync("() => document.documentElement.lang === 'en' && document.querySelector('h1').textContent === 'Linfen AirMap'");
        await BeSoundAsync(wall);
    }

    [Fact]
    public async Task Axe_finds_nothing_serious_or_critical_in_the_cards_of_counties_violations_subjects_and_zones()
    {
        await using var server = await city.ServeAsync();
        var boiler = await server.AddBoilerAsync(0);
        var zone = await server.DraftZoneAsync();
        await server.PublishZoneAsync(zone);
        await using var wall = await WallPage.OpenAsync(city.Browser, server.Address, hash: "#s=county:141024&a=17");
        await wall.UntilAsync("() => document.querySelector('.card .rows button') !== null");
        await BeSoundAsync(wall);
        await wall.Page.ClickAsync(".card .rows button");
        await wall.UntilAsync("() => document.querySelector('.card .parameters') !== null");
        await BeSoundAsync(wall);
        foreach (var (target, part) in new[] { ($"boiler:{boiler}", ".card .ruling"), ($"zone:{zone}", ".card .tags .zone") })
        {
            await wall.Page.EvaluateAsync("s => { location.hash = `#s=${s}`; }", target);
            await wall.UntilAsync("part => document.querySelector(part) !== null", part);
            await BeSoundAsync(wall);
        }
    }

    [Fact]
    public async Task The_content_policy_is_kept_and_nothing_is_asked_of_another_origin()
    {
        await using var server = await city.ServeAsync();
        await server.ReportAsync(Sighting.InHongtong(0));
        await using var wall = await WallPage.OpenAsync(city.Browser, server.Address);
        await wall.Page.Mouse.MoveAsync(640, 360);
        await wall.Page.Keyboard.PressAsync("?");
        await wall.Page.Keyboard.PressAsync("Escape");
        await wall.Page.ClickAsync("tr[data-county='141024'] button");
        await wall.Page.ClickAsync(".card .articles-of tbody button");
        await wall.UntilAsync("() => document.querySelector('.card .rows button') !== null && airmap.mapIdle");

        Assert.Empty(await wall.PolicyViolationsAsync());
        Assert.Empty(wall.Faults);
        Assert.DoesNotContain(wall.Requests, url => !url.StartsWith(server.Address.ToString(), StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal));
    }

    static async Task BeSoundAsync(WallPage wall)
    {
        var result = await wall.Page.RunAxe();
        Assert.Empty(result.Violations
            .Where(v => v.Impact is "serious" or "critical")
            .Select(v => $"{v.Id}: {v.Help}\n  {string.Join("\n  ", v.Nodes.Take(5).Select(n => $"{n.Html} {n.Any.FirstOrDefault()?.Message}"))}"));
    }
}
