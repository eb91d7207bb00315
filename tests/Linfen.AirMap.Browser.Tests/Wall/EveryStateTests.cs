using Linfen.AirMap.Browser.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Wall;

/// <summary>The wall in every state on every size of screen. The pictures in <c>artifacts/</c> are for people to look at.</summary>
public sealed class EveryStateTests(City city)
{
    static readonly (int Width, int Height)[] Sizes = [(390, 844), (1366, 768), (3840, 2160), (3840, 1080), (6656, 1792), (2160, 3840), (1920, 1080)];

    /// <summary>What differs between states shows at these; drawn in software, the largest screens take the longest of all tests. <c>AIRMAP_TEST_FULL=1</c> takes all.</summary>
    static readonly (int Width, int Height)[] FewSizes = Environment.GetEnvironmentVariable("AIRMAP_TEST_FULL") == "1" ? Sizes : [(390, 844), (3840, 1080), (1920, 1080)];

    /// <summary>Cameras are missed after two seconds.</summary>
    static readonly Dictionary<string, string> Impatient = new(StringComparer.Ordinal) { ["Airmap__Feeds__StaleMinutes__video"] = "0.03", ["Airmap__Feeds__ClockSeconds"] = "1" };

    [Fact]
    public async Task Empty_quiet_with_a_stale_feed_in_alarm_and_offline_nothing_is_cut_off_covers_a_county_or_is_too_small()
    {
        await using var server = await city.ServeAsync(Impatient);
        await using var wall = await WallPage.OpenAsync(city.Browser, server.Address, 1920, 1080);
        List<string> faults = [];
        await OnSizesAsync(wall, FewSizes, "empty", faults);

        for (var number = 0; number < 12; number++)
        {
            await server.AddBoilerAsync(number);
        }

        await server.PublishZoneAsync(await server.DraftZoneAsync());
        await wall.UntilAsync("() => airmap.open['141024'] > 0");
        await OnSizesAsync(wall, Sizes, "quiet", faults);

        await server.ReportAsync(Sighting.InHongtong(0) with { SourceKind = "phone" }, Sighting.InHongtong(3));
        await wall.UntilAsync("() => airmap.fires.length === 2 && document.querySelector('.strip .states li.stale') !== null");
        await OnSizesAsync(wall, FewSizes, "stale", faults);

        await server.RaiseAlarmsAsync();
        await server.ReportAsync(Sighting.InHongtong(12));
        await wall.UntilAsync("() => airmap.alarm.open === 1 && document.querySelector('.alarm .first').checkVisibility() && location.hash.includes('s=fire:')");
        await OnSizesAsync(wall, FewSizes, "alarm", faults, isWhole: false);

        await wall.Page.Context.SetOfflineAsync(true);
        await wall.UntilAsync("() => document.querySelector('.wall').dataset.link === 'dead'");
        // Upright, the words that all is old have the least room.
        await OnSizesAsync(wall, [.. FewSizes, (2160, 3840)], "offline", faults, isWhole: false);
        Assert.Empty(faults);
    }

    /// <param name="isWhole">The city is in view, with a label for each county.</param>
    static async Task OnSizesAsync(WallPage wall, (int Width, int Height)[] sizes, string state, List<string> faults, bool isWhole = true)
    {
        foreach (var (width, height) in sizes)
        {
            await wall.Page.SetViewportSizeAsync(width, height);
            await wall.UntilAsync("([width, height]) => innerWidth === width && innerHeight === height && document.querySelector('.map canvas').clientWidth === document.querySelector('.map').clientWidth && airmap.mapIdle", new object[] { width, height });
            await wall.PictureAsync($"wall-{state}-{width}x{height}");
            string[] found = [.. await wall.Page.EvaluateAsync<string[]>(Misplaced, isWhole), .. await wall.Page.EvaluateAsync<string[]>(Coarse), .. width > height ? await wall.Page.EvaluateAsync<string[]>(TooSmall) : []];
            faults.AddRange(found.Select(fault => $"{state} at {width}×{height}: {fault}"));
        }
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
        isWhole => {
          const faults = [];
          if (document.documentElement.scrollWidth > innerWidth) faults.push(`the page is ${document.documentElement.scrollWidth} px wide`);
          const box = e => e.getBoundingClientRect();
          const meets = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
          const banner = document.querySelector('.banner');
          for (const e of document.querySelectorAll('.strip .states > *')) if (banner.checkVisibility() && e.checkVisibility({ visibilityProperty: true }) && meets(box(banner), box(e))) faults.push(`the banner covers ${e.textContent}`);
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
          if (!isWhole) return faults;
          const labels = [...document.querySelectorAll('.county-label')];
          if (labels.length !== 17) faults.push(`${labels.length} labels`);
          for (const label of labels) {
            if (label.classList.contains('unseen')) faults.push(`${label.textContent} has no place`);
            for (const panel of document.querySelectorAll('.panel, .strip, .bottom, .tools, .alarm .sound, .unattended > *')) if (meets(box(label), box(panel))) faults.push(`${panel.className} covers ${label.textContent}`);
            for (const other of labels) if (other !== label && innerWidth > 600 && meets(box(label), box(other))) faults.push(`${other.textContent} covers ${label.textContent}`);
          }
          return faults;
        }
        """;
}
