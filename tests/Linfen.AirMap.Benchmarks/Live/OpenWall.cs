using System.Text.Json;
using Linfen.AirMap.Testing;
using Microsoft.Playwright;

namespace Linfen.AirMap.Benchmarks.Live;

/// <summary>The wall as a browser shows it, signed in, with its own eyes on frames, memory and wire.</summary>
sealed class OpenWall : IAsyncDisposable
{
    /// <summary>A bound for conditions that come on a busy machine.</summary>
    const float PatienceMs = 300_000;

    // Frames that took longer than 50 ms, with the scripts that began in them; when the ranking had its first row.
    const string Eyes =
        """
        window.longFrames = [];
        new PerformanceObserver(list => {
          for (const frame of list.getEntries()) longFrames.push({ duration: frame.duration, scripts: frame.scripts.map(s => ({ url: s.sourceURL, name: s.sourceFunctionName || s.invoker, duration: s.duration })) });
        }).observe({ type: 'long-animation-frame', buffered: true });
        const look = () => document.querySelector('tr[data-county]') && document.querySelector('.county-label') ? requestAnimationFrame(() => { window.usefulAt = performance.now(); }) : requestAnimationFrame(look);
        requestAnimationFrame(look);
        """;

    readonly IPlaywright _playwright;
    readonly IBrowser _browser;
    readonly ICDPSession _session;
    long _received;

    OpenWall(IPlaywright playwright, IBrowser browser, IPage page, ICDPSession session)
    {
        _playwright = playwright;
        _browser = browser;
        Page = page;
        _session = session;
        session.Event("Network.loadingFinished").OnEvent += (_, said) => Interlocked.Add(ref _received, (long)(said?.GetProperty("encodedDataLength").GetDouble() ?? 0));
    }

    public IPage Page { get; }

    /// <summary>Bytes of all answers so far as they came over the wire, headers included.</summary>
    public long Received => Interlocked.Read(ref _received);

    public static async Task<OpenWall> OpenAsync(AirMapProcess server, string address = "/")
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = BrowserProgram.Find() ?? throw new InvalidOperationException("Chromium is missing. ./airmap bench installs it."),
            ChromiumSandbox = false,
            Args = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-gpu-compositing", "--js-flags=--expose-gc"],
        });
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1920, Height = 1080 }, Locale = "zh-CN", ReducedMotion = ReducedMotion.Reduce });
        var signedIn = await context.APIRequest.PostAsync(new Uri(server.Address, "api/session").ToString(), new() { DataObject = new { userName = "admin", password = AirMapProcess.AdminPassword } });
        if (!signedIn.Ok)
        {
            throw new InvalidOperationException($"The wall could not sign in: {signedIn.Status}");
        }

        var page = await context.NewPageAsync();
        await page.AddInitScriptAsync(Eyes);
        var session = await context.NewCDPSessionAsync(page);
        await session.SendAsync("Network.enable");
        var wall = new OpenWall(playwright, browser, page, session);
        await page.GotoAsync(new Uri(server.Address, address).ToString());
        await wall.UntilAsync("() => window.airmap && airmap.link === 'live' && airmap.digest && airmap.mapIdle && window.usefulAt");
        return wall;
    }

    public Task UntilAsync(string condition, object? argument = null) => Page.WaitForFunctionAsync(condition, argument, new() { Timeout = PatienceMs, PollingInterval = 100 });

    /// <summary>Waits until the page holds the log up to there.</summary>
    public Task ReachAsync(long seq) => UntilAsync("seq => airmap.seq >= seq", seq);

    public Task<string> DigestAsync() => Page.EvaluateAsync<string>("() => airmap.digest");

    /// <summary>Milliseconds from the navigation until the counties stood in the ranking and on the map.</summary>
    public Task<double> UsefulAfterAsync() => Page.EvaluateAsync<double>("() => window.usefulAt");

    public Task ForgetFramesAsync() => Page.EvaluateAsync("() => { longFrames.length = 0; }");

    /// <summary>Frames over 50 ms, and the longest script in milliseconds: of our chunks, and of the map library's.</summary>
    public async Task<LongFrames> LongFramesAsync()
    {
        var frames = await Page.EvaluateAsync<JsonElement>("() => longFrames");
        var scripts = frames.EnumerateArray().SelectMany(frame => frame.GetProperty("scripts").EnumerateArray()).Select(script => (
            Url: script.GetProperty("url").GetString() ?? "", Name: script.GetProperty("name").GetString() ?? "", Duration: script.GetProperty("duration").GetDouble())).ToList();
        var library = scripts.Where(script => script.Url.Contains("/assets/maplibre", StringComparison.Ordinal)).ToList();
        var own = scripts.Except(library).Where(script => script.Url.Contains("/assets/", StringComparison.Ordinal)).OrderByDescending(script => script.Duration).ToList();
        return new(
            frames.GetArrayLength(),
            own.Select(script => script.Duration).DefaultIfEmpty(0).Max(), own.Select(script => $"{Path.GetFileName(script.Url)} {script.Name}").FirstOrDefault() ?? "",
            library.Select(script => script.Duration).DefaultIfEmpty(0).Max());
    }

    /// <summary>Megabytes that JavaScript holds after everything unreachable was collected, and the nodes of the page.</summary>
    public async Task<(double Megabytes, int Nodes)> HeapAsync()
    {
        for (var i = 0; i < 3; i++)
        {
            await _session.SendAsync("HeapProfiler.collectGarbage");
        }

        var heap = await _session.SendAsync("Runtime.getHeapUsage");
        var nodes = await _session.SendAsync("Memory.getDOMCounters");
        return (heap!.Value.GetProperty("usedSize").GetDouble() / 1e6, nodes!.Value.GetProperty("nodes").GetInt32());
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

/// <param name="Own">Milliseconds.</param>
/// <param name="Library">Milliseconds.</param>
sealed record LongFrames(int Count, double Own, string OwnName, double Library);
