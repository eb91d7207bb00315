using Linfen.AirMap.Browser.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Registers;

/// <summary>Two people at the same entry: nothing of either is lost without a choice.</summary>
public sealed class TwoEditorsTests(City city)
{
    static readonly object Site = new { name = "平阳广场", code = "GD-1", lon = 111.5, lat = 36.1, status = "active", areaSquareMetres = 6000, note = "初" };

    [Fact]
    public async Task Edits_of_two_pages_meet_side_by_side_and_are_merged_field_by_field()
    {
        await using var server = await city.ServeAsync();
        var id = await server.AddAsync("sites", Site);
        await using var first = await DeskPage.OpenAsync(city.Browser, server.Address, "/sites/" + id);
        await using var second = await DeskPage.OpenAsync(city.Browser, server.Address, "/sites/" + id);
        await first.UntilFormAsync("平阳广场");
        await second.UntilFormAsync("平阳广场");
        await second.Page.FillAsync("#f-contractor", "山西四建");
        await second.Page.FillAsync("#f-note", "乙的备注");
        await first.Page.FillAsync("#f-areaSquareMetres", "7500");
        await first.Page.FillAsync("#f-note", "甲的备注");
        await first.SaveAsync();
        await first.UntilSavedAsync(2);

        // The second page hears of it and keeps what was typed.
        await second.UntilAsync("() => document.querySelector('[data-overtaken]') !== null");
        Assert.Equal("乙的备注", await second.Page.InputValueAsync("#f-note"));
        await second.SaveAsync();
        await second.UntilAsync("() => document.querySelectorAll('[data-clash]').length === 3");
        Assert.Equal(["note"], await second.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('[data-clash].both')].map(r => r.dataset.clash)"));
        Assert.True(await second.Page.IsCheckedAsync("[data-clash=areaSquareMetres] input[value=theirs]"));
        Assert.True(await second.Page.IsCheckedAsync("[data-clash=contractor] input[value=mine]"));
        await second.BeSoundAsync("conflict");
        await second.PictureAsync("conflict");
        await second.Page.ClickAsync("[data-clash=note] input[value=theirs]");
        await second.Page.ClickAsync("[data-conflict=save]");
        await second.UntilSavedAsync(3);

        var stored = (await server.ReadAsync("sites/" + id)).GetProperty("properties");
        Assert.Equal(7500, stored.GetProperty("areaSquareMetres").GetInt32());
        Assert.Equal("山西四建", stored.GetProperty("contractor").GetString());
        Assert.Equal("甲的备注", stored.GetProperty("note").GetString());
        // The first page typed nothing meanwhile and simply shows what is stored now.
        await first.UntilAsync("() => document.querySelector('#f-contractor').value === '山西四建'");
        Assert.Empty(first.Faults.Concat(second.Faults));
    }

