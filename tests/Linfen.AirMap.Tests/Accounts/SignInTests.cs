using System.Net;
using System.Net.WebSockets;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Tests.Support;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Linfen.AirMap.Tests.Accounts;

public sealed class SignInTests(OwnServer own, MigratedCluster cluster) : IClassFixture<OwnServer>
{
    AirMapServer Server => own.Server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>An account with a password of its own choice, as an administrator makes it and its owner then changes it.</summary>
    async Task<(Guid Id, string Name, string Password)> AccountAsync(params string[] roles)
    {
        var name = $"user-{Guid.NewGuid():N}"[..20];
        var made = await Server.PostAsync("api/accounts", $$"""{"userName":"{{name}}","roles":[{{string.Join(',', roles.Select(r => $"\"{r}\""))}}],"counties":null}""");
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var first = made.Json.GetProperty("password").GetString()!;
        using var visitor = await EnterAsync(name, first);
        Assert.True((await visitor.GetAsync("api/session")).Json.GetProperty("mustChangePassword").GetBoolean());
        Assert.Equal(HttpStatusCode.NoContent, (await visitor.PostAsync("api/account/password", $$"""{"current":"{{first}}","next":"chosen by {{name}}"}""")).Status);
        return (made.Json.GetProperty("account").GetProperty("id").GetGuid(), name, "chosen by " + name);
    }

