using Linfen.AirMap.Browser.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Registers;

/// <summary>Entries are written by form and map.</summary>
public sealed class EntryFormTests(City city)
{
    [Fact]
    public async Task An_entry_is_added_by_form_and_a_click_on_the_map_and_judged_at_once()
    {
        await using var server = await city.ServeAsync();
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/heating/boilers/new");
        await desk.Page.FillAsync("#f-name", "东关浴池茶炉");
        await desk.Page.SelectOptionAsync("#f-kind", "boiler");
        await desk.Page.SelectOptionAsync("#f-fuel", "coal");
        await desk.Page.FillAsync("#f-tonnesPerHour", "12");
        await desk.Page.SelectOptionAsync("#f-status", "operating");
        await desk.Page.Locator("#f-outdated label", new() { HasTextString = "否" }).ClickAsync();
        await desk.PickAsync(111.52, 36.09);
        await desk.SaveAsync();
        await desk.UntilSavedAsync(1);

        var id = desk.Page.Url[^36..];
        var stored = await server.ReadAsync("heating/boilers/" + id);
        var at = stored.GetProperty("geometry").GetProperty("coordinates");
        Assert.Equal(111.52, at[0].GetDouble(), 0.01);
        Assert.Equal(36.09, at[1].GetDouble(), 0.01);
        Assert.Equal("141002", stored.GetProperty("properties").GetProperty("county").GetString());
        Assert.Equal(12, stored.GetProperty("properties").GetProperty("tonnesPerHour").GetInt32());
        Assert.False(stored.GetProperty("properties").GetProperty("outdated").GetBoolean());
        await desk.UntilAsync("() => [...document.querySelectorAll('.rulings .ruled li')].some(li => /第17条.*燃煤小锅炉/.test(li.textContent))");
        Assert.Empty(desk.Faults);
    }

    [Fact]
    public async Task What_the_server_refuses_stands_beside_its_field_and_nothing_typed_is_lost()
    {
        await using var server = await city.ServeAsync();
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/heating/boilers/new");
        await desk.Page.FillAsync("#f-tonnesPerHour", "十二");
        await desk.Page.FillAsync("#f-note", "待补");
        await desk.SaveAsync();
        await desk.UntilAsync("() => document.querySelector('[data-field=name] .fault:not([hidden])') !== null");
        Assert.Contains("请填写名称", await desk.TextAsync("[data-field=name] .fault"), StringComparison.Ordinal);
        Assert.Contains("“十二” 不是数字", await desk.TextAsync("[data-field=tonnesPerHour] .fault"), StringComparison.Ordinal);
        Assert.Equal("待补", await desk.Page.InputValueAsync("#f-note"));
        Assert.Equal("f-name", await desk.Page.EvaluateAsync<string>("() => document.activeElement.id"));

        await desk.Page.FillAsync("#f-name", "市外锅炉");
        await desk.Page.FillAsync("#f-tonnesPerHour", "12");
        await desk.Page.FillAsync("#f-lon", "116.4");
        await desk.Page.FillAsync("#f-lat", "39.9");
        await desk.SaveAsync();
        await desk.UntilAsync("() => /市界之外/.test(document.querySelector('.place > .fault')?.textContent)");
        await desk.PictureAsync("faults");
    }