    [Fact]
    public async Task Going_back_from_a_conflict_finds_everything_as_it_was_typed()
    {
        await using var server = await city.ServeAsync();
        var id = await server.AddAsync("sites", Site);
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/sites/" + id);
        await desk.UntilFormAsync("平阳广场");
        await desk.Page.FillAsync("#f-note", "我的备注");
        await server.ReplaceAsync("sites/" + id, 1, new { name = "平阳广场", code = "GD-1", lon = 111.5, lat = 36.1, status = "paused" });
        await desk.UntilAsync("() => document.querySelector('[data-overtaken]') !== null");
        await desk.Page.ClickAsync("[data-act=both]");
        await desk.Page.ClickAsync("[data-conflict=back]");
        Assert.Equal("我的备注", await desk.Page.InputValueAsync("#f-note"));
        Assert.Equal("paused", (await server.ReadAsync("sites/" + id)).GetProperty("properties").GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_new_entry_that_is_there_already_can_be_merged_into_it()
    {
        await using var server = await city.ServeAsync();
        var id = await server.AddAsync("sites", Site);
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/sites/new");
        await desk.Page.FillAsync("#f-name", "平阳广场二期");
        await desk.Page.FillAsync("#f-code", "GD-1");
        await desk.Page.FillAsync("#f-developer", "市住建投");
        await desk.SaveAsync();
        await desk.UntilAsync("() => document.querySelector('[data-clash=developer]') !== null");
        await desk.PictureAsync("exists");
        Assert.Equal(["name"], await desk.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('[data-clash].both')].map(r => r.dataset.clash)"));
        await desk.Page.ClickAsync("[data-conflict=save]");
        await desk.UntilSavedAsync(2);
        Assert.EndsWith($"#/sites/{id}", desk.Page.Url, StringComparison.Ordinal);
        var stored = (await server.ReadAsync("sites/" + id)).GetProperty("properties");
        Assert.Equal("平阳广场二期", stored.GetProperty("name").GetString());
        Assert.Equal("市住建投", stored.GetProperty("developer").GetString());
        Assert.Equal(6000, stored.GetProperty("areaSquareMetres").GetInt32());
    }

    [Fact]
    public async Task What_somebody_else_deleted_meanwhile_can_be_saved_as_a_new_entry()
    {
        await using var server = await city.ServeAsync();
        var id = await server.AddAsync("sites", Site);
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/sites/" + id);
        await desk.UntilFormAsync("平阳广场");
        await desk.Page.FillAsync("#f-note", "仍要保留");
        await server.DeleteAsync("sites/" + id, 1);
        await desk.Page.ClickAsync("[data-act=again]");
        await desk.UntilAsync("id => /[0-9a-f-]{36}$/.test(location.hash) && !location.hash.endsWith(id)", id);
        Assert.Equal("仍要保留", (await server.ReadAsync("sites/" + desk.Page.Url[^36..])).GetProperty("properties").GetProperty("note").GetString());
    }

    [Fact]
    public async Task A_deletion_of_what_somebody_edited_meanwhile_does_not_happen_and_shows_the_edit()
    {
        await using var server = await city.ServeAsync();
        var id = await server.AddAsync("sites", Site);
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/sites/" + id);
        await desk.UntilFormAsync("平阳广场");
        await desk.Page.ClickAsync("[data-act=remove]");
        await desk.UntilAsync("() => document.querySelector('dialog[open] [data-answer=yes]') !== null");
        // Whether the page hears of the edit before the answer or after it: what it saw is what it may delete.
        await desk.Page.Context.SetOfflineAsync(true);
        await server.ReplaceAsync("sites/" + id, 1, new { name = "平阳广场", code = "GD-1", lon = 111.5, lat = 36.1, status = "paused", note = "仍在施工" });
        await desk.Page.Context.SetOfflineAsync(false);
        await desk.Page.ClickAsync("dialog[open] [data-answer=yes]");
        await desk.UntilAsync("() => document.querySelector('#f-note')?.value === '仍在施工'");
        Assert.Equal("仍在施工", (await server.ReadAsync("sites/" + id)).GetProperty("properties").GetProperty("note").GetString());
    }

    [Fact]
    public async Task An_import_that_changes_what_is_being_edited_meets_the_edit_side_by_side()
    {
        await using var server = await city.ServeAsync();
        var id = await server.AddAsync("sites", Site);
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/sites/" + id);
        await desk.UntilFormAsync("平阳广场");
        await desk.Page.FillAsync("#f-note", "我的备注");
        using var file = new StringContent("编号,名称,经度,纬度,备注\nGD-1,平阳广场,111.5,36.1,文件的备注\n", System.Text.Encoding.UTF8, "text/csv");
        using var answer = await server.Client.PostAsync(new Uri("api/sites/import", UriKind.Relative), file, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        await desk.UntilAsync("() => document.querySelector('[data-overtaken]') !== null");
        await desk.SaveAsync();
        await desk.UntilAsync("() => /文件的备注/.test(document.querySelector('[data-clash=note]')?.textContent) && /我的备注/.test(document.querySelector('[data-clash=note]')?.textContent)");
        Assert.Equal("文件的备注", (await server.ReadAsync("sites/" + id)).GetProperty("properties").GetProperty("note").GetString());
    }
}
