using System.Net;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Accounts;

/// <summary>Signing in by a service of the government, against a small issuer.</summary>
public sealed class GovernmentSignInTests(MigratedCluster cluster)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static async Task<AirMapServer> ServeAsync(MigratedCluster cluster, string authority) => await AirMapServer.StartAsync(
        cluster, await cluster.CreateDatabaseAsync(), clock: null, $"Oidc:Authority={authority}", $"Oidc:ClientId={Issuer.ClientId}", $"Oidc:ClientSecret={Issuer.ClientSecret}");

    static HttpClient Browser(AirMapServer server) => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };

    /// <summary>Follows to the issuer and back; returns the page that the visitor is led to.</summary>
    static async Task<string> EnterAsync(HttpClient browser, string next)
    {
        using var away = await browser.GetAsync(new Uri("api/session/oidc?next=" + Uri.EscapeDataString(next), UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, away.StatusCode);
        using var there = await browser.GetAsync(away.Headers.Location, Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, there.StatusCode);
        using var back = await browser.GetAsync(there.Headers.Location, Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, back.StatusCode);
        return back.Headers.Location!.ToString();
    }

    static async Task<Answer> AskAsync(HttpClient browser, string path)
    {
        using var response = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        return await Answer.ReadAsync(response);
    }

    static async Task<Guid> AccountAsync(AirMapServer server, string name) =>
        (await server.PostAsync("api/accounts", $$"""{"userName":"{{name}}","roles":["viewer"],"counties":["141002"]}""")).Json.GetProperty("account").GetProperty("id").GetGuid();

    [Fact]
    public async Task Whom_the_issuer_names_comes_in_as_the_account_of_that_name_with_its_own_rights()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var server = await ServeAsync(cluster, issuer.Address);
        await AccountAsync(server, "李晓梅");
        issuer.Visitor = "李晓梅";
        using var browser = Browser(server);
        Assert.True((await AskAsync(browser, "api/session")).Json.GetProperty("oidc").GetBoolean());

        Assert.Equal("/registers/?x=1", await EnterAsync(browser, "/registers/?x=1"));

        var said = (await AskAsync(browser, "api/session")).Json;
        Assert.Equal(("李晓梅", false), (said.GetProperty("userName").GetString(), said.GetProperty("mustChangePassword").GetBoolean()));
        Assert.Equal("141002", Assert.Single(said.GetProperty("counties").EnumerateArray()).GetString());
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(browser, "api/fires")).Status);
        Assert.Equal(1L, await server.AskAsync<long>("SELECT count(*) FROM airmap.audit WHERE action = 'session.opened-oidc' AND actor = '李晓梅'"));
    }

    [Fact]
    public async Task Whom_nobody_made_an_account_for_or_whose_account_is_closed_stays_outside()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var server = await ServeAsync(cluster, issuer.Address);
        using var browser = Browser(server);
        issuer.Visitor = "stranger";
        Assert.Equal("/signin/?refused=unknown", await EnterAsync(browser, "/"));

        var id = await AccountAsync(server, "gone");
        Assert.Equal(HttpStatusCode.NoContent, (await server.DeleteAsync($"api/accounts/{id}")).Status);
        issuer.Visitor = "gone";
        Assert.Equal("/signin/?refused=unknown", await EnterAsync(browser, "/"));

        (await AskAsync(browser, "api/fires")).IsProblem(401, "sign-in-required");
        Assert.Equal(2L, await server.AskAsync<long>("SELECT count(*) FROM airmap.audit WHERE action = 'session.refused'"));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task The_way_back_leads_to_no_other_site(string next)
    {
        await using var issuer = await Issuer.StartAsync();
        await using var server = await ServeAsync(cluster, issuer.Address);
        await AccountAsync(server, "viewer");
        issuer.Visitor = "viewer";
        using var browser = Browser(server);

        Assert.Equal("/", await EnterAsync(browser, next));
    }

    [Fact]
    public async Task An_answer_that_this_browser_did_not_ask_for_is_refused()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var server = await ServeAsync(cluster, issuer.Address);
        await AccountAsync(server, "viewer");
        issuer.Visitor = "viewer";
        using var thief = Browser(server);
        using var victim = Browser(server);
        using var away = await thief.GetAsync(new Uri("api/session/oidc", UriKind.Relative), Cancellation);
        using var there = await thief.GetAsync(away.Headers.Location, Cancellation);

        using var back = await victim.GetAsync(there.Headers.Location, Cancellation);

        Assert.Equal("/signin/?refused=failed", back.Headers.Location!.ToString());
        (await AskAsync(victim, "api/fires")).IsProblem(401, "sign-in-required");
    }

    [Fact]
    public async Task An_issuer_that_does_not_answer_leads_back_to_the_form_and_without_one_there_is_no_such_door()
    {
        await using (var server = await ServeAsync(cluster, "http://127.0.0.1:1"))
        {
            using var browser = Browser(server);
            using var answer = await browser.GetAsync(new Uri("api/session/oidc", UriKind.Relative), Cancellation);
            Assert.Equal("/signin/?refused=unreachable", answer.Headers.Location!.ToString());
        }

        await using var without = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), clock: null);
        Assert.Equal(HttpStatusCode.NotFound, (await without.GetAsync("api/session/oidc")).Status);
        Assert.False((await without.GetAsync("api/session")).Json.GetProperty("oidc").GetBoolean());
    }
}
