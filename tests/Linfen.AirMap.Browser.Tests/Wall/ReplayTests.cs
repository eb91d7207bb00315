using System.Globalization;
using Deque.AxeCore.Playwright;
using Linfen.AirMap.Browser.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Wall;

/// <summary>The wall goes back to what was known at a moment, plays on from there, and comes back to what is.</summary>
public sealed class ReplayTests(City city)
{
    const string Hongtong = "141024";

    /// <summary>Close enough that each fire is drawn for itself; the whole city draws neighbours as one cluster.</summary>
    const string CloseBy = "c=111.68,36.22&z=11";

    const string IsReplayed = "n => airmap.replayStatus === 'ready' && airmap.fires.length === n && airmap.mapIdle && airmap.drawnFires.length === n && document.querySelector('.now [data-count=burning]').textContent === String(n)";
    const string IsLive = "() => airmap.replay === null && !location.hash.includes('time=') && !document.querySelector('.replay-banner').checkVisibility()";

    [Fact]
    public async Task An_earlier_moment_is_shown_as_it_was_known_plays_on_and_leads_back_to_exactly_what_is()
    {
        await using var server = await city.ServeAsync();
        await server.ReportAsync(Sighting.InHongtong(0), Sighting.InHongtong(1));
        var boiler = await server.AddBoilerAsync(0);
        var then = await MomentAsync();
        var fires = await server.BurningAsync();
        await server.DeclareOutAsync(fires[0]);
        await server.ReportAsync(Sighting.InHongtong(2), Sighting.InHongtong(3), Sighting.InHongtong(4));
        await using var wall = await WallPage.OpenAsync(city.Browser, server.Address, 1920, 1080, $"#{CloseBy}&time={Address(then)}");

        await wall.UntilAsync(IsReplayed, 2);
        Assert.Equal(fires.Order(StringComparer.Ordinal), (await wall.Page.EvaluateAsync<string[]>("() => airmap.drawnFires")).Order(StringComparer.Ordinal));
        Assert.Contains($"回放 {then.ToOffset(TimeSpan.FromHours(8)).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture)} · 按当时所知", await wall.Page.TextContentAsync(".replay-banner strong"), StringComparison.Ordinal);
        var open = await wall.Page.EvaluateAsync<int>("c => airmap.open[c]", Hongtong);
        Assert.Equal(open.ToString(CultureInfo.InvariantCulture), await wall.Page.TextContentAsync($".county-label[data-county='{Hongtong}'] b"));
        Assert.DoesNotContain("已灭", await wall.Page.TextContentAsync(".stream"), StringComparison.Ordinal);
        Assert.Equal(boiler.Length > 0, open > 2);
        await BeSoundAsync(wall);
        await wall.PictureAsync("wall-replay");

        await wall.Page.Keyboard.PressAsync(".");
        await wall.UntilAsync("() => airmap.fires.length === 1 && document.querySelector('.stream').textContent.includes('已灭')");
        await wall.Page.ClickAsync(".transport .rates button:last-child");
        await wall.Page.Keyboard.PressAsync(",");
        await wall.UntilAsync("() => airmap.replayStatus === 'ready'");

        // A critical fire of the present is told of and throws nobody out; a verdict cannot be given in the past.
        await server.ReportAsync(Sighting.InHongtong(7));
        await wall.UntilAsync("() => airmap.replay !== null && document.querySelector('.replay-banner .news').textContent.includes('洪洞县')");
        await wall.Page.Keyboard.PressAsync("l");
        await wall.UntilAsync(IsLive);

        await using var fresh = await WallPage.OpenAsync(city.Browser, server.Address, 1920, 1080, $"#{CloseBy}");
        var digest = await fresh.DigestAsync();
        await wall.UntilAsync("digest => airmap.digest === digest", digest);
        Assert.Equal(await fresh.Page.EvaluateAsync<string>("() => JSON.stringify(airmap.open)"), await wall.Page.EvaluateAsync<string>("() => JSON.stringify(airmap.open)"));
        Assert.Empty(wall.Faults);
        Assert.Empty(await wall.PolicyViolationsAsync());
    }

