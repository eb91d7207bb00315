using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Deque.AxeCore.Playwright;
using Linfen.AirMap.Browser.Tests.Support;
using Linfen.AirMap.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Registers;

/// <summary>An open page of the registers, and what it did that it must not do.</summary>
public sealed class DeskPage : IAsyncDisposable
{
    const float PatienceMs = 60_000;

    readonly ConcurrentQueue<string> requests = new();
    readonly ConcurrentQueue<string> faults = new();

    DeskPage(IPage page)
    {
        Page = page;
        page.SetDefaultTimeout(PatienceMs);
        page.Request += (_, request) => requests.Enqueue(request.Url);
        page.PageError += (_, error) => faults.Enqueue(error);
    }

    public IPage Page { get; }

    public IReadOnlyCollection<string> Requests => requests;

    /// <summary>Exceptions that no one caught.</summary>
    public IReadOnlyCollection<string> Faults => faults;

    /// <param name="route">What follows the <c>#</c>, for instance <c>/land/new</c>.</param>
    public static async Task<DeskPage> OpenAsync(Chromium browser, Uri address, string route, int width = 1440, int height = 900)
    {
        var desk = new DeskPage(await browser.OpenAsync(width, height, address));
        await desk.Page.AddInitScriptAsync(
            "window.violations = []; addEventListener('securitypolicyviolation', e => window.violations.push(`${e.violatedDirective} ${e.blockedURI}`));");
        await desk.Page.GotoAsync(new Uri(address, "/registers/#" + route).ToString());
        await desk.UntilAsync("() => document.querySelector('.page')?.dataset.link === 'live' && document.querySelector('main h1') !== null");
        return desk;
    }

    public Task UntilAsync(string condition, object? argument = null) =>
        Page.WaitForFunctionAsync(condition, argument, new() { Timeout = PatienceMs, PollingInterval = 50 });

    /// <summary>Waits until the form of an entry stands with its name.</summary>
    public Task UntilFormAsync(string name) => UntilAsync("name => document.querySelector('#f-name')?.value === name", name);

    public Task UntilMapAsync() => UntilAsync("() => window.airmapPick?.idle === true");

    public Task SaveAsync() => Page.ClickAsync("[data-act=save]");

    /// <summary>Waits until nothing typed is unsaved and the version is the given one.</summary>
    public Task UntilSavedAsync(int version) =>
        UntilAsync("version => document.querySelector('[data-unsaved]') === null && document.querySelector('.entry-head')?.textContent.includes(`第 ${version} 版`)", version);

    /// <summary>Clicks a position on the map.</summary>
    public async Task PickAsync(double longitude, double latitude, int clicks = 1)
    {
        await UntilMapAsync();
        await Page.Locator("[data-pick]").ScrollIntoViewIfNeededAsync();
        var at = await Page.EvaluateAsync<double[]>("p => { const at = airmapPick.pixelOf(p), box = document.querySelector('[data-pick]').getBoundingClientRect(); return [at.x + box.left, at.y + box.top]; }", new[] { longitude, latitude });
        await Page.Mouse.ClickAsync((float)at[0], (float)at[1], new() { ClickCount = clicks });
    }

    public Task<string> TextAsync(string selector) => Page.InnerTextAsync(selector);

    public Task<string[]> PolicyViolationsAsync() => Page.EvaluateAsync<string[]>("() => window.violations");

    public async Task BeSoundAsync(string where)
    {
        var result = await Page.RunAxe();
        Assert.Empty(result.Violations
            .Where(v => v.Impact is "serious" or "critical")
            .Select(v => $"{where}: {v.Id}: {v.Help}\n  {string.Join("\n  ", v.Nodes.Take(5).Select(n => $"{n.Html} {n.Any.FirstOrDefault()?.Message}"))}"));
        Assert.True(await Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{where}: the page is wider than the screen");
    }

    /// <summary>Keeps a picture in <c>artifacts/</c> for people to look at.</summary>
    public async Task PictureAsync(string name)
    {
        var folder = Path.Combine(Checkout.Root, "artifacts");
        Directory.CreateDirectory(folder);
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"registers-{name}.png") });
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}

/// <summary>Registers by their interface, beside the pages.</summary>
static class RegisterCalls
{
    /// <summary>Adds an entry; returns its id.</summary>
    public static async Task<string> AddAsync(this CityServer server, string register, object entry)
    {
        using var answer = await server.Client.PostAsync(new Uri("api/" + register, UriKind.Relative), Json(entry));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == 201, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!;
    }

    public static async Task<JsonElement> ReadAsync(this CityServer server, string path)
    {
        var text = await server.Client.GetStringAsync(new Uri("api/" + path, UriKind.Relative));
        return JsonDocument.Parse(text).RootElement;
    }

    public static async Task ReplaceAsync(this CityServer server, string path, int version, object entry)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri("api/" + path, UriKind.Relative)) { Content = Json(entry) };
        request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        using var answer = await server.Client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public static async Task DeleteAsync(this CityServer server, string path, int version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, new Uri("api/" + path, UriKind.Relative));
        request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        using var answer = await server.Client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    static StringContent Json(object entry) => new(JsonSerializer.Serialize(entry), Encoding.UTF8, "application/json");
}