    [Fact]
    public async Task An_area_is_drawn_by_its_corners_one_is_taken_back_and_a_drawing_given_up_leaves_the_area_as_it_was()
    {
        await using var server = await city.ServeAsync();
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/land/new");
        await desk.Page.FillAsync("#f-name", "河西裸地");
        await desk.Page.Locator(".place .three label", new() { HasTextString = "面" }).ClickAsync();
        await desk.Page.ClickAsync("[data-draw=begin]");
        foreach (var (longitude, latitude) in new[] { (111.45, 36.05), (111.55, 36.05), (111.55, 36.12), (111.70, 36.30) })
        {
            await desk.PickAsync(longitude, latitude);
        }

        await desk.UntilAsync("() => document.querySelector('#f-corners').value.split('\\n').length === 4");
        await desk.Page.ClickAsync("[data-draw=undo]");
        await desk.Page.ClickAsync("[data-draw=end]");
        var drawn = await desk.Page.InputValueAsync("#f-corners");
        Assert.Equal(3, drawn.Split('\n').Length);

        await desk.Page.ClickAsync("[data-draw=begin]");
        await desk.PickAsync(111.50, 36.20);
        await desk.Page.Keyboard.PressAsync("Escape");
        Assert.Equal(drawn, await desk.Page.InputValueAsync("#f-corners"));
        await desk.PictureAsync("drawing");
        await desk.SaveAsync();
        await desk.UntilSavedAsync(1);
        var stored = await server.ReadAsync("land/" + desk.Page.Url[^36..]);
        Assert.Equal("Polygon", stored.GetProperty("geometry").GetProperty("type").GetString());
        Assert.Equal(4, stored.GetProperty("geometry").GetProperty("coordinates")[0].GetArrayLength());
    }

    [Fact]
    public async Task Unsaved_changes_are_asked_about_before_they_are_left_and_kept_when_one_stays()
    {
        await using var server = await city.ServeAsync();
        var id = await server.AddAsync("land", new { name = "北关裸地", lon = 111.5, lat = 36.1 });
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/land");
        await desk.Page.ClickAsync("tbody th a");
        await desk.UntilFormAsync("北关裸地");
        await desk.Page.FillAsync("#f-owner", "村委会");
        await desk.Page.GoBackAsync();
        await desk.Page.ClickAsync("dialog [data-answer=no]");
        Assert.EndsWith($"#/land/{id}", desk.Page.Url, StringComparison.Ordinal);
        Assert.Equal("村委会", await desk.Page.InputValueAsync("#f-owner"));

        await desk.Page.ClickAsync(".crumb");
        await desk.Page.ClickAsync("dialog [data-answer=yes]");
        await desk.UntilAsync("() => document.querySelector('tbody th a') !== null");
        Assert.Equal(1, (await server.ReadAsync("land/" + id)).GetProperty("properties").GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task The_last_save_is_undone_by_one_click()
    {
        await using var server = await city.ServeAsync();
        var id = await server.AddAsync("land", new { name = "南关裸地", lon = 111.5, lat = 36.1, treatment = "none" });
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/land/" + id);
        await desk.UntilFormAsync("南关裸地");
        await desk.Page.SelectOptionAsync("#f-treatment", "greened");
        await desk.SaveAsync();
        await desk.UntilSavedAsync(2);
        await desk.Page.ClickAsync("[data-act=undo]");
        await desk.UntilSavedAsync(3);
        var versions = (await server.ReadAsync($"land/{id}/history")).GetProperty("versions");
        var (now, first) = (versions[0].GetProperty("data").GetProperty("properties"), versions[2].GetProperty("data").GetProperty("properties"));
        Assert.Equal("none", now.GetProperty("treatment").GetString());
        Assert.Equal(first.GetProperty("since").GetString(), now.GetProperty("since").GetString());
    }

    [Fact]
    public async Task A_deletion_names_what_follows_from_it()
    {
        await using var server = await city.ServeAsync();
        var id = await server.AddAsync("heating/boilers", new { name = "小锅炉", kind = "boiler", fuel = "coal", tonnesPerHour = 4, status = "operating", lon = 111.5, lat = 36.1 });
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/heating/boilers/" + id);
        await desk.UntilAsync("() => document.querySelector('.rulings .ruled li') !== null");
        await desk.Page.ClickAsync("[data-act=remove]");
        var asked = await desk.TextAsync("dialog[open]");
        Assert.Contains("小锅炉", asked, StringComparison.Ordinal);
        Assert.Contains("燃煤小锅炉", asked, StringComparison.Ordinal);
        await desk.PictureAsync("delete");
        await desk.Page.ClickAsync("dialog [data-answer=yes]");
        await desk.UntilAsync("() => document.querySelector('.notice.empty') !== null");
        using var gone = await server.Client.GetAsync(new Uri("api/heating/boilers/" + id, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, gone.StatusCode);
    }
}
