using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Linfen.AirMap.Tests.Alarms;

/// <summary>Who silences an alarm, and what everybody learns of it.</summary>
public sealed class AcknowledgementTests(OwnServer own) : IClassFixture<OwnServer>
{
    const string County = "141024";

    readonly AirMapServer server = own.Server;

    async Task<JsonElement> RaisedAsync() => await server.AlarmOfAsync(await server.FireOfAsync(new(Guid.NewGuid().ToString(), server.Now, server.Places.NextIn(County))));

    [Fact]
    public async Task Who_acknowledges_and_when_is_told_to_all_and_stands_in_the_audit()
    {
        var alarm = await RaisedAsync();
        var head = await server.HeadAsync();
        using var officer = await Visitor.AsAsync(server, Role.CountyOfficer, County);

        var answer = await officer.AcknowledgeAsync(alarm.Id());

        var name = (await officer.GetAsync("api/session")).Json.GetProperty("displayName").GetString();
        Assert.Equal(("acknowledged", name, server.Now), (answer.Json.Text("status"), answer.Json.Text("acknowledgedBy"), answer.Json.Time("acknowledgedAt")));
        var told = Assert.Single(await server.EventsAsync(head));
        Assert.Equal(("alarm.acknowledged", County), (told.Type(), told.GetProperty("county").GetString()));
        Assert.True(JsonElement.DeepEquals(answer.Json, told.GetProperty("data")));
        Assert.Equal(
            [$"alarm.acknowledged {County} open acknowledged"],
            await server.AskAllAsync($"select concat_ws(' ', action, county, before #>> '{{properties,status}}', after #>> '{{properties,status}}') from airmap.audit where target_kind = 'alarm' and target_id = '{alarm.Id()}'"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_first_one_counts_and_whoever_comes_later_learns_who_that_was()
    {
        var alarm = await RaisedAsync();
        using var first = await Visitor.AsAsync(server, Role.GridManager, County);
        using var second = await Visitor.AsAsync(server, Role.Department);
        var counted = await first.AcknowledgeAsync(alarm.Id());
        var head = await server.HeadAsync();

        var late = await second.AcknowledgeAsync(alarm.Id());

        Assert.Equal(200, (int)late.Status);
        Assert.True(JsonElement.DeepEquals(counted.Json, late.Json));
        Assert.Equal(head, await server.HeadAsync());
    }

    [Fact]
    public async Task Many_at_once_leave_one_acknowledgement()
    {
        var alarm = await RaisedAsync();
        var head = await server.HeadAsync();
        using var officer = await Visitor.AsAsync(server, Role.CityOfficer);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => officer.AcknowledgeAsync(alarm.Id())));

        Assert.Single(answers.Select(a => a.Text).Distinct(StringComparer.Ordinal));
        Assert.Single(await server.EventsAsync(head));
    }

    [Theory]
    [InlineData("Viewer")]
    [InlineData("Planner")]
    [InlineData("Auditor")]
    public async Task Who_handles_no_cases_may_look_only(string role)
    {
        var alarm = await RaisedAsync();
        using var visitor = await Visitor.AsAsync(server, Enum.Parse<Role>(role));
        Assert.Equal("open", (await visitor.GetAsync($"api/alarms/{alarm.Id()}")).Json.Text("status"));
        (await visitor.AcknowledgeAsync(alarm.Id())).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task A_wall_that_was_let_in_without_an_account_may_look_only()
    {
        var alarm = await RaisedAsync();
        var token = Secret.NewToken();
        await using (var scope = server.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<AirMapDb>();
            db.Sessions.Add(Session.OfKiosk(Guid.CreateVersion7(server.Now), Secret.Hash(token), "大厅", null, "test", server.Now, server.Now.AddDays(1), "127.0.0.1", "test"));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        using var wall = Visitor.WithCookie(server.Address, token);
        Assert.Contains(alarm.Id(), (await wall.GetAsync("api/alarms?open=true")).Text, StringComparison.Ordinal);
        (await wall.AcknowledgeAsync(alarm.Id())).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task A_county_sees_hears_and_silences_its_own_alarms_only()
    {
        var head = await server.HeadAsync();
        var alarm = await RaisedAsync();
        using var owner = await Visitor.AsAsync(server, Role.CountyOfficer, County);
        using var stranger = await Visitor.AsAsync(server, Role.CountyOfficer, "141029");

        Assert.Contains(alarm.Id(), (await owner.GetAsync("api/alarms?open=true")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(alarm.Id(), (await stranger.GetAsync("api/alarms")).Text, StringComparison.Ordinal);
        Assert.Empty((await stranger.GetAsync($"api/alarms?county={County}")).Json.GetProperty("features").EnumerateArray());
        Assert.Contains("alarm.raised", (await owner.GetAsync($"api/events?after={head}")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("alarm.raised", (await stranger.GetAsync($"api/events?after={head}")).Text, StringComparison.Ordinal);
        (await stranger.GetAsync($"api/alarms/{alarm.Id()}")).IsProblem(404, "not-found");
        (await stranger.AcknowledgeAsync(alarm.Id())).IsProblem(404, "not-found");
        Assert.Equal("open", (await server.OneAsync($"api/alarms/{alarm.Id()}")).Text("status"));
    }

    [Fact]
    public async Task The_list_is_filtered_paged_and_newest_first()
    {
        var older = await RaisedAsync();
        server.Clock!.Advance(TimeSpan.FromSeconds(1));
        var newer = await RaisedAsync();
        var page = await server.OneAsync($"api/alarms?open=true&county={County}&limit=1");
        Assert.Equal(newer.Id(), Assert.Single(page.GetProperty("features").EnumerateArray()).Id());
        Assert.Contains(await server.ListAsync($"api/alarms?open=true&county={County}&limit=1"), a => a.Id() == older.Id());
        Assert.Empty(await server.ListAsync("api/alarms?county=141034"));
        (await server.GetAsync("api/alarms?open=perhaps")).IsProblem(400, "bad-request");
        (await server.GetAsync("api/alarms?county=x")).IsProblem(400, "query-invalid");
        (await server.GetAsync($"api/alarms/{Guid.NewGuid()}")).IsProblem(404, "not-found");
    }
}
