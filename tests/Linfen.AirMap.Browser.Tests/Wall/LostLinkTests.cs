using Linfen.AirMap.Browser.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Wall;

/// <summary>A frozen wall looks frozen, and a wall that was cut off ends like one that was not.</summary>
[Collection("Waits by the clock")]
public sealed class LostLinkTests(City city, ITestOutputHelper output)
{
    /// <summary>By when a dead link must show.</summary>
    const float ShownWithinMs = 30_000;

    const string LooksFrozen = "() => document.querySelector('.wall').dataset.link === 'dead' && /数据停更于 \\d\\d:\\d\\d/.test(document.querySelector('.banner').textContent) && document.querySelector('.edge').checkVisibility()";
    const string IsLive = "() => document.querySelector('.wall').dataset.link === 'live' && !document.querySelector('.banner').checkVisibility()";

    /// <summary>How long the cable stays pulled, and how often something happens meanwhile, in seconds.</summary>
    const int Outage = 60;
    const int NewsEvery = 4;

    const string OutFor = "seconds => performance.now() - window.pulledAt >= seconds * 1000";
    const string SaysAMinute = "() => /数据停更于 \\d\\d:\\d\\d，已 \\d+ 分钟/.test(document.querySelector('.banner').textContent)";

    [Fact]
    public async Task A_cable_pulled_for_60_s_shows_within_30_s_and_plugged_in_again_nothing_is_lost_or_doubled()
    {
        await using var server = await city.ServeAsync();
        await using var cable = new Cable(server.Address);
        await server.ReportAsync(Several(0, 6));
        await using var connected = await WallPage.OpenAsync(city.Browser, server.Address, 1000, 640);
        await using var cutOff = await WallPage.OpenAsync(city.Browser, cable.Address, 1000, 640);

        cable.Pull();
        await cutOff.Page.EvaluateAsync("() => { window.pulledAt = performance.now(); }");
        var frozen = cutOff.UntilAsync(LooksFrozen, patienceMs: ShownWithinMs);
        var shown = frozen.ContinueWith(_ => cutOff.Page.EvaluateAsync<double>("() => (performance.now() - window.pulledAt) / 1000"), TaskScheduler.Default).Unwrap();
        var reported = await NewsDuringTheOutageAsync(server, cutOff);
        await frozen;
        output.WriteLine($"shown {await shown:F1} s after the cable was pulled; {reported} detections during the outage");
        await cutOff.UntilAsync(SaysAMinute);
        Assert.True(await cutOff.Page.EvaluateAsync<bool>(LooksFrozen));
        Assert.Equal(6, await cutOff.Page.EvaluateAsync<int>("() => airmap.fires.length"));
        await cutOff.PictureAsync("wall-dead");

        cable.PlugIn();
        await cutOff.UntilAsync(IsLive);
        await EndAlikeAsync(connected, cutOff);
        Assert.Equal((await server.BurningAsync()).Order(StringComparer.Ordinal), (await cutOff.Page.EvaluateAsync<string[]>("() => airmap.fires")).Order(StringComparer.Ordinal));
        Assert.Equal(await StreamAsync(connected), await StreamAsync(cutOff));
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

    /// <summary>New fires, fires seen again and verdicts, by the page's own clock until the outage has lasted its minute.</summary>
    static async Task<int> NewsDuringTheOutageAsync(CityServer server, WallPage cutOff)
    {
        var reported = 0;
        for (var second = 0; second <= Outage; second += NewsEvery)
        {
            await cutOff.UntilAsync(OutFor, second);
            await server.ReportAsync(Several(6 + reported, 2));
            reported += 2;
            if (second % (3 * NewsEvery) == 0)
            {
                await server.DeclareOutAsync((await server.BurningAsync())[^1]);
            }
        }
        return reported;
    }

    /// <summary>The lines of the live stream, each once.</summary>
    static async Task<string[]> StreamAsync(WallPage wall)
    {
        var keys = await wall.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.stream li')].map(li => li.dataset.key)");
        Assert.NotEmpty(keys);
        Assert.Distinct(keys, StringComparer.Ordinal);
        return keys;
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
