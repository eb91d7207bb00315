using System.Net.Http.Json;
using System.Text.Json;
using Deque.AxeCore.Playwright;
using Linfen.AirMap.Browser.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Wall;

/// <summary>What an officer does with fires in the drawer of the map: split, merge, verdict, heat source.</summary>
public sealed class FireDrawerTests(City city)
{
    const string Hongtong = "141024";

    static readonly Sighting Place = Sighting.InHongtong(0);

    [Fact]
    public async Task Two_detections_that_were_taken_for_one_fire_are_split_by_hand_and_stay_two()
    {
        await using var server = await city.ServeAsync();
        await server.ReportAsync(Place, Place.East(700));
        var fire = Assert.Single(await server.BurningAsync());
        await using var wall = await OpenAsync(server, fire);

        await wall.Page.ClickAsync("[data-tool=split]");
        await wall.UntilAsync("() => document.querySelectorAll('[data-act=split] .picks input').length === 2");
        await wall.Page.ClickAsync("[data-act=split] [type=submit]");
        await wall.UntilAsync("() => document.querySelector('[data-act=split] .problem').textContent.includes('至少勾选一条')");
        await wall.Page.CheckAsync("[data-act=split] .picks li:first-child input");
        await wall.UntilAsync("() => document.querySelector('[data-act=split] .preview').textContent === '本火点保留 1 次探测，新火点得到 1 次'");
        await wall.Page.FillAsync("[name=split-reason]", "两块地各自起火");
        // News of the fire comes while the form is filled in.
        await server.ReportAsync(Place.East(30));
        await wall.UntilAsync("() => document.querySelectorAll('[data-act=split] .picks input').length === 3");
        Assert.Equal("两块地各自起火", await wall.Page.InputValueAsync("[name=split-reason]"));
        await wall.UntilAsync("() => document.querySelector('[data-act=split] .preview').textContent === '本火点保留 2 次探测，新火点得到 1 次'");
        await BeSoundAsync(wall);
        await wall.PictureAsync("drawer-split");
        await wall.Page.ClickAsync("[data-act=split] [type=submit]");
        await wall.UntilAsync("fire => airmap.fires.length === 2 && airmap.fires.includes(fire) && document.querySelector('.acts .good').textContent.includes('新的火点')", fire);

        await server.ReportAsync(Place.East(350));
        await wall.UntilAsync("async () => (await (await fetch('/api/fires?status=burning')).json()).features.reduce((n, f) => n + f.properties.detections, 0) === 4");
        Assert.Equal(2, (await server.BurningAsync()).Length);
    }

    [Fact]
    public async Task Two_fires_are_merged_and_the_drawer_follows_to_the_one_that_goes_on()
    {
        await using var server = await city.ServeAsync();
        await server.ReportAsync(Place);
        var elder = Assert.Single(await server.BurningAsync());
        await server.ReportAsync(Place.East(3_000));
        var younger = Assert.Single(await server.BurningAsync(), id => id != elder);
        await using var wall = await OpenAsync(server, younger);

        await wall.UntilAsync("() => document.querySelector('[data-tool=merge]').checkVisibility()");
        await wall.Page.FocusAsync("[data-tool=merge]");
        await wall.Page.Keyboard.PressAsync("Enter");
        await wall.UntilAsync("() => document.querySelectorAll('[data-act=merge] .picks input').length === 1");
        await wall.Page.Keyboard.PressAsync("Escape");
        await wall.UntilAsync("() => document.querySelector('[data-act=merge]').hidden && document.querySelector('.card').checkVisibility() && document.activeElement.dataset.tool === 'merge'");
        await wall.Page.Keyboard.PressAsync("Enter");
        await wall.Page.CheckAsync("[data-act=merge] .picks input");
        await wall.UntilAsync("() => document.querySelector('[data-act=merge] .preview').textContent.includes('共 2 次探测')");
        await BeSoundAsync(wall);
        await wall.PictureAsync("drawer-merge");
        await wall.Page.ClickAsync("[data-act=merge] [type=submit]");

        await wall.UntilAsync("() => airmap.fires.length === 1 && location.hash.includes(`s=fire:${airmap.fires[0]}`) && document.querySelector('.acts .good').textContent.includes('已合并')");
        var kept = Assert.Single(await server.BurningAsync());
        var gone = kept == elder ? younger : elder;
        await wall.Page.EvaluateAsync("id => { location.hash = `#s=fire:${id}`; }", gone);
        await wall.UntilAsync("kept => document.querySelector(`.card [data-focus='fire:${kept}']`) !== null && document.querySelector('.card .tags .merged') !== null && !document.querySelector('[data-tool=merge]').checkVisibility()", kept);
        await BeSoundAsync(wall);
        await wall.Page.ClickAsync($".card [data-focus='fire:{kept}']");
        await wall.UntilAsync("kept => location.hash.includes(`s=fire:${kept}`)", kept);

        await wall.Page.GotoAsync(new Uri(server.Address, $"/subject/?s=fire:{kept}").ToString());
        await wall.UntilAsync("() => document.querySelector('.timeline .joined')?.textContent.includes('另一火点并入')");
    }

