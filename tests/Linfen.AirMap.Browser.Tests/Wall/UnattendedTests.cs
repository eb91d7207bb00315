using Deque.AxeCore.Playwright;
using Linfen.AirMap.Browser.Tests.Support;
using Linfen.AirMap.Testing;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Wall;

/// <summary>A wall that nobody stands at shows one county after the other, comes back by itself, and keeps its address.</summary>
public sealed class UnattendedTests(City city) : IDisposable
{
    const string NewBuild = "00ff00ff00ff00ff";

    readonly string web = Directory.CreateTempSubdirectory("airmap-web-").FullName;

    [Fact]
    public async Task A_wall_tours_the_counties_is_led_by_keyboard_takes_a_new_version_at_its_address_and_asks_to_sign_in_there()
    {
        CopyClient();
        await using var server = await city.ServeAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["AIRMAP_WEB"] = web });
        await server.ReportAsync(Sighting.InHongtong(0), Sighting.InHongtong(1));
        await using var wall = await WallPage.OpenAsync(city.Browser, server.Address, hash: "?tour=1h&rest=5s");

        // Where it burns comes first; the card is open, and the address is still the link that one gave.
        await wall.UntilAsync("() => document.querySelector('.tour b').textContent === '洪洞县' && document.querySelector('.card h2').textContent === '洪洞县'");
        Assert.Equal("", await wall.Page.EvaluateAsync<string>("() => location.hash"));
        await wall.Page.Keyboard.PressAsync("ArrowRight");
        await wall.UntilAsync("() => !['洪洞县', ''].includes(document.querySelector('.tour b').textContent)");
        await wall.Page.Keyboard.PressAsync("ArrowLeft");
        await wall.UntilAsync("() => document.querySelector('.tour b').textContent === '洪洞县'");
        await SoundAsync(wall);

        // Somebody moves the mouse: it waits, says so, and goes on.
        await wall.Page.Mouse.MoveAsync(500, 400);
        await wall.Page.Mouse.MoveAsync(520, 410);
        await wall.UntilAsync("() => document.querySelector('.tour').dataset.status === 'resting' && /后继续/.test(document.querySelector('.tour .state').textContent)");
        await wall.UntilAsync("() => document.querySelector('.tour').dataset.status === 'running'");
        await wall.Page.Keyboard.PressAsync("Space");
        await wall.UntilAsync("() => document.querySelector('.tour').dataset.status === 'paused'");

        var fire = await OpenFireByKeyboardAsync(wall);
        Assert.Contains($"s=fire:{fire}", await wall.Page.EvaluateAsync<string>("() => location.hash"), StringComparison.Ordinal);
        await SoundAsync(wall);

        await TakeNewVersionAsync(wall);
        Assert.Contains($"s=fire:{fire}", await wall.Page.EvaluateAsync<string>("() => location.hash"), StringComparison.Ordinal);
        Assert.Empty(wall.Faults);
        Assert.Empty(await wall.PolicyViolationsAsync());

        await wall.Page.Context.ClearCookiesAsync();
        await wall.Page.WaitForURLAsync(url => url.Contains("/signin/", StringComparison.Ordinal), new() { Timeout = 60_000 });
        var next = Uri.UnescapeDataString(wall.Page.Url);
        Assert.Contains("next=/?tour=1h&rest=5s#", next, StringComparison.Ordinal);
        Assert.Contains($"s=fire:{fire}", next, StringComparison.Ordinal);
    }

    /// <summary>By tabulator to the map, and on to the first thing on it; returns the id of the fire that Enter opened.</summary>
    static async Task<string> OpenFireByKeyboardAsync(WallPage wall)
    {
        await wall.Page.FocusAsync(".map canvas");
        await wall.Page.Keyboard.PressAsync("Tab");
        var first = await wall.Page.EvaluateAsync<string>("() => document.activeElement.dataset.spot");
        await wall.Page.Keyboard.PressAsync("ArrowDown");
        var second = await wall.Page.EvaluateAsync<string>("() => document.activeElement.dataset.spot");
        Assert.StartsWith("fire:", first, StringComparison.Ordinal);
        Assert.StartsWith("fire:", second, StringComparison.Ordinal);
        Assert.NotEqual(first, second, StringComparer.Ordinal);
        Assert.Matches("^火点 洪洞县 ", await wall.Page.EvaluateAsync<string>("() => document.activeElement.textContent"));
        await wall.PictureAsync("wall-by-keyboard");
        await wall.Page.Keyboard.PressAsync("Enter");
        await wall.UntilAsync("id => location.hash.includes(`s=${id}`)", second);
        return second["fire:".Length..];
    }

    async Task TakeNewVersionAsync(WallPage wall)
    {
        await wall.Page.EvaluateAsync("() => { window.stillHere = true; }");
        var page = Path.Combine(web, "index.html");
        var old = await wall.Page.EvaluateAsync<string>("() => document.querySelector('meta[name=airmap-build]').content");
        await File.WriteAllTextAsync(page, (await File.ReadAllTextAsync(page)).Replace(old, NewBuild, StringComparison.Ordinal));
        await wall.UntilAsync("() => document.querySelector('.upgrade').checkVisibility()");
        await wall.PictureAsync("wall-new-version");
        await wall.Page.ClickAsync(".upgrade button");
        await wall.UntilAsync("build => !window.stillHere && document.querySelector('meta[name=airmap-build]')?.content === build && window.airmap?.link === 'live' && !document.querySelector('.upgrade').checkVisibility()", NewBuild);
    }

    static async Task SoundAsync(WallPage wall)
    {
        var result = await wall.Page.RunAxe();
        Assert.Empty(result.Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{v.Id}: {v.Help} {v.Nodes.FirstOrDefault()?.Html}"));
    }

    /// <summary>Without the packed twins, so that a page can be replaced.</summary>
    void CopyClient()
    {
        var dist = Path.Combine(Checkout.Root, "wwwroot", "dist");
        foreach (var file in Directory.EnumerateFiles(dist, "*", SearchOption.AllDirectories).Where(f => Path.GetExtension(f) is not (".br" or ".gz")))
        {
            var copy = Path.Combine(web, Path.GetRelativePath(dist, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose() => Directory.Delete(web, recursive: true);
}
