using Linfen.AirMap.Browser.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Wall;

/// <summary>A frozen wall looks frozen, and a wall that was cut off ends like one that was not.</summary>
public sealed class LostLinkTests(City city, ITestOutputHelper output)
{
    /// <summary>By when a dead link must show.</summary>
    const float ShownWithinMs = 30_000;

    const string LooksFrozen = "() => document.querySelector('.wall').dataset.link === 'dead' && /数据停更于 \\d\\d:\\d\\d/.test(document.querySelector('.banner').textContent) && document.querySelector('.edge').checkVisibility()";
    const string IsLive = "() => document.querySelector('.wall').dataset.link === 'live' && !document.querySelector('.banner').checkVisibility()";

    [Fact]
    public async Task A_pulled_cable_shows_within_30_s_and_plugged_in_again_nothing_is_lost_or_doubled()
    {
        await using var server = await city.ServeAsync();
        await using var cable = new Cable(server.Address);
        await server.ReportAsync(Several(0, 6));
        await using var connected = await WallPage.OpenAsync(city.Browser, server.Address, 1000, 640);
        await using var cutOff = await WallPage.OpenAsync(city.Browser, cable.Address, 1000, 640);

        cable.Pull();
        var pulled = TimeProvider.System.GetTimestamp();
        await server.ReportAsync(Several(6, 10));
        foreach (var fire in (await server.BurningAsync()).Where((_, i) => i % 3 == 0))
        {
            await server.DeclareOutAsync(fire);
        }
        await cutOff.UntilAsync(LooksFrozen, patienceMs: ShownWithinMs);
        output.WriteLine($"shown {TimeProvider.System.GetElapsedTime(pulled).TotalSeconds:F1} s after the cable was pulled");
        await cutOff.PictureAsync("wall-dead");
        await server.ReportAsync(Several(16, 8));

        cable.PlugIn();
        await cutOff.UntilAsync(IsLive);
        await EndAlikeAsync(connected, cutOff);
    }

    [Fact]
    public async Task A_browser_without_network_says_so_and_loses_nothing()
    {
        await using var server = await city.ServeAsync();
        await using var connected = await WallPage.OpenAsync(city.Browser, server.Address, 1000, 640);
        await using var cutOff = await WallPage.OpenAsync(city.Browser, server.Address, 1000, 640);

        await cutOff.Page.Context.SetOfflineAsync(true);
        await server.ReportAsync(Several(0, 12));
        await cutOff.UntilAsync(LooksFrozen, patienceMs: ShownWithinMs);
        await cutOff.Page.Context.SetOfflineAsync(false);
        await cutOff.UntilAsync(IsLive);
        await EndAlikeAsync(connected, cutOff);
    }

    [Fact]
    public async Task A_killed_server_shows_within_30_s_and_the_wall_recovers_by_itself()
    {
        await using var server = await city.ServeAsync();
        await server.ReportAsync(Several(0, 3));
        await using var wall = await WallPage.OpenAsync(city.Browser, server.Address, 1000, 640);
        await wall.Page.EvaluateAsync("() => { window.stillHere = true; }");

        server.Kill();
        await wall.UntilAsync(LooksFrozen, patienceMs: ShownWithinMs);
        await server.ComeBackAsync();
        await wall.UntilAsync(IsLive);
        await server.ReportAsync(Several(3, 1));
        await wall.UntilAsync("() => airmap.fires.length === 4 && airmap.open['141024'] === 4");
        Assert.True(await wall.Page.EvaluateAsync<bool>("() => window.stillHere === true"), "the page was loaded again");
    }

    static Sighting[] Several(int from, int count) => [.. Enumerable.Range(from, count).Select(Sighting.InHongtong)];

    static async Task EndAlikeAsync(WallPage connected, WallPage cutOff)
    {
        var head = await connected.Page.EvaluateAsync<long>("async () => (await (await fetch('/api/events?after=0&limit=1')).json()).last");
        foreach (var wall in new[] { connected, cutOff })
        {
            await wall.UntilAsync("head => airmap.seq >= head", head);
        }
        Assert.Equal(await connected.DigestAsync(), await cutOff.DigestAsync());
        await cutOff.UntilAsync("open => JSON.stringify(airmap.open) === open", await connected.Page.EvaluateAsync<string>("() => JSON.stringify(airmap.open)"));
        Assert.Empty(cutOff.Faults);
    }
}