    [Fact]
    public async Task A_verdict_with_its_reason_moves_the_precision_of_the_source_on_the_wall()
    {
        await using var server = await city.ServeAsync();
        await server.ReportAsync(Place);
        var fire = Assert.Single(await server.BurningAsync());
        await using var wall = await OpenAsync(server, fire);
        await wall.UntilAsync("() => document.querySelector('.precision .empty').textContent === '尚无核实结论'");

        await wall.Page.ClickAsync("[data-verdict=refuted]");
        await wall.Page.ClickAsync("[data-reason=other]");
        await wall.Page.ClickAsync(".verdict [type=submit]");
        await wall.UntilAsync("() => document.querySelector('.verdict [role=status]').textContent.includes('须填写说明')");
        await wall.Page.ClickAsync("[data-reason=industrial]");
        await wall.Page.FillAsync(".verdict input", "三号焦炉");
        await BeSoundAsync(wall);
        await wall.PictureAsync("drawer-verdict");
        await wall.Page.ClickAsync(".verdict [type=submit]");

        await wall.UntilAsync("() => document.querySelector('.card dl').textContent.includes('工业热源 · 三号焦炉')");
        await wall.UntilAsync("() => document.querySelector('.precision tbody').textContent.includes('视频') && document.querySelector('.precision td b').textContent === '0%'");
        using var stored = await server.Client.GetFromJsonAsync<JsonDocument>($"api/fires/{fire}", TestContext.Current.CancellationToken);
        Assert.Equal("industrial: 三号焦炉", stored!.RootElement.GetProperty("properties").GetProperty("verdict").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_verdict_that_was_wrong_is_corrected_with_a_reason_and_the_fire_burns_again()
    {
        await using var server = await city.ServeAsync();
        await server.ReportAsync(Place);
        var fire = Assert.Single(await server.BurningAsync());
        await using var wall = await OpenAsync(server, fire);
        await wall.Page.ClickAsync("[data-verdict=refuted]");
        await wall.Page.ClickAsync("[data-reason=solar]");
        await wall.Page.ClickAsync(".verdict [type=submit]");
        await wall.UntilAsync("() => airmap.fires.length === 0 && document.querySelector('.card .tags .refuted') !== null && document.querySelector('[data-verdict=correct]').checkVisibility()");
        Assert.False(await wall.Page.IsVisibleAsync("[data-verdict=confirmed]"));

        await wall.Page.ClickAsync("[data-verdict=correct]");
        await wall.UntilAsync("() => document.querySelector('[data-verdict=confirmed]').checkVisibility() && document.querySelector('[data-verdict=out]').checkVisibility() && !document.querySelector('[data-verdict=refuted]').checkVisibility()");
        await wall.Page.Keyboard.PressAsync("Escape");
        await wall.UntilAsync("() => !document.querySelector('[data-verdict=confirmed]').checkVisibility() && document.querySelector('.card').checkVisibility()");
        await wall.Page.ClickAsync("[data-verdict=correct]");
        await wall.Page.ClickAsync("[data-verdict=confirmed]");
        await wall.Page.ClickAsync(".verdict [type=submit]");
        await wall.UntilAsync("() => document.querySelector('.verdict [role=status]').textContent.includes('更正须填写理由')");
        await wall.Page.FillAsync(".verdict input", "田里在烧");
        await BeSoundAsync(wall);
        await wall.PictureAsync("drawer-correction");
        await wall.Page.ClickAsync(".verdict [type=submit]");

        await wall.UntilAsync("fire => airmap.fires.includes(fire) && document.querySelector('.card .tags .confirmed') !== null && document.querySelector('.card dl').textContent.includes('田里在烧')", fire);
        await wall.UntilAsync("county => airmap.open[county] === 1", Hongtong);
    }

    [Fact]
    public async Task A_place_is_entered_as_heat_source_and_approved_in_the_drawer_and_a_switch_shows_what_it_explains()
    {
        await using var server = await city.ServeAsync();
        await server.ReportAsync(Place with { SourceKind = "satellite", RadiusMetres = 280, FrpMegawatts = 4 });
        var fire = Assert.Single(await server.BurningAsync());
        await using var wall = await OpenAsync(server, fire);

        await wall.Page.ClickAsync("[data-tool=propose]");
        await wall.Page.FillAsync("[name=heat-name]", "洪洞焦化厂");
        await BeSoundAsync(wall);
        await wall.PictureAsync("drawer-propose");
        await wall.Page.ClickAsync("[data-act=propose] [type=submit]");
        await wall.Page.ClickAsync(".heat .candidate [data-step=approve]");
        await wall.UntilAsync("() => document.querySelector('[data-act=heat] .notes').textContent.includes('的名义认定“洪洞焦化厂”')");
        await wall.PictureAsync("drawer-approve");
        await wall.Page.FillAsync("[name=heat-reason]", "现场核实");
        await wall.Page.ClickAsync("[data-act=heat] [type=submit]");

        await wall.UntilAsync("([fire, county]) => !airmap.fires.includes(fire) && airmap.open[county] === 0 && document.querySelector('.card .tags .attributed') !== null", new object[] { fire, Hongtong });
        await wall.UntilAsync("() => document.querySelector('[data-count=burning]').textContent === '0'");
        Assert.Empty(await wall.Page.EvaluateAsync<string[]>("() => airmap.drawnAttributed"));
        await BeSoundAsync(wall);
        await wall.PictureAsync("drawer-attributed");
        await wall.Page.ClickAsync(".tools .layers");
        await wall.UntilAsync("() => document.querySelector('[data-layer=attributed]').parentElement.textContent.includes('（1）')");
        await wall.Page.CheckAsync("[data-layer=attributed]");
        await wall.UntilAsync("fire => airmap.drawnAttributed.includes(fire)", fire);
        await wall.PictureAsync("drawer-attributed-layer");
    }

    async Task<WallPage> OpenAsync(CityServer server, string fire)
    {
        var wall = await WallPage.OpenAsync(city.Browser, server.Address, 1920, 1080, $"#s=fire:{fire}");
        await wall.UntilAsync("() => document.querySelector('.card .timeline') !== null");
        return wall;
    }

    static async Task BeSoundAsync(WallPage wall)
    {
        var found = await wall.Page.RunAxe();
        Assert.Empty(found.Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"));
    }
}
