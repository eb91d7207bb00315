using System.Net.Http.Json;
using Linfen.AirMap.Browser.Tests.Support;
using Linfen.AirMap.Testing;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Admin;

/// <summary>Coming in, being refused, and leaving.</summary>
public sealed class SignInTests(City city)
{
    [Fact]
    public async Task Whoever_is_unknown_signs_in_and_comes_back_to_where_he_wanted_to_go()
    {
        await using var server = await city.ServeAsync();
        await using var visitor = await VisitorPage.OpenAsync(city.Browser, server.Address, "/registers/#/land?q=%E5%9F%8E%E4%B8%9C");
        await visitor.UntilAtAsync("/signin/");
        await visitor.BeSoundAsync("sign-in");
        await visitor.PictureAsync("signin");
        await visitor.SignInByFormAsync(SignIns.Administrator, AirMapProcess.AdminPassword);
        await visitor.UntilAtAsync("/registers/");
        await visitor.UntilAsync("() => document.querySelector('#search')?.value === '城东'");
        Assert.EndsWith("/registers/#/land?q=%E5%9F%8E%E4%B8%9C", visitor.Page.Url, StringComparison.Ordinal);
        Assert.True((await visitor.Page.Context.CookiesAsync()).Single().HttpOnly);
        Assert.Empty(visitor.Faults);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_in_the_same_words_as_an_unknown_account()
    {
        await using var server = await city.ServeAsync();
        await using var visitor = await VisitorPage.OpenAsync(city.Browser, server.Address, "/signin/", 390, 844);
        await visitor.SignInByFormAsync(SignIns.Administrator, "not the password");
        await visitor.UntilAsync("() => /账号或密码不正确/.test(document.querySelector('.fault').textContent)");
        var said = await visitor.TextAsync(".fault");
        Assert.Equal("", await visitor.Page.InputValueAsync("#password"));
        Assert.Equal("password", await visitor.Page.EvaluateAsync<string>("() => document.activeElement.id"));
        await visitor.BeSoundAsync("wrong password");
        await visitor.PictureAsync("signin-wrong-390");

        await visitor.SignInByFormAsync("nobody", "not the password");
        await visitor.UntilAsync("() => document.querySelector('.primary').disabled === false && document.querySelector('#password').value === ''");
        Assert.Equal(said, await visitor.TextAsync(".fault"));
        Assert.Empty(await visitor.Page.Context.CookiesAsync());
    }

    [Fact]
    public async Task Too_many_tries_are_told_with_the_seconds_to_wait()
    {
        await using var server = await city.ServeAsync();
        await using var visitor = await VisitorPage.OpenAsync(city.Browser, server.Address, "/signin/");
        await visitor.Page.FillAsync("#userName", SignIns.Administrator);
        await visitor.Page.FillAsync("#password", AirMapProcess.AdminPassword);
        // Last, because every few seconds another try is allowed.
        using var stranger = new HttpClient { BaseAddress = server.Address };
        for (var status = 0; status != 429;)
        {
            using var answer = await stranger.PostAsJsonAsync("api/session", new { userName = "nobody", password = "guess" }, TestContext.Current.CancellationToken);
            status = (int)answer.StatusCode;
        }

        await visitor.Page.ClickAsync("form .primary");
        await visitor.UntilAsync("() => /尝试次数过多，请 \\d+ 秒后再试/.test(document.querySelector('.fault')?.textContent) && document.querySelector('.primary')?.disabled");
        await visitor.PictureAsync("signin-too-many");
    }

    [Fact]
    public async Task Signing_out_on_the_wall_leaves_nothing_that_opens_it_again()
    {
        await using var server = await city.ServeAsync();
        await using var wall = await WallPage.OpenAsync(city.Browser, server.Address);
        await wall.Page.ClickAsync(".account-menu summary");
        await wall.PictureAsync("admin-wall-menu");
        await wall.Page.ClickAsync("[data-session=sign-out]");
        await wall.UntilAsync("() => location.pathname === '/signin/' && document.querySelector('#userName') !== null");
        await wall.Page.GotoAsync(server.Address.ToString());
        await wall.UntilAsync("() => location.pathname === '/signin/' && document.querySelector('#userName') !== null");
        Assert.Empty(wall.Faults);
    }

    [Fact]
    public async Task What_is_typed_survives_the_end_of_the_session_and_is_saved_after_signing_in_elsewhere()
    {
        await using var server = await city.ServeAsync();
        await using var desk = await Registers.DeskPage.OpenAsync(city.Browser, server.Address, "/land/new");
        await desk.Page.FillAsync("#f-name", "会话到期裸地");
        await desk.Page.Context.ClearCookiesAsync();
        await desk.SaveAsync();
        await desk.UntilAsync("() => document.querySelector('dialog.account-question') !== null");
        await desk.Page.ClickAsync("dialog.account-question button");
        Assert.Equal("会话到期裸地", await desk.Page.InputValueAsync("#f-name"));

        await desk.Page.Context.SignInAsync(server.Address);
        await desk.SaveAsync();
        await desk.UntilSavedAsync(1);
    }
}
