using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Violations;

public sealed class ViolationOpeningTests(OwnServer own, MigratedCluster cluster) : IClassFixture<OwnServer>
{
    readonly AirMapServer server = own.Server;

    [Fact]
    public async Task A_fire_opens_a_violation_of_article_36_with_facts_parameters_and_the_unit_that_must_act()
    {
        var place = server.Places.NextIn("141026");
        var seen = server.Now.AddHours(-3);

        var violation = await server.ViolationOfAsync(await server.FireOfAsync(new("v-1", seen, place)));

        Assert.Equal(("A36.OpenBurning", 36), (violation.Text("rule"), violation.Number("article")));
        Assert.Equal(("critical", "open"), (violation.Text("severity"), violation.Text("status")));
        Assert.Equal("141026", violation.Text("county"));
        Assert.Contains("安泽县", violation.Text("responsible"), StringComparison.Ordinal);
        Assert.Equal("fire", violation.Property("subject").GetProperty("kind").GetString());
        Assert.Equal("suspected", violation.Property("facts").GetProperty("state").GetString());
        Assert.NotEmpty(violation.Property("lead").EnumerateArray());
        var hours = Assert.Single(violation.Property("parameters").EnumerateArray());
        Assert.Equal("A36.DueHours", hours.GetProperty("code").GetString());
        Assert.Equal(2, hours.GetProperty("value").GetInt32());
        Assert.False(string.IsNullOrEmpty(hours.GetProperty("citation").GetString()));
        Assert.Equal("2024-04-17", hours.GetProperty("effectiveFrom").GetString());
    }

    [Fact]
    public async Task It_opened_when_the_fire_was_seen_and_is_due_from_when_the_city_knew()
    {
        var seen = server.Now.AddHours(-3);

        var violation = await server.ViolationOfAsync(await server.FireOfAsync(new("v-2", seen, server.FreshPlace())));

        Assert.Equal(seen, violation.Time("openedAt"));
        Assert.Equal(server.Now, violation.Time("knownAt"));
        Assert.Equal(server.Now.AddHours(2), violation.Time("dueAt"));
        Assert.Equal(TimeSpan.FromHours(8), violation.Time("dueAt").Offset);
    }

    [Fact]
    public async Task A_joining_detection_opens_no_second_violation_and_leaves_the_decision_as_it_was()
    {
        var place = server.FreshPlace();
        var fire = await server.FireOfAsync(new("v-3", server.Now, place));
        var before = await server.ViolationOfAsync(fire);

        await server.ReportAsync(new Sighting("v-4", server.Now, place) { FrpMegawatts = 90 });

        var after = Assert.Single(await server.ViolationsNearAsync(place));
        Assert.Equal(before.Property("facts").GetRawText(), after.Property("facts").GetRawText());
        Assert.Equal(before.Property("evidence").GetRawText(), after.Property("evidence").GetRawText());
    }

    [Theory]
    [InlineData("2024-04-16T23:59:59+08:00", 0)]
    [InlineData("2024-04-17T00:00:00+08:00", 1)]
    public async Task The_law_of_the_day_judges_a_fire(string seen, int violations)
    {
        // The fire is reported promptly, on the eve or on the first day of the plan.
        var at = DateTimeOffset.Parse(seen, System.Globalization.CultureInfo.InvariantCulture);
        var database = await cluster.CreateDatabaseAsync();
        await (await cluster.ClusterAsync()).ExecuteAsync(database, "update airmap.event_head set at = '2024-01-01+00'");
        await using var then = await AirMapServer.StartAsync(cluster, database, new FakeTimeProvider(at.AddMinutes(10).ToUniversalTime()));
        var place = then.FreshPlace();

        await then.ReportAsync(new Sighting("eve", at, place));

        Assert.Single(await then.FiresNearAsync(place));
        Assert.Equal(violations, (await then.ViolationsNearAsync(place)).Count);
    }

    [Fact]
    public async Task Without_the_due_parameter_the_fire_is_undecidable_and_counts_as_no_violation()
    {
        var database = await cluster.CreateDatabaseAsync();
        await (await cluster.ClusterAsync()).ExecuteAsync(database, "delete from airmap.parameters where code = 'A36.DueHours'");
        await using var lawless = await AirMapServer.StartAsync(cluster, database, new FakeTimeProvider(AirMapServer.Morning));
        var place = lawless.FreshPlace();

        var fire = await lawless.FireOfAsync(new("undecided", lawless.Now, place));

        Assert.Null(fire.Text("violation"));
        Assert.Equal(["fire.detected", "undecidable.changed"], (await lawless.EventsAsync()).TakeLast(2).Select(e => e.Type()), StringComparer.Ordinal);
        var listed = Assert.Single((await lawless.OneAsync("api/undecidable")).GetProperty("undecidable").EnumerateArray());
        Assert.Equal("A36.DueHours", listed.GetProperty("missing").GetString());
        await lawless.VerdictAsync(fire, "out");
        Assert.Empty((await lawless.OneAsync("api/undecidable")).GetProperty("undecidable").EnumerateArray());
    }
}
