using System.Collections.Concurrent;
using Linfen.AirMap.Testing;
using Microsoft.Playwright;

namespace Linfen.AirMap.Browser.Tests.Support;

/// <summary>An open wall, and what it did that it must not do.</summary>
public sealed class WallPage : IAsyncDisposable
{
    /// <summary>Shared machines and software rendering: a bound for conditions that come, not a measure.</summary>
    const float PatienceMs = 60_000;

    readonly ConcurrentQueue<string> requests = new();
    readonly ConcurrentQueue<string> faults = new();

    WallPage(IPage page)
    {
        Page = page;
        page.Request += (_, request) => requests.Enqueue(request.Url);
        page.PageError += (_, error) => faults.Enqueue(error);
    }

    public IPage Page { get; }

    public IReadOnlyCollection<string> Requests => requests;

    /// <summary>Exceptions that no one caught.</summary>
    public IReadOnlyCollection<string> Faults => faults;

    public static async Task<WallPage> OpenAsync(Chromium browser, Uri address, int width = 1280, int height = 720, string hash = "")
    {
        var wall = new WallPage(await browser.OpenAsync(width, height, address));
        await wall.Page.AddInitScriptAsync(
            "window.violations = []; addEventListener('securitypolicyviolation', e => window.violations.push(`${e.violatedDirective} ${e.blockedURI}`));");
        await wall.Page.GotoAsync(new Uri(address, "/" + hash).ToString());
        await wall.UntilAsync("() => window.airmap && airmap.link === 'live' && airmap.digest && Object.keys(airmap.open).length === 17 && airmap.mapIdle");
        return wall;
    }

    /// <summary>Waits for a condition in the page.</summary>
    public Task UntilAsync(string condition, object? argument = null, float patienceMs = PatienceMs) =>
        Page.WaitForFunctionAsync(condition, argument, new() { Timeout = patienceMs, PollingInterval = 50 });

    public Task<string> DigestAsync() => Page.EvaluateAsync<string>("() => airmap.digest");

    public Task<long> SeqAsync() => Page.EvaluateAsync<long>("() => airmap.seq");

    public Task<string[]> PolicyViolationsAsync() => Page.EvaluateAsync<string[]>("() => window.violations");

    /// <summary>Keeps a picture in <c>artifacts/</c> for people to look at.</summary>
    public async Task PictureAsync(string name)
    {
        var folder = Path.Combine(Checkout.Root, "artifacts");
        Directory.CreateDirectory(folder);
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png") });
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
