using Microsoft.Playwright;

namespace Linfen.AirMap.Browser.Tests.Support;

/// <summary>Debian's Chromium, driven by Playwright; draws WebGL in software, so its frames are slow and right.</summary>
public sealed class Chromium : IAsyncDisposable
{
    readonly IPlaywright playwright;
    readonly IBrowser browser;

    Chromium(IPlaywright playwright, IBrowser browser)
    {
        this.playwright = playwright;
        this.browser = browser;
    }

    public static async Task<Chromium> LaunchAsync()
    {
        var program = Testing.BrowserProgram.Find() ?? throw new InvalidOperationException("Chromium is missing. ./airmap test installs it before it runs the browser tests.");
        if (!File.Exists(Path.Combine(Testing.Checkout.Root, "wwwroot", "dist", "index.html")))
        {
            throw new InvalidOperationException("wwwroot/dist is missing. ./airmap test builds the client before it runs the browser tests.");
        }
        var driver = await Playwright.CreateAsync();
        var launched = await driver.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            ChromiumSandbox = false,
            // Without a graphics card only the map needs WebGL; putting the page together by it as well takes nearly half a processor.
            // A wall's browser is started so that it may be heard untouched; otherwise it depends on whether the driver's first question or the page is sooner.
            Args = ["--autoplay-policy=no-user-gesture-required", "--disable-background-networking", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-gpu-compositing"],
        });
        return new Chromium(driver, launched);
    }

    /// <summary>A wall of its own: other cookies, other network, other cache.</summary>
    public async Task<IPage> OpenAsync(int width, int height, Uri? signIn = null)
    {
        // Playwright's axe and evaluations go around the content policy; the page itself does not.
        var context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            Locale = "zh-CN",
            TimezoneId = "Asia/Shanghai",
            ReducedMotion = ReducedMotion.Reduce,
        });
        if (signIn is not null)
        {
            // The cookie is the context's; the page then opens as the first account.
            await context.SignInAsync(signIn);
        }

        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