    async Task<Visitor> EnterAsync(string name, string password)
    {
        using var unknown = Visitor.Unknown(Server.Address);
        using var response = await unknown.Client.PostAsync(
            new Uri("api/session", UriKind.Relative), new StringContent($$"""{"userName":"{{name}}","password":"{{password}}"}""", System.Text.Encoding.UTF8, "application/json"), Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("airmap-session=", cookie, StringComparison.Ordinal);
        return Visitor.WithCookie(Server.Address, cookie["airmap-session=".Length..cookie.IndexOf(';', StringComparison.Ordinal)]);
    }

    [Fact]
    public async Task Who_signed_in_sees_what_his_role_may_and_is_out_after_signing_out()
    {
        var (_, name, password) = await AccountAsync("viewer");
        using var visitor = await EnterAsync(name, password);

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("api/fires")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.SendAsync("DELETE", "api/simulated")).Status);
        var said = (await visitor.GetAsync("api/session")).Json;
        Assert.Equal((true, name, visitor.CsrfToken), (said.GetProperty("signedIn").GetBoolean(), said.GetProperty("userName").GetString(), said.GetProperty("csrfToken").GetString()));
        Assert.Equal(HttpStatusCode.NoContent, (await visitor.SendAsync("DELETE", "api/session")).Status);
        (await visitor.GetAsync("api/fires")).IsProblem(401, "sign-in-required");
    }

    [Fact]
    public async Task A_stolen_cookie_dies_when_its_owner_signs_out_everywhere()
    {
        var (_, name, password) = await AccountAsync("viewer");
        using var owner = await EnterAsync(name, password);
        using var thief = await EnterAsync(name, password);
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("api/fires")).Status);

        Assert.Equal(HttpStatusCode.NoContent, (await owner.SendAsync("DELETE", "api/session/all")).Status);

        (await thief.GetAsync("api/fires")).IsProblem(401, "sign-in-required");
        (await owner.GetAsync("api/fires")).IsProblem(401, "sign-in-required");
    }

    [Fact]
    public async Task Wrong_passwords_lock_the_account_and_the_words_are_the_same_for_all_that_is_wrong()
    {
        var (_, name, password) = await AccountAsync("viewer");
        using var unknown = Visitor.Unknown(Server.Address);
        var details = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 5; i++)
        {
            var wrong = await unknown.PostAsync("api/session", $$"""{"userName":"{{name}}","password":"wrong"}""");
            details.Add(wrong.IsProblem(401, "credentials").Json.GetProperty("detail").GetString()!);
        }

        var locked = await unknown.PostAsync("api/session", $$"""{"userName":"{{name}}","password":"{{password}}"}""");
        details.Add(locked.IsProblem(401, "credentials").Json.GetProperty("detail").GetString()!);
        var nobody = await unknown.PostAsync("api/session", """{"userName":"nobody-of-this-name","password":"wrong"}""");
        details.Add(nobody.IsProblem(401, "credentials").Json.GetProperty("detail").GetString()!);
        Assert.Single(details);
    }

    [Fact]
    public async Task Guessing_meets_429_and_a_lock_and_nobody_else_notices()
    {
        const int Most = 8;
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), clock: null, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Limits:SignInsPerAddress={Most}"));
        Assert.Equal(HttpStatusCode.Created, (await server.PostAsync("api/accounts", """{"userName":"wanted","roles":["viewer"],"counties":null}""")).Status);
        using var other = await Visitor.AsAsync(server, Role.CityOfficer);
        using var guesser = Visitor.Unknown(server.Address);
        var answers = new List<int>();
        for (var n = 0; n < 3 * Most; n++)
        {
            var guess = await guesser.PostAsync("api/session", $$"""{"userName":"wanted","password":"guess number {{n}}"}""");
            answers.Add((int)guess.Status);
            Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("api/violations")).Status);
        }

        // A window of a minute may end on the way.
        Assert.Equal([401, 429], answers.Distinct().Order());
        Assert.InRange(answers.Count(a => a == 401), Most, 2 * Most);
        Assert.True(await server.AskAsync<bool>("SELECT locked_until > now() FROM airmap.accounts WHERE user_name = 'wanted'"));
        Assert.Equal(answers.Count(a => a == 401), (int)await server.AskAsync<long>("SELECT count(*) FROM airmap.audit WHERE action = 'session.refused' AND outcome = 'refused'"));
    }

    [Fact]
    public async Task A_whole_shift_signs_in_from_one_address()
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), clock: null, "Limits:SignInsPerAddress=3");
        var made = (await server.PostAsync("api/accounts", """{"userName":"shift","roles":["viewer"],"counties":null}""")).Json.GetProperty("password").GetString();
        using var desk = Visitor.Unknown(server.Address);
        for (var n = 0; n < 10; n++)
        {
            Assert.Equal(HttpStatusCode.OK, (await desk.PostAsync("api/session", $$"""{"userName":"shift","password":"{{made}}"}""")).Status);
        }
    }

    [Fact]
    public async Task A_change_by_cookie_needs_the_token_of_the_session_and_a_page_of_our_own()
    {
        using var admin = await Visitor.AsAsync(Server, Role.Administrator);
        using var withoutToken = Visitor.Unknown(Server.Address);
        (await withoutToken.SendAsync("DELETE", "api/simulated", null, ("Cookie", admin.Cookie!))).IsProblem(403, "csrf-token");
        (await withoutToken.SendAsync("DELETE", "api/simulated", null, ("Cookie", admin.Cookie!), ("X-CSRF-Token", "x"))).IsProblem(403, "csrf-token");

        (await admin.SendAsync("DELETE", "api/simulated", null, ("Origin", "https://evil.example"))).IsProblem(403, "foreign-origin");
        (await withoutToken.SendAsync("POST", "api/session", new FormUrlEncodedContent([new("userName", "a")]), ("Origin", "https://evil.example"))).IsProblem(403, "foreign-origin");
        Assert.Equal(HttpStatusCode.OK, (await admin.SendAsync("DELETE", "api/simulated", null, ("Origin", Server.Address.GetLeftPart(UriPartial.Authority)))).Status);
    }

    [Fact]
    public async Task A_page_of_another_site_does_not_get_the_hub()
    {
        using var viewer = await Visitor.AsAsync(Server, Role.Viewer);
        var hub = new UriBuilder(new Uri(Server.Address, "hubs/live")) { Scheme = "ws" }.Uri;

        using var foreign = new ClientWebSocket();
        foreign.Options.SetRequestHeader("Cookie", viewer.Cookie);
        foreign.Options.SetRequestHeader("Origin", "https://evil.example");
        foreign.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => foreign.ConnectAsync(hub, Cancellation));
        Assert.Equal(HttpStatusCode.Forbidden, foreign.HttpStatusCode);

        using var ours = new ClientWebSocket();
        ours.Options.SetRequestHeader("Cookie", viewer.Cookie);
        ours.Options.SetRequestHeader("Origin", Server.Address.GetLeftPart(UriPartial.Authority));
        await ours.ConnectAsync(hub, Cancellation);
        Assert.Equal(WebSocketState.Open, ours.State);
    }

    [Theory]
    [InlineData("disable")]
    [InlineData("signout")]
    [InlineData("change")]
    public async Task The_hub_of_an_account_that_is_revoked_or_changed_closes(string how)
    {
        var (id, name, password) = await AccountAsync("viewer");
        using var visitor = await EnterAsync(name, password);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var hub = new HubConnectionBuilder().WithUrl(new Uri(Server.Address, "hubs/live"), o => o.Headers["Cookie"] = visitor.Cookie!).Build();
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await hub.StartAsync(Cancellation);
        await hub.InvokeAsync("Watch", new Linfen.AirMap.Events.WatchRequest(null), Cancellation);

        var account = await Server.GetAsync($"api/accounts/{id}");
        using var change = new HttpRequestMessage(HttpMethod.Put, new Uri($"api/accounts/{id}", UriKind.Relative))
        {
            Content = new StringContent("""{"roles":["viewer"],"counties":["141002"]}""", System.Text.Encoding.UTF8, "application/json"),
            Headers = { { "If-Match", $"\"{account.Json.GetProperty("version").GetInt32()}\"" } },
        };
        using var done = how switch
        {
            "disable" => await Server.Client.DeleteAsync(new Uri($"api/accounts/{id}", UriKind.Relative), Cancellation),
            "signout" => await Server.Client.PostAsync(new Uri($"api/accounts/{id}/signout", UriKind.Relative), null, Cancellation),
            _ => await Server.Client.SendAsync(change, Cancellation),
        };
        Assert.True(done.IsSuccessStatusCode, await done.Content.ReadAsStringAsync(Cancellation));

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
    }

    [Fact]
    public async Task A_key_opens_what_it_was_made_for_until_it_is_rotated_or_revoked()
    {
        var made = await Server.PostAsync("api/keys", """{"name":"camera","kind":"feed","counties":["141002"],"source":"cam-1","ratePerMinute":3}""");
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var (id, secret) = (made.Json.GetProperty("key").GetProperty("id").GetGuid(), made.Json.GetProperty("secret").GetString()!);
        using var camera = Visitor.WithKey(Server.Address, secret);
        Assert.Equal(HttpStatusCode.Forbidden, (await camera.GetAsync("api/fires")).Status);
        Assert.Equal(HttpStatusCode.OK, (await camera.PostAsync(Reading.Detections, "[]")).Status);
        Assert.DoesNotContain(secret, (await Server.GetAsync("api/keys")).Text, StringComparison.Ordinal);

        var rotated = (await Server.PostAsync($"api/keys/{id}/rotate", "")).Json.GetProperty("secret").GetString()!;
        (await camera.PostAsync(Reading.Detections, "[]")).IsProblem(401, "sign-in-required");
        using var again = Visitor.WithKey(Server.Address, rotated);
        Assert.Equal(HttpStatusCode.OK, (await again.PostAsync(Reading.Detections, "[]")).Status);
        var tooOften = await again.PostAsync(Reading.Detections, "[]");
        Assert.Equal((HttpStatusCode)429, tooOften.Status);
        Assert.Equal("/problems/too-many-requests", tooOften.Json.GetProperty("type").GetString());

        Assert.Equal(HttpStatusCode.NoContent, (await Server.DeleteAsync($"api/keys/{id}")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await again.PostAsync(Reading.Detections, "[]")).Status);
    }

    [Fact]
    public async Task A_wall_gets_in_by_the_code_that_it_shows_and_only_looks()
    {
        using var wall = Visitor.Unknown(Server.Address);
        var asked = (await wall.PostAsync("api/kiosks", "")).Json;
        var (code, secret) = (asked.GetProperty("code").GetString()!, asked.GetProperty("secret").GetString()!);
        Assert.Equal(HttpStatusCode.Accepted, (await wall.PostAsync("api/kiosks/claim", $$"""{"secret":"{{secret}}"}""")).Status);

        using var officer = await Visitor.AsAsync(Server, Role.CountyOfficer, "141002");
        Assert.Equal(HttpStatusCode.NoContent, (await officer.PostAsync($"api/kiosks/{code}/grant", """{"name":"大厅","counties":null}""")).Status);
        using var response = await wall.Client.PostAsync(
            new Uri("api/kiosks/claim", UriKind.Relative), new StringContent($$"""{"secret":"{{secret}}"}""", System.Text.Encoding.UTF8, "application/json"), Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        using var kiosk = Visitor.WithCookie(Server.Address, cookie["airmap-session=".Length..cookie.IndexOf(';', StringComparison.Ordinal)]);

        var who = (await kiosk.GetAsync("api/session")).Json;
        Assert.Equal("kiosk", who.GetProperty("kind").GetString());
        Assert.Equal(["141002"], who.GetProperty("counties").EnumerateArray().Select(c => c.GetString()!).ToList());
        Assert.Equal(HttpStatusCode.OK, (await kiosk.GetAsync("api/fires")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await kiosk.SendAsync("DELETE", "api/simulated")).Status);

        var listed = Assert.Single((await officer.GetAsync("api/kiosks")).Json.GetProperty("kiosks").EnumerateArray());
        Assert.Equal(HttpStatusCode.NoContent, (await officer.SendAsync("DELETE", $"api/kiosks/{listed.GetProperty("id").GetGuid()}")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await kiosk.GetAsync("api/fires")).Status);
    }

    [Fact]
    public async Task A_one_time_code_is_asked_for_once_it_was_confirmed_and_opens_once()
    {
        var (_, name, password) = await AccountAsync("administrator");
        using var visitor = await EnterAsync(name, password);
        var key = (await visitor.PostAsync("api/account/totp", "")).Json.GetProperty("secret").GetString()!;
        Assert.Equal(HttpStatusCode.NoContent, (await visitor.PostAsync("api/account/totp/confirm", $$"""{"code":"{{Totp.CodeOf(key, Server.Now)}}"}""")).Status);

        using var unknown = Visitor.Unknown(Server.Address);
        (await unknown.PostAsync("api/session", $$"""{"userName":"{{name}}","password":"{{password}}"}""")).IsProblem(401, "totp-required");
        (await unknown.PostAsync("api/session", $$"""{"userName":"{{name}}","password":"{{password}}","totp":"{{Totp.CodeOf(key, Server.Now)}}"}""")).IsProblem(401, "credentials");
        var next = Totp.CodeOf(key, Server.Now.AddSeconds(30));
        Assert.Equal(HttpStatusCode.OK, (await unknown.PostAsync("api/session", $$"""{"userName":"{{name}}","password":"{{password}}","totp":"{{next}}"}""")).Status);
        (await unknown.PostAsync("api/session", $$"""{"userName":"{{name}}","password":"{{password}}","totp":"{{next}}"}""")).IsProblem(401, "credentials");
    }
}
