using Linfen.AirMap.Browser.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Wall;

/// <summary>Tiles that could not be read come by themselves when they can be read again, at the address that is asked for then.</summary>
public sealed class PoorNetworkTests(City city)
{
    const string Tiles = "**/tiles/**";

    [Fact]
    public async Task Signs_whose_tiles_failed_twice_come_back_without_any_event()
    {
        await using var server = await city.ServeAsync();
        await server.AddBoilerAsync(0);
        await server.AddBoilerAsync(1);
        await using var wall = await WallPage.OpenAsync(city.Browser, server.Address, hash: "#c=111.68,36.24&z=10.5");
        await wall.UntilAsync("() => airmap.drawnCases === 2");

        await wall.Page.RouteAsync(Tiles, route => route.AbortAsync());
        await server.AddBoilerAsync(2);
        await wall.UntilAsync("() => airmap.open['141024'] === 3 && airmap.drawnCases === 0 && airmap.mapIdle");
        await wall.Page.ClickAsync(".articles [data-article='17']");
        await wall.UntilAsync("() => location.hash.includes('f=a17') && airmap.mapIdle");
        await wall.Page.UnrouteAsync(Tiles);
        await wall.UntilAsync("() => airmap.drawnCases === 3 && airmap.mapIdle");
        Assert.Empty(wall.Faults);
    }

    [Fact]
    public async Task Without_a_connection_the_map_keeps_its_signs_and_with_it_again_shows_what_is_new()
    {
        await using var server = await city.ServeAsync();
        await server.AddBoilerAsync(0);
        await using var wall = await WallPage.OpenAsync(city.Browser, server.Address, hash: "#c=111.68,36.24&z=10.5");
        await wall.UntilAsync("() => airmap.drawnCases === 1");

        await wall.Page.Context.SetOfflineAsync(true);
        await wall.UntilAsync("() => document.querySelector('.wall').dataset.link === 'dead'");
        await server.AddBoilerAsync(1);
        await wall.Page.ClickAsync(".articles [data-article='17']");
        await wall.UntilAsync("() => location.hash.includes('f=a17') && airmap.mapIdle && airmap.drawnCases === 1");
        await wall.Page.Context.SetOfflineAsync(false);
        await wall.UntilAsync("() => airmap.link === 'live' && airmap.drawnCases === 2 && airmap.mapIdle");
        Assert.Empty(wall.Faults);
    }
}
