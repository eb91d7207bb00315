using Linfen.AirMap.Browser.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Registers;

/// <summary>What is missing is filled in where it is asked for, and what was once true can come back.</summary>
public sealed class QuestionsAndHistoryTests(City city)
{
    static readonly object Boiler = new { name = "西街锅炉", kind = "boiler", fuel = "coal", status = "operating", lon = 111.5, lat = 36.1 };

    [Fact]
    public async Task A_missing_fact_is_filled_in_on_the_list_and_the_question_leaves_it()
    {
        await using var server = await city.ServeAsync();
        var id = await server.AddAsync("heating/boilers", Boiler);
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/undecidable");
        await desk.UntilAsync("() => document.querySelector('form[data-missing=tonnesPerHour]') !== null");
        await desk.BeSoundAsync("undecidable");
        await desk.Page.FillAsync("form[data-missing=tonnesPerHour] input", "很多");
        await desk.Page.ClickAsync("form[data-missing=tonnesPerHour] button[type=submit]");
        await desk.UntilAsync("() => /不是数字/.test(document.querySelector('form[data-missing=tonnesPerHour] .fault')?.textContent)");
        await desk.Page.FillAsync("form[data-missing=tonnesPerHour] input", "10");
        await desk.Page.ClickAsync("form[data-missing=tonnesPerHour] button[type=submit]");
        await desk.UntilAsync("() => document.querySelector('form[data-missing=tonnesPerHour]') === null");
        Assert.Equal(10, (await server.ReadAsync("heating/boilers/" + id)).GetProperty("properties").GetProperty("tonnesPerHour").GetInt32());
        var open = (await server.ReadAsync($"violations?status=open&subject={id}")).GetProperty("features");
        Assert.Contains(open.EnumerateArray(), v => v.GetProperty("properties").GetProperty("rule").GetString() == "A17.SmallBoiler");
    }

    [Fact]
    public async Task A_question_leads_from_the_entry_to_the_field_that_answers_it()
    {
        await using var server = await city.ServeAsync();
        var id = await server.AddAsync("heating/boilers", Boiler);
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, "/heating/boilers/" + id);
        await desk.Page.ClickAsync("[data-fill=tonnesPerHour] >> nth=0");
        Assert.Equal("f-tonnesPerHour", await desk.Page.EvaluateAsync<string>("() => document.activeElement.id"));
    }

    [Fact]
    public async Task An_earlier_version_is_restored_from_the_history_and_the_history_stays()
    {
        await using var server = await city.ServeAsync();
        var id = await server.AddAsync("heating/boilers", Boiler);
        await server.ReplaceAsync("heating/boilers/" + id, 1, new { name = "西街锅炉", kind = "boiler", fuel = "gas", status = "operating", lon = 111.5, lat = 36.1 });
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, $"/heating/boilers/{id}/history");
        await desk.UntilAsync("() => document.querySelectorAll('[data-version]').length === 2");
        Assert.Equal("燃料\t燃煤\t燃气", (await desk.TextAsync("[data-version='2'] tbody tr")).Trim());
        await desk.BeSoundAsync("history");
        await desk.PictureAsync("history");
        await desk.Page.ClickAsync("[data-restore='1']");
        await desk.Page.ClickAsync("dialog [data-answer=yes]");
        await desk.UntilAsync("() => document.querySelectorAll('[data-version]').length === 3");
        var stored = (await server.ReadAsync("heating/boilers/" + id)).GetProperty("properties");
        Assert.Equal(("coal", 3), (stored.GetProperty("fuel").GetString(), stored.GetProperty("version").GetInt32()));
    }

    [Fact]
    public async Task A_deleted_entry_comes_back_from_its_history()
    {
        await using var server = await city.ServeAsync();
        var id = await server.AddAsync("land", new { name = "旧裸地", lon = 111.5, lat = 36.1 });
        await server.DeleteAsync("land/" + id, 1);
        await using var desk = await DeskPage.OpenAsync(city.Browser, server.Address, $"/land/{id}/history");
        await desk.Page.ClickAsync("[data-restore='1']");
        await desk.Page.ClickAsync("dialog [data-answer=yes]");
        await desk.UntilFormAsync("旧裸地");
        Assert.Equal(1, (await server.ReadAsync("land")).GetProperty("features").GetArrayLength());
    }
}
