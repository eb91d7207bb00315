using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using Linfen.AirMap.Browser.Tests.Support;
using Linfen.AirMap.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Admin;

/// <summary>A browser of somebody whom nobody knows yet, at any address of the product.</summary>
public sealed class VisitorPage : IAsyncDisposable
{
    const float PatienceMs = 60_000;

    readonly ConcurrentQueue<string> faults = new();
    readonly Uri server;

    VisitorPage(IPage page, Uri server)
    {
        (Page, this.server) = (page, server);
        page.SetDefaultTimeout(PatienceMs);
        page.PageError += (_, error) => faults.Enqueue(error);
    }

    public IPage Page { get; }

    /// <summary>Exceptions that no one caught.</summary>
    public IReadOnlyCollection<string> Faults => faults;

    public static async Task<VisitorPage> OpenAsync(Chromium browser, Uri server, string path, int width = 1440, int height = 900)
    {
        var visitor = new VisitorPage(await browser.OpenAsync(width, height), server);
        await visitor.Page.AddInitScriptAsync(
            "window.violations = []; addEventListener('securitypolicyviolation', e => window.violations.push(`${e.violatedDirective} ${e.blockedURI}`));");
        await visitor.GoAsync(path);
        return visitor;
    }

    /// <summary>The administration, signed in as the first account.</summary>
    public static async Task<VisitorPage> OpenOfficeAsync(Chromium browser, Uri server, string route, int width = 1440, int height = 900)
    {
        var office = new VisitorPage(await browser.OpenAsync(width, height, server), server);
        await office.GoAsync("/admin/#" + route);
        await office.UntilAsync("() => document.querySelector('main h1') !== null");
        return office;
    }

    public Task GoAsync(string path) => Page.GotoAsync(new Uri(server, path).ToString());

    public Task UntilAsync(string condition, object? argument = null) => Page.WaitForFunctionAsync(condition, argument, new() { Timeout = PatienceMs, PollingInterval = 50 });

    /// <summary>Waits until the browser is on a page of this path.</summary>
    public Task UntilAtAsync(string path) => UntilAsync("path => location.pathname === path", path);

    public async Task SignInByFormAsync(string userName, string password)
    {
        await Page.FillAsync("#userName", userName);
        await Page.FillAsync("#password", password);
        await Page.ClickAsync("form .primary");
    }

    public Task<string> TextAsync(string selector) => Page.InnerTextAsync(selector);

    /// <summary>Reads what is told once, and closes it.</summary>
    public async Task<string> TakeSecretAsync()
    {
        var secret = await TextAsync("dialog [data-secret]");
        await Page.ClickAsync("[data-act=secret-done]");
        await UntilAsync("secret => !document.documentElement.innerHTML.includes(secret)", secret);
        return secret;
    }

    public async Task BeSoundAsync(string where)
    {
        var result = await Page.RunAxe();
        Assert.Empty(result.Violations
            .Where(v => v.Impact is "serious" or "critical")
            .Select(v => $"{where}: {v.Id}: {v.Help}\n  {string.Join("\n  ", v.Nodes.Take(5).Select(n => $"{n.Html} {n.Any.FirstOrDefault()?.Message}"))}"));
        Assert.True(await Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{where}: the page is wider than the screen");
        Assert.Empty(await Page.EvaluateAsync<string[]>("() => window.violations ?? []"));
        Assert.Empty(faults);
    }

    /// <summary>Keeps a picture in <c>artifacts/</c> for people to look at.</summary>
    public async Task PictureAsync(string name)
    {
        var folder = Path.Combine(Checkout.Root, "artifacts");
        Directory.CreateDirectory(folder);
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"admin-{name}.png") });
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
