using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Deque.AxeCore.Playwright;
using Linfen.AirMap.Browser.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Pages;

/// <summary>Everything about one county and one subject, live on the screen and whole on paper, for those who may see it.</summary>
public sealed class CountyAndSubjectTests(City city)
{
    const string County = "141024";
    const int Boilers = 60;

    const string IsRead =
        """
        () => document.querySelector('.sheet')?.dataset.link === 'live' && document.querySelectorAll('.part').length > 4 && [...document.querySelectorAll('.part')].every(p => p.dataset.state === 'read')
            && document.querySelector('.paged .spinner, .stills[data-state=drawing], .chart[data-state=waiting]') === null
        """;

    readonly ConcurrentQueue<string> faults = new();

    [Fact]
    public async Task A_county_is_shown_live_paged_and_printed_and_leads_to_its_subjects()
    {
        await using var server = await city.ServeAsync();
        await server.ReportAsync(Sighting.InHongtong(0));
        var boiler = "";
        for (var i = 0; i < Boilers; i++)
        {
            boiler = await server.AddBoilerAsync(i);
        }

        var page = await OpenAsync(server, $"/county/?c={County}");
        await UntilAsync(page, IsRead);
        Assert.Equal("洪洞县", await page.TextContentAsync("h1"));
        Assert.Equal("1", await page.TextContentAsync("[data-count=burning]"));
        // Ten thousand cost what a page costs: fifty at a time, and as many as one chooses for paper.
        Assert.Equal(50, await page.Locator("[data-list=violations] tbody tr").CountAsync());
        await page.ClickAsync("[data-focus=violations-next]");
        await UntilAsync(page, "n => document.querySelectorAll('[data-list=violations] tbody tr').length < 50 && document.querySelector('.pager').textContent.includes('51–')", 0);
        await page.SelectOptionAsync("[data-focus=violations-size]", "200");
        await UntilAsync(page, "n => document.querySelectorAll('[data-list=violations] tbody tr').length > n", Boilers);
        await BeSoundAsync(page, "county");

        // A fire comes up while the page is open.
        await server.ReportAsync(Sighting.InHongtong(1));
        await UntilAsync(page, "() => document.querySelector('[data-count=burning]').textContent === '2' && document.querySelectorAll('[data-list=fires] tbody tr').length === 2");

        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await UntilAsync(page, "() => [...document.querySelectorAll('.chart-table')].every(d => d.open)");
        Assert.False(await page.IsVisibleAsync(".top"));
        Assert.False(await page.IsVisibleAsync("[data-act=print]"));
        Assert.Contains("数据时间", await page.TextContentAsync(".moment"), StringComparison.Ordinal);
        Assert.Contains($"/county/?c={County}", await page.TextContentAsync(".source"), StringComparison.Ordinal);
        Assert.Equal(("rgb(255, 255, 255)", "rgb(0, 0, 0)"), (await StyleAsync(page, "body", "backgroundColor"), await StyleAsync(page, "h1", "color")));
        var paper = await page.PdfAsync(new() { PreferCSSPageSize = true });
        Assert.True(paper.Length > 20_000, $"{paper.Length} bytes of PDF");
        await page.EmulateMediaAsync(new() { Media = Media.Screen, ColorScheme = ColorScheme.Dark });
        await UntilAsync(page, "() => [...document.querySelectorAll('.chart-table')].every(d => !d.open)");
        await BeSoundAsync(page, "county in the dark");

        await page.GotoAsync(new Uri(server.Address, $"/subject/?s=boiler:{boiler}").ToString());
        await UntilAsync(page, IsRead);
        Assert.Contains("第17条", await page.TextContentAsync("#act"), StringComparison.Ordinal);
        Assert.Contains("登记", await page.TextContentAsync("#timeline"), StringComparison.Ordinal);
        await UntilAsync(page, "() => document.querySelector('.stills[data-state=drawn] img')?.naturalWidth > 0");
        await BeSoundAsync(page, "subject");
        await page.ClickAsync("[data-language]");
        await UntilAsync(page, "() => document.documentElement.lang === 'en' && document.querySelector('#timeline').textContent.includes('Registered')");
        Assert.Empty(faults);
        Assert.Empty(await page.EvaluateAsync<string[]>("() => window.violations"));

        await RefusedAsync(server, boiler);
        await page.Context.CloseAsync();
    }

    /// <summary>Whoever may see another county alone is told so, and of a subject there that there is none.</summary>
    async Task RefusedAsync(CityServer server, string boiler)
    {
        const string Password = "汾河两岸 8731 ab";
        using var made = await server.Client.PostAsJsonAsync("api/accounts", new { userName = "yaodu", displayName = "尧都", roles = new[] { "viewer" }, counties = new[] { "141002" }, townships = Array.Empty<string>(), grids = Array.Empty<string>(), disabled = false });
        using var told = JsonDocument.Parse(await made.Content.ReadAsStringAsync());
        var page = await city.Browser.OpenAsync(1280, 720);
        var once = told.RootElement.GetProperty("password").GetString();
        var session = await (await CallAsync("/api/session", new { userName = "yaodu", password = once }, "")).JsonAsync();
        await CallAsync("/api/account/password", new { current = once, next = Password }, session!.Value.GetProperty("csrfToken").GetString()!);
        foreach (var (address, code) in new[] { ($"/county/?c={County}", "forbidden"), ("/county/?c=999999", "gone"), ($"/subject/?s=boiler:{boiler}", "gone"), ("/subject/", "none") })
        {
            await page.GotoAsync(new Uri(server.Address, address).ToString());
            await UntilAsync(page, "code => document.querySelector('.refusal')?.dataset.refused === code", code);
        }

        await BeSoundAsync(page, "refusal");
        await page.Context.CloseAsync();

        async Task<IAPIResponse> CallAsync(string path, object body, string token)
        {
            var answer = await page.Context.APIRequest.PostAsync(new Uri(server.Address, path).ToString(), new() { DataObject = body, Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["X-CSRF-Token"] = token } });
            Assert.True(answer.Ok, $"{path}: {await answer.TextAsync()}");
            return answer;
        }
    }

    async Task<IPage> OpenAsync(CityServer server, string address)
    {
        var page = await city.Browser.OpenAsync(1280, 720, server.Address);
        page.PageError += (_, error) => faults.Enqueue(error);
        await page.AddInitScriptAsync("window.violations = []; addEventListener('securitypolicyviolation', e => window.violations.push(`${e.violatedDirective} ${e.blockedURI}`));");
        await page.GotoAsync(new Uri(server.Address, address).ToString());
        return page;
    }

    static Task<IJSHandle> UntilAsync(IPage page, string condition, object? argument = null) => page.WaitForFunctionAsync(condition, argument, new() { Timeout = 60_000, PollingInterval = 50 });

    static Task<string> StyleAsync(IPage page, string selector, string property) => page.EvaluateAsync<string>("([s, p]) => getComputedStyle(document.querySelector(s))[p]", new[] { selector, property });

    static async Task BeSoundAsync(IPage page, string where)
    {
        var result = await page.RunAxe();
        Assert.Empty(result.Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{where}: {v.Id}: {v.Help}\n  {string.Join("\n  ", v.Nodes.Take(5).Select(n => $"{n.Html} {n.Any.FirstOrDefault()?.Message}"))}"));
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{where}: the page is wider than the screen");
    }
}
