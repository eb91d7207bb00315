using Deque.AxeCore.Playwright;
using Linfen.AirMap.Browser.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Wall;

/// <summary>The box on the wall, by keyboard alone.</summary>
public sealed class SearchOnTheWallTests(City city)
{
    [Fact]
    public async Task A_key_leads_to_the_box_and_from_there_to_a_county_a_boiler_a_place_and_a_zone()
    {
        await using var server = await city.ServeAsync();
        var boiler = await server.AddBoilerAsync(7);
        var zone = await server.DraftZoneAsync();
        await server.PublishZoneAsync(zone);
        await using var wall = await WallPage.OpenAsync(city.Browser, server.Address, 1920, 1080);

        await AskAsync(wall, "htx", "洪洞县");
        await wall.Page.Keyboard.PressAsync("Enter");
        await wall.UntilAsync("() => location.hash.includes('s=county:141024') && document.querySelector('.card').checkVisibility() && document.activeElement === document.body");

        await AskAsync(wall, "7号", "7号茶浴炉");
        var found = await wall.Page.RunAxe();
        Assert.Empty(found.Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"));
        await wall.PictureAsync("wall-search");
        await wall.Page.Keyboard.PressAsync("Enter");
        await wall.UntilAsync("id => location.hash.includes(`s=boiler:${id}`)", boiler);

        await AskAsync(wall, "36.08，111.52", "111.52000, 36.08000");
        await wall.Page.Keyboard.PressAsync("ArrowDown");
        await wall.UntilAsync("() => document.querySelectorAll('#found [role=option]').length === 3 && document.querySelector('#found-1').ariaSelected === 'true' && document.querySelector('#found-1').textContent.includes('高德')");
        await wall.Page.Keyboard.PressAsync("Enter");
        // The card of what was looked at before is put away.
        await wall.UntilAsync("() => document.querySelector('.pin') !== null && !location.hash.includes('s=') && !document.querySelector('.card').checkVisibility() && airmap.mapIdle");
        await wall.PictureAsync("wall-search-place");

        // Of an area as much as there is room for.
        await AskAsync(wall, "洪洞 禁煤", "洪洞东部禁煤区");
        await wall.Page.Keyboard.PressAsync("Enter");
        await wall.UntilAsync("id => location.hash.includes(`s=zone:${id}`) && Number(new URLSearchParams(location.hash.slice(1)).get('z')) > 12.5 && airmap.drawnZones.includes(id) && airmap.mapIdle", zone);
        await wall.PictureAsync("wall-search-zone");

        await AskAsync(wall, "没有这个地方", null);
        await wall.UntilAsync("() => document.querySelector('.search [role=status]').textContent === '没有找到“没有这个地方”'");
        await wall.Page.Keyboard.PressAsync("Escape");
        await wall.UntilAsync("() => !document.querySelector('.found').checkVisibility() && document.activeElement.role === 'combobox'");
        await wall.Page.Keyboard.PressAsync("Escape");
        await wall.UntilAsync("() => document.activeElement === document.body && document.querySelector('.search input').value === ''");
        Assert.Empty(await wall.PolicyViolationsAsync());
        Assert.Empty(wall.Faults);
    }

    /// <summary>The first answer's name, once it stands there.</summary>
    static async Task AskAsync(WallPage wall, string words, string? first)
    {
        await wall.Page.Keyboard.PressAsync("/");
        await wall.UntilAsync("() => document.activeElement.role === 'combobox'");
        await wall.Page.Keyboard.TypeAsync(words);
        if (first is not null)
        {
            await wall.UntilAsync("first => document.querySelector('#found-0 b')?.textContent === first", first);
        }
    }
}
