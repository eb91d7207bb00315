using Linfen.AirMap.Browser.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Wall;

/// <summary>Layers are chosen by key or button, and a link carries the choice.</summary>
public sealed class LayersTests(City city)
{
    /// <summary>Close enough that each fire is drawn for itself; the whole city draws neighbours as one cluster.</summary>
    const string CloseBy = "c=111.65,36.22&z=11";

    const string PanelIsOpen = "() => document.querySelector('.layer-panel').checkVisibility() && document.activeElement.dataset.layer === 'fires'";
    const string PanelIsClosed = "() => !document.querySelector('.layer-panel').checkVisibility()";
    const string FiresAreHidden = "() => airmap.mapIdle && airmap.drawnFires.length === 0 && airmap.fires.length === 2 && document.querySelector('.tools .layers').textContent.includes('已隐藏 1 层')";
    const string FiresAreDrawn = "() => airmap.mapIdle && airmap.drawnFires.length === 2 && document.querySelector('.tools .layers').textContent === '图层'";
    const string LegendOfFires = "() => [...document.querySelectorAll('.legend li')].some(li => li.checkVisibility() && li.textContent === '已核实火点')";

    [Fact]
    public async Task The_keyboard_alone_hides_the_fires_and_brings_them_back()
    {
        await using var server = await city.ServeAsync();
        await server.ReportAsync(Sighting.InHongtong(0), Sighting.InHongtong(1));
        await using var wall = await WallPage.OpenAsync(city.Browser, server.Address, hash: "#" + CloseBy);
        await wall.UntilAsync(FiresAreDrawn);
        Assert.True(await wall.Page.EvaluateAsync<bool>(LegendOfFires));

        await wall.Page.Keyboard.PressAsync("t");
        await wall.UntilAsync(PanelIsOpen);
        await wall.Page.Keyboard.PressAsync("Space");
        await wall.UntilAsync(FiresAreHidden);
        Assert.False(await wall.Page.EvaluateAsync<bool>(LegendOfFires));
        await wall.PictureAsync("wall-layers");

        await wall.Page.Keyboard.PressAsync("ArrowDown");
        await wall.Page.Keyboard.PressAsync("ArrowUp");
        await wall.Page.Keyboard.PressAsync("Space");
        await wall.UntilAsync(FiresAreDrawn);
        await wall.Page.Keyboard.PressAsync("Escape");
        await wall.UntilAsync(PanelIsClosed);
        Assert.Empty(wall.Faults);
    }

    [Fact]
    public async Task A_link_reproduces_the_layers_and_hidden_ones_are_not_asked_for()
    {
        await using var server = await city.ServeAsync();
        await server.ReportAsync(Sighting.InHongtong(0), Sighting.InHongtong(1));
        await using var first = await WallPage.OpenAsync(city.Browser, server.Address);
        await first.Page.ClickAsync(".tools .layers");
        foreach (var layer in new[] { "fires", "ended", "history" })
        {
            await first.Page.ClickAsync($"[data-layer={layer}]");
        }
        await first.UntilAsync("() => location.hash.startsWith('#l=') && !/[=,](?:fires|ended|history)(?:,|$)/.test(location.hash) && location.hash.includes('violations')");

        await using var second = await WallPage.OpenAsync(city.Browser, server.Address, hash: $"#{CloseBy}&l=violations");
        await second.UntilAsync("() => airmap.mapIdle && airmap.drawnFires.length === 0 && document.querySelector('.tools .layers').textContent.includes('已隐藏 18 层')");
        Assert.Contains(second.Requests, url => url.Contains("/tiles/violations/", StringComparison.Ordinal));
        Assert.DoesNotContain(second.Requests, url => url.Contains("/tiles/fires", StringComparison.Ordinal) || url.Contains("/tiles/zones", StringComparison.Ordinal));

        await second.Page.ClickAsync(".tools .layers");
        await second.Page.ClickAsync(".layer-panel .tool");
        await second.UntilAsync("() => !/[#&]l=/.test(location.hash) && airmap.mapIdle && airmap.drawnFires.length === 2");
    }
}
