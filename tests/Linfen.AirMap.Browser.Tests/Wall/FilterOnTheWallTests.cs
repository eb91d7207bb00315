using Deque.AxeCore.Playwright;
using Linfen.AirMap.Browser.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Wall;

/// <summary>A number that is clicked narrows map, counties, ranking and stream to what it counts; the address says by what, and Esc takes it away.</summary>
public sealed class FilterOnTheWallTests(City city)
{
    const string County = "141024";

    /// <summary>What is looked at: open violations, fires, the county's number on map and in the ranking; and the drawn fires and cases.</summary>
    const string Seen =
        """
        ([violations, fires, open]) => airmap.mapIdle && airmap.seen.violations.length === violations && airmap.seen.fires.length === fires && airmap.drawnFires.length === fires && airmap.drawnCases === violations - fires
            && document.querySelector('.county-label[data-county="141024"] b').textContent === String(open) && document.querySelector('#ranking [data-county="141024"] .open').textContent === String(open)
        """;

    [Fact]
    public async Task Numbers_narrow_the_wall_by_mouse_keyboard_and_link_in_the_present_and_in_a_replay()
    {
        await using var server = await city.ServeAsync();
        await server.ReportAsync(Sighting.InHongtong(0), Sighting.InHongtong(1));
        await server.AddBoilerAsync(0);
        await server.AddBoilerAsync(1);
        await using var wall = await WallPage.OpenAsync(city.Browser, server.Address, hash: "#c=111.68,36.24&z=10.5");
        var whole = await wall.Page.EvaluateAsync<int>("() => airmap.violations.length");
        await wall.UntilAsync(Seen, new[] { whole, 2, whole });

        await wall.Page.ClickAsync(".now [data-count=burning] button");
        await wall.UntilAsync(Seen, new[] { 2, 2, 2 });
        Assert.Equal("burning", await FilterAsync(wall));
        Assert.Equal("true", await wall.Page.GetAttributeAsync(".now [data-count=burning] button", "aria-pressed"));
        Assert.Contains("正在燃烧", await wall.Page.TextContentAsync(".filter-chips"), StringComparison.Ordinal);
        await BeSoundAsync(wall);
        await wall.Page.ClickAsync(".filter-chips [data-part=burning]");
        await wall.UntilAsync(Seen, new[] { whole, 2, whole });

        // By keyboard, and two of them together: the boilers burn nowhere.
        var rest = whole - 2;
        await wall.Page.FocusAsync(".articles [data-article='17']");
        await wall.Page.Keyboard.PressAsync("Enter");
        await wall.UntilAsync(Seen, new[] { rest, 0, rest });
        await wall.UntilAsync("() => document.querySelector('.stream').textContent.includes('锅炉') && !document.querySelector('.stream').textContent.includes('火点')");
        await wall.Page.ClickAsync($"#ranking [data-county='{County}'] .open button");
        await wall.UntilAsync("() => location.hash.includes('f=a17,county:141024')");
        await wall.PictureAsync("wall-filter");
        // The tiles are asked for the same.
        Assert.Contains(wall.Requests, url => url.Contains("/tiles/", StringComparison.Ordinal) && url.Contains("f=a17,county:141024", StringComparison.Ordinal));
        await wall.Page.Keyboard.PressAsync("Escape");
        await wall.UntilAsync("() => !location.hash.includes('f=') && !document.querySelector('.filter-chips').checkVisibility()");
        await wall.UntilAsync("n => airmap.seen.violations.length === n", whole);

        // A link tells it to another wall, and the past is looked at in the same way; what comes in meanwhile is, too.
        await using var other = await WallPage.OpenAsync(city.Browser, server.Address, hash: "#c=111.68,36.24&z=10.5&f=a36");
        await other.UntilAsync(Seen, new[] { 2, 2, 2 });
        await server.AddBoilerAsync(2);
        await server.ReportAsync(Sighting.InHongtong(2));
        await other.UntilAsync(Seen, new[] { 3, 3, 3 });
        await other.Page.FocusAsync("[role=slider]");
        await other.Page.Keyboard.PressAsync("ArrowLeft");
        await other.UntilAsync("() => airmap.replayStatus === 'ready' && location.hash.includes('f=a36') && airmap.seen.violations.length === airmap.seen.fires.length");
        await other.Page.Keyboard.PressAsync("l");
        await other.UntilAsync("() => airmap.replay === null && airmap.seen.violations.length === 3 && airmap.violations.length > 3");
        Assert.Empty(wall.Faults);
        Assert.Empty(other.Faults);
        Assert.Empty(await wall.PolicyViolationsAsync());
    }

    static Task<string> FilterAsync(WallPage wall) => wall.Page.EvaluateAsync<string>("() => new URLSearchParams(location.hash.slice(1)).get('f') ?? ''");

    static async Task BeSoundAsync(WallPage wall) =>
        Assert.Empty((await wall.Page.RunAxe()).Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{v.Id}: {v.Help} {string.Join(' ', v.Nodes.Take(4).Select(n => n.Html))}"));
}
