using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.HeatSources;

public sealed class HeatSourceRegisterTests(OwnServer own) : IClassFixture<OwnServer>
{
    readonly AirMapServer server = own.Server;

    static string PathOf(JsonElement source) => $"api/heat-sources/{source.GetProperty("id").GetString()}";

    [Fact]
    public async Task A_new_entry_is_a_candidate_whatever_its_sender_says()
    {
        var place = server.FreshPlace();
        var source = await server.AddAsync("heat-sources", new { name = "自称已认定", status = "approved", approvedBy = "我", approvedAt = "2026-01-01T00:00:00Z", lon = place.Lon, lat = place.Lat });

        Assert.Equal(("candidate", "drawn"), (source.GetProperty("status").GetString(), source.GetProperty("origin").GetString()));
        Assert.False(source.TryGetProperty("approvedBy", out _));
        var edited = await server.ChangeAsync("heat-sources", source, ("status", "approved"), ("note", "改"));
        Assert.Equal(("candidate", "改"), (edited.GetProperty("status").GetString(), edited.GetProperty("note").GetString()));
    }

    [Fact]
    public async Task An_officer_approves_under_his_name_with_history_and_audit()
    {
        var place = server.FreshPlace();
        var source = await server.AddHeatSourceAsync(place);
        using var officer = await Visitor.AsAsync(server, Role.CountyOfficer, server.Places.CountyOf(place)!);

        var answer = await officer.PostAsync(PathOf(source) + "/approve", """{"reason":"查阅环评"}""");

        Assert.True((int)answer.Status == 200, answer.Text);
        var approved = answer.Json.GetProperty("properties");
        Assert.Equal(("approved", "查阅环评"), (approved.GetProperty("status").GetString(), approved.GetProperty("reason").GetString()));
        Assert.StartsWith("CountyOfficer-", approved.GetProperty("approvedBy").GetString(), StringComparison.Ordinal);
        Assert.Equal(server.Now, approved.GetProperty("approvedAt").GetDateTimeOffset());
        var versions = (await server.GetAsync(PathOf(source) + "/history")).Json.GetProperty("versions").EnumerateArray().ToList();
        Assert.Equal(["changed", "created"], versions.Select(v => v.GetProperty("action").GetString()), StringComparer.Ordinal);
        Assert.Equal(approved.GetProperty("approvedBy").GetString(), versions[0].GetProperty("by").GetString());
        Assert.Equal(
            $"{approved.GetProperty("approvedBy").GetString()} candidate approved",
            Assert.Single(await server.AskAllAsync(
                $"select actor || ' ' || (before->'properties'->>'status') || ' ' || (after->'properties'->>'status') from airmap.audit where action = 'heatSource.changed' and target_id = '{source.GetProperty("id").GetString()}'")));

        // The same again says nothing new.
        var head = await server.HeadAsync();
        Assert.Equal(200, (int)(await officer.PostAsync(PathOf(source) + "/approve", "{}")).Status);
        Assert.Equal(head, await server.HeadAsync());
    }

    [Fact]
    public async Task Only_those_may_decide_who_answer_for_the_county()
    {
        var place = server.Places.NextIn("141024");
        var source = await server.AddHeatSourceAsync(place);
        using var department = await Visitor.AsAsync(server, Role.Department);
        using var stranger = await Visitor.AsAsync(server, Role.CountyOfficer, "141029");

        Assert.Equal(403, (int)(await department.PostAsync(PathOf(source) + "/approve", "{}")).Status);
        (await stranger.PostAsync(PathOf(source) + "/approve", "{}")).IsProblem(404, "not-found");
        (await stranger.PostAsync(PathOf(source) + "/dismiss", """{"reason":"x"}""")).IsProblem(404, "not-found");
        Assert.Equal("candidate", (await server.GetAsync(PathOf(source))).Json.Text("status"));
    }

    [Fact]
    public async Task A_dismissal_needs_a_reason_and_a_step_honours_the_version_that_was_seen()
    {
        var source = await server.AddHeatSourceAsync(server.FreshPlace());

        (await server.PostAsync(PathOf(source) + "/dismiss", "{}")).IsProblem(400, "reason-missing");
        (await server.PostAsync(PathOf(source) + "/approve", """{"reason":"a\u0000b"}""")).IsProblem(400, "reason-invalid");
        (await server.SendAsync(HttpMethod.Post, PathOf(source) + "/approve", "{}", "\"7\"")).IsProblem(409, "version-differs");
        Assert.Equal(200, (int)(await server.SendAsync(HttpMethod.Post, PathOf(source) + "/approve", "{}", "\"1\"")).Status);
        (await server.PostAsync($"api/heat-sources/{Guid.NewGuid()}/approve", "{}")).IsProblem(404, "not-found");
        Assert.Empty(server.TakeErrors());
    }

    [Fact]
    public async Task What_was_approved_is_approved_again_once_its_area_power_or_time_changes()
    {
        var source = await server.ApprovedAsync(server.FreshPlace());

        var noted = await server.ChangeAsync("heat-sources", source, ("note", "二号炉"), ("kind", "steel"));
        Assert.Equal(("approved", source.GetProperty("approvedBy").GetString()), (noted.GetProperty("status").GetString(), noted.GetProperty("approvedBy").GetString()));
        var widened = await server.ChangeAsync("heat-sources", noted, ("radiusMetres", 2_000));
        Assert.Equal("candidate", widened.GetProperty("status").GetString());
        Assert.False(widened.TryGetProperty("approvedBy", out _));
    }

    [Fact]
    public async Task An_export_imports_again_without_a_change_and_elsewhere_as_candidates()
    {
        await server.ApprovedAsync(server.FreshPlace());
        using var exported = await server.Client.GetAsync(new Uri("api/heat-sources/export?format=csv", UriKind.Relative), TestContext.Current.CancellationToken);
        var file = await exported.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        using var form = new ByteArrayContent(file);
        form.Headers.ContentType = new("text/csv");
        var again = await server.PostAsync("api/heat-sources/import", form);
        Assert.True((int)again.Status == 200, again.Text);
        Assert.Equal((0, 0, 0), (again.Json.GetProperty("created").GetInt32(), again.Json.GetProperty("changed").GetInt32(), again.Json.GetProperty("rejectedCount").GetInt32()));
    }
}
