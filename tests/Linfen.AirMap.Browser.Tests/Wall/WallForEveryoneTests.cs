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
        await using var wall = await WallPage.OpenAsync(city.Browser, server.Address, 1920, 1080, $"#s=fire:{fire}");
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
        await using var wall = await WallPage.OpenAsync(city.Browser, server.Address, 1920, 1080, "#s=county:141024&a=17");
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
        await using var wall = await WallPage.OpenAsync(city.Browser, server.Address, 1920, 1080);
        await wall.Page.Mouse.MoveAsync(960, 540);
        await wall.Page.Keyboard.PressAsync("?");
        await wall.Page.Keyboard.PressAsync("Escape");
        await wall.Page.ClickAsync("tr[data-county='141024'] button");
        await wall.Page.ClickAsync(".card .articles-of tbody button");
        await wall.UntilAsync("() => document.querySelector('.card .rows button') !== null && airmap.mapIdle");

        Assert.Empty(await wall.PolicyViolationsAsync());
        Assert.Empty(wall.Faults);
        Assert.DoesNotContain(wall.Requests, url => !url.StartsWith(server.Address.ToString(), StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task On_every_size_of_screen_nothing_is_cut_off_or_covers_a_county_and_the_smallest_text_has_its_share_of_the_height()
    {
        await using var server = await city.ServeAsync();
        await server.ReportAsync([.. Enumerable.Range(0, 4).Select(Sighting.InHongtong)]);
        List<string> faults = [];
        foreach (var (width, height) in new[] { (1366, 768), (1920, 1080), (3840, 2160), (3840, 1080), (6656, 1792), (2160, 3840), (390, 844) })
        {
            await using var wall = await WallPage.OpenAsync(city.Browser, server.Address, width, height);
            await wall.PictureAsync($"wall-{width}x{height}");
            string[] found = [.. await wall.Page.EvaluateAsync<string[]>(Misplaced), .. await wall.Page.EvaluateAsync<string[]>(Coarse), .. (width, height) is (1920, 1080) ? await wall.Page.EvaluateAsync<string[]>(TooSmall) : []];
            faults.AddRange(found.Select(fault => $"{width}×{height}: {fault}"));
        }

        Assert.Empty(faults);
    }

    // The map is drawn as finely as the screen is, not as the library would by itself.
    const string Coarse =
        """
        () => [document.querySelector('.map canvas')].filter(c => c.width !== Math.floor(c.clientWidth * devicePixelRatio) || c.height !== Math.floor(c.clientHeight * devicePixelRatio))
          .map(c => `the map has ${c.width} × ${c.height} pixels`)
        """;

    // Names text below 1.4 % of the wall's height.
    const string TooSmall =
        """
        () => [...document.querySelectorAll('.wall *')].filter(e => e.checkVisibility() && !e.closest('.unseen, .hatched')
            && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) && parseFloat(getComputedStyle(e).fontSize) < 0.014 * innerHeight)
          .map(e => `${e.className || e.tagName} ${getComputedStyle(e).fontSize} ${e.textContent}`)
        """;

    // Names whatever leaves the screen sideways, is cut off inside its panel, or covers a county's label.
    const string Misplaced =
        """
        () => {
          const faults = [];
          if (document.documentElement.scrollWidth > innerWidth) faults.push(`the page is ${document.documentElement.scrollWidth} px wide`);
          const box = e => e.getBoundingClientRect();
          for (const e of document.querySelectorAll('.panel, .strip > *, .strip .states > *, .bottom')) {
            if (!e.checkVisibility()) continue;
            const b = box(e);
            if (b.left < -1 || b.right > innerWidth + 1) faults.push(`${e.className} reaches from ${b.left} to ${b.right}`);
          }
          const scrolls = document.documentElement.scrollHeight > innerHeight || getComputedStyle(document.body).overflowY === 'auto';
          for (const e of document.querySelectorAll('.panel')) {
            if (e.checkVisibility() && e.scrollHeight > e.clientHeight + 2) faults.push(`${e.className} needs ${e.scrollHeight} px and has ${e.clientHeight}`);
            if (!scrolls && box(e).bottom > innerHeight + 1) faults.push(`${e.className} ends at ${box(e).bottom}`);
          }
          const labels = [...document.querySelectorAll('.county-label')];
          if (labels.length !== 17) faults.push(`${labels.length} labels`);
          const meets = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
          for (const label of labels) {
            if (label.classList.contains('unseen')) faults.push(`${label.textContent} has no place`);
            for (const panel of document.querySelectorAll('.panel, .strip, .bottom, .tools, .alarm .sound')) if (meets(box(label), box(panel))) faults.push(`${panel.className} covers ${label.textContent}`);
            for (const other of labels) if (other !== label && innerWidth > 600 && meets(box(label), box(other))) faults.push(`${other.textContent} covers ${label.textContent}`);
          }
          return faults;
        }
        """;

    static async Task BeSoundAsync(WallPage wall)
    {
        var result = await wall.Page.RunAxe();
        Assert.Empty(result.Violations
            .Where(v => v.Impact is "serious" or "critical")
            .Select(v => $"{v.Id}: {v.Help}\n  {string.Join("\n  ", v.Nodes.Take(5).Select(n => $"{n.Html} {n.Any.FirstOrDefault()?.Message}"))}"));
    }
}