    [Fact]
    public async Task The_keyboard_alone_goes_back_plays_until_now_and_says_so_where_nothing_was_known()
    {
        await using var server = await city.ServeAsync();
        await server.ReportAsync(Sighting.InHongtong(0));
        await using var wall = await WallPage.OpenAsync(city.Browser, server.Address, 1920, 1080);

        await wall.Page.FocusAsync("[role=slider]");
        await wall.Page.Keyboard.PressAsync("Home");
        await wall.UntilAsync("() => airmap.replayStatus === 'ready' && airmap.fires.length === 0 && document.querySelector('.replay-banner .note').textContent.includes('尚无记录')");
        await BeSoundAsync(wall);
        await wall.Page.Keyboard.PressAsync("PageUp");
        await wall.Page.Keyboard.PressAsync("Space");
        await wall.UntilAsync("() => document.querySelector('.transport .play').getAttribute('aria-label') === '暂停'");
        await wall.Page.Keyboard.PressAsync("End");
        await wall.UntilAsync(IsLive);
        await wall.UntilAsync("() => airmap.fires.length === 1");

        await wall.Page.ClickAsync("[data-span='7d']");
        await wall.UntilAsync("() => document.querySelectorAll('.bottom svg g').length === 84 && document.querySelector('[data-span=\"7d\"]').getAttribute('aria-pressed') === 'true'");
        var bar = (await wall.Page.Locator("[role=slider]").BoundingBoxAsync())!;
        await wall.Page.Mouse.MoveAsync(bar.X + bar.Width * 0.8f, bar.Y + bar.Height / 2);
        await wall.Page.Mouse.DownAsync();
        await wall.Page.Mouse.MoveAsync(bar.X + bar.Width * 0.5f, bar.Y + bar.Height / 2, new() { Steps = 5 });
        await wall.Page.Mouse.UpAsync();
        await wall.UntilAsync("() => airmap.replayStatus === 'ready' && Math.abs(Date.now() - airmap.replay - 84 * 3600e3) < 4 * 3600e3");
        Assert.Empty(wall.Faults);
    }

    [Fact]
    public async Task A_moment_that_cannot_be_read_is_said_and_tried_again()
    {
        await using var server = await city.ServeAsync();
        await server.ReportAsync(Sighting.InHongtong(0));
        await using var wall = await WallPage.OpenAsync(city.Browser, server.Address, 1920, 1080);
        await wall.Page.RouteAsync("**/api/fires?*asKnownAt*", route => route.FulfillAsync(new() { Status = 503, Body = "{}" }));

        await wall.Page.FocusAsync("[role=slider]");
        await wall.Page.Keyboard.PressAsync("ArrowLeft");
        await wall.UntilAsync("() => airmap.replayStatus === 'failed' && document.querySelector('.replay-banner .note').textContent.includes('读取失败')");
        await BeSoundAsync(wall);
        await wall.Page.UnrouteAsync("**/api/fires?*asKnownAt*");
        await wall.Page.ClickAsync(".replay-banner .retry");
        await wall.UntilAsync("() => airmap.replayStatus === 'ready'");
        await wall.Page.ClickAsync(".replay-banner .live");
        await wall.UntilAsync(IsLive);
    }

    /// <summary>The next whole second, which has begun: what follows is known later.</summary>
    static async Task<DateTimeOffset> MomentAsync()
    {
        var moment = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 1);
        while (DateTimeOffset.UtcNow <= moment.AddMilliseconds(20))
        {
            await Task.Delay(10);
        }

        return moment;
    }

    static string Address(DateTimeOffset moment) => moment.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    static async Task BeSoundAsync(WallPage wall) =>
        Assert.Empty((await wall.Page.RunAxe()).Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{v.Id}: {v.Help} {string.Join(' ', v.Nodes.Take(4).Select(n => n.Html))}"));
}
