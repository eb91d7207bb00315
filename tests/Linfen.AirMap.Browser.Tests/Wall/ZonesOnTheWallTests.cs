using Linfen.AirMap.Browser.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Wall;

/// <summary>A zone that is published changes map, ranking and numbers in every open wall, and its retirement changes them back.</summary>
public sealed class ZonesOnTheWallTests(City city)
{
    const int Boilers = 50;
    const int Findings = 200;
    const string County = "141024";
    const string ViewOfTheZone = "#c=111.71,36.27&z=10.6";

    /// <summary>Map source, ranking and summary together: the zone is drawn, the row and the number say so many.</summary>
    const string Shows =
        """
        ([zone, drawn, open]) => airmap.drawnZones.includes(zone) === drawn && airmap.open['141024'] === open
            && document.querySelector('#ranking [data-county="141024"] .open').textContent === String(open)
            && [...airmap.violations].length === open
        """;

    [Fact]
    public async Task Publishing_a_zone_over_250_subjects_shows_in_two_walls_and_retiring_takes_it_back()
    {
        await using var server = await city.ServeAsync();
        for (var i = 0; i < Boilers; i++)
        {
            await server.AddBoilerAsync(i);
        }

        for (var i = 0; i < Findings; i++)
        {
            await server.FindCoalAsync(i);
        }

        var zone = await server.DraftZoneAsync();
        await using var one = await WallPage.OpenAsync(city.Browser, server.Address, hash: ViewOfTheZone);
        await using var two = await WallPage.OpenAsync(city.Browser, server.Address, hash: ViewOfTheZone);
        var before = await one.Page.EvaluateAsync<int>($"() => airmap.open['{County}']");
        await BothAsync(zone, drawn: false, before);

        await server.PublishZoneAsync(zone);
        await BothAsync(zone, drawn: true, before + Boilers + Findings);
        await one.PictureAsync("wall-zone-published");

        await server.RetireZoneAsync(zone);
        await BothAsync(zone, drawn: false, before);
        Assert.Empty(one.Faults.Concat(two.Faults));

        Task BothAsync(string id, bool drawn, int open) => Task.WhenAll(one.UntilAsync(Shows, new object[] { id, drawn, open }), two.UntilAsync(Shows, new object[] { id, drawn, open }));
    }

    [Fact]
    public async Task A_line_of_the_stream_flies_to_its_case_and_opens_the_card_with_article_facts_parameters_unit_and_clock()
    {
        await using var server = await city.ServeAsync();
        await using var wall = await WallPage.OpenAsync(city.Browser, server.Address);
        await server.AddBoilerAsync(0);
        var line = wall.Page.Locator("#stream button", new() { HasText = "0号茶浴炉" }).First;
        await line.ClickAsync();
        await wall.UntilAsync("() => location.hash.includes('s=violation:') && /c=111\\.70?\\d*,36\\.2/.test(location.hash)");
        await wall.UntilAsync("() => { const t = document.querySelector('.card').textContent; return ['第17条', '事实', '适用参数', '责任单位', '牵头部门', '剩余'].every(word => t.includes(word)); }");
        Assert.Empty(wall.Faults);
    }

    [Fact]
    public async Task The_card_of_a_subject_tells_article_facts_and_clock_and_follows_the_log()
    {
        await using var server = await city.ServeAsync();
        var boiler = await server.AddBoilerAsync(0);
        var zone = await server.DraftZoneAsync();
        await using var wall = await WallPage.OpenAsync(city.Browser, server.Address, hash: $"#c=111.70,36.25&z=12.5&s=boiler:{boiler}");
        await wall.UntilAsync("() => { const t = document.querySelector('.card').textContent; return t.includes('0号茶浴炉') && t.includes('第17条') && t.includes('额定蒸发量') && t.includes('1 t/h') && t.includes('牵头部门') && t.includes('剩余') && t.includes('适用参数'); }");
        var links = await wall.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.card .links a')].map(a => a.getAttribute('href'))");
        Assert.Equal([$"/subject/?s=boiler:{boiler}", $"/registers/#/heating/boilers/{boiler}"], links);

        await server.PublishZoneAsync(zone);
        await wall.UntilAsync("() => { const t = document.querySelector('.card').textContent; return t.includes('第20条') && t.includes('禁煤区燃煤设施'); }");
        await wall.Page.Locator(".card summary", new() { HasText = "第20条" }).ClickAsync();
        await wall.Page.Locator(".card .open-card", new() { HasText = "洪洞东部禁煤区" }).ClickAsync();
        await wall.UntilAsync("() => { const t = document.querySelector('.card').textContent; return location.hash.includes('s=zone:') && t.includes('临政发〔2026〕1号') && t.includes('第 1 版') && t.includes('据此未办结1'); }");
        await wall.PictureAsync("wall-zone-card");

        await server.RetireZoneAsync(zone);
        await wall.UntilAsync("() => document.querySelector('.card').textContent.includes('据此未办结0')");
        Assert.Empty(wall.Faults);
    }

    [Fact]
    public async Task The_keyboard_alone_lists_a_county_s_violations_by_article_page_by_page_and_the_link_keeps_the_place()
    {
        await using var server = await city.ServeAsync();
        for (var i = 0; i < 23; i++)
        {
            await server.AddBoilerAsync(i);
        }

        await using var wall = await WallPage.OpenAsync(city.Browser, server.Address);
        await wall.Page.FocusAsync($"#ranking [data-county='{County}'] button");
        await wall.Page.Keyboard.PressAsync("Enter");
        await wall.UntilAsync("() => document.querySelector('.card .articles-of tbody th')?.textContent.includes('第17条')");
        await wall.Page.FocusAsync(".card .articles-of tbody button");
        await wall.Page.Keyboard.PressAsync("Enter");
        await wall.UntilAsync("() => document.querySelectorAll('.card .rows button').length === 10 && document.activeElement.dataset.focus === 'article:17'");
        await wall.Page.FocusAsync(".card [data-focus=next]");
        await wall.Page.Keyboard.PressAsync("Enter");
        await wall.UntilAsync("() => location.hash.endsWith('&a=17&p=2') && document.querySelector('.card .pages').textContent.includes('2 / ') && document.activeElement.dataset.focus === 'next'");

        await using var link = await WallPage.OpenAsync(city.Browser, server.Address, hash: await wall.Page.EvaluateAsync<string>("() => location.hash"));
        await link.UntilAsync("() => document.querySelector('.card .pages')?.textContent.includes('2 / ')");
        await link.Page.FocusAsync(".card .rows button");
        await link.Page.Keyboard.PressAsync("Enter");
        await link.UntilAsync("() => location.hash.includes('s=violation:') && document.querySelector('.card').textContent.includes('适用参数')");
        Assert.Empty(wall.Faults.Concat(link.Faults));
    }
}
