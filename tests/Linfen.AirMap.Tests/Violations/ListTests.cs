using System.Globalization;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Violations;

public sealed class ListTests(OwnServer own) : IClassFixture<OwnServer>
{
    readonly AirMapServer server = own.Server;

    [Theory]
    [InlineData("api/fires")]
    [InlineData("api/violations")]
    public async Task Pages_lose_and_repeat_nothing_while_new_rows_arrive(string list)
    {
        // Many share their time, so that only the id tells them apart.
        var run = Guid.NewGuid().ToString("N")[..6];
        var seen = Enumerable.Range(0, 40).Select(n => new Sighting($"{run}-{n}", server.Now.AddMinutes(-30 - (n / 10)), server.FreshPlace())).ToArray();
        await server.ReportAsync(seen);
        var expected = (await server.ListAsync($"{list}?limit=1000")).Select(f => f.Id()).ToList();

        var found = new List<string>();
        var arrived = 0;
        for (var next = $"{list}?limit=7"; next is not null;)
        {
            var page = await server.OneAsync(next);
            var features = page.GetProperty("features").EnumerateArray().ToList();
            Assert.InRange(features.Count, 1, 7);
            found.AddRange(features.Select(f => f.Id()));
            next = page.GetProperty("next").GetString()?.TrimStart('/');
            await server.ReportAsync(new Sighting($"{run}-new-{arrived++}", server.Now, server.FreshPlace()));
        }

        // What arrives may lie behind the cursor, so it may be among them; but once.
        Assert.Equal(expected, found.Where(expected.Contains), StringComparer.Ordinal);
        Assert.Equal(found.Count, found.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Lists_are_newest_first()
    {
        await server.ReportAsync([.. new[] { 50, 10, 30 }.Select(m => new Sighting($"order-{m}", server.Now.AddMinutes(-m), server.FreshPlace()))]);

        var times = (await server.ListAsync("api/violations")).ConvertAll(v => v.Time("openedAt"));

        Assert.Equal(times.OrderDescending(), times);
    }

    [Fact]
    public async Task Filters_keep_what_they_name_and_nothing_else()
    {
        var (inside, elsewhere) = (server.Places.NextIn("141027"), server.Places.NextIn("141034"));
        var one = await server.FireOfAsync(new("filter-1", server.Now.AddHours(-2), inside));
        var other = await server.FireOfAsync(new("filter-2", server.Now.AddHours(-4), elsewhere));
        await server.VerdictAsync(other, "out");

        foreach (var (query, holds, lacks) in new[]
        {
            ("county=141027", one, other),
            (Reading.Around(inside), one, other),
            ($"from={Iso(server.Now.AddHours(-2))}", one, other),
            ($"to={Iso(server.Now.AddHours(-2))}", other, one),
            ("status=open", one, other),
            ("status=closed", other, one),
        })
        {
            var subjects = (await server.ListAsync("api/violations?" + query)).ConvertAll(v => v.Property("subject").GetProperty("id").GetString());
            Assert.True(subjects.Contains(one.Id()) == (holds.Id() == one.Id()) && subjects.Contains(other.Id()) == (lacks.Id() == one.Id()), query);
        }

        Assert.Contains(one.Id(), (await server.ListAsync("api/fires?status=burning")).Select(f => f.Id()), StringComparer.Ordinal);
        Assert.DoesNotContain(other.Id(), (await server.ListAsync("api/fires?status=suspected,confirmed")).Select(f => f.Id()), StringComparer.Ordinal);
        Assert.Contains(other.Id(), (await server.ListAsync("api/fires?status=out&county=141034")).Select(f => f.Id()), StringComparer.Ordinal);
        Assert.Empty(await server.ListAsync("api/violations?severity=ordinary"));
        Assert.NotEmpty(await server.ListAsync("api/violations?severity=critical&rule=A36.OpenBurning"));
        Assert.Empty(await server.ListAsync("api/violations?rule=A17.SmallBoiler"));
    }

    [Fact]
    public async Task At_answers_for_any_moment()
    {
        var opened = server.Now.AddHours(-6);
        var fire = await server.FireOfAsync(new("moment", opened, server.FreshPlace()));
        await server.VerdictAsync(fire, "out", at: opened.AddHours(2));
        var id = fire.Text("violation");

        foreach (var (at, status, isThere) in new[]
        {
            (opened.AddSeconds(-1), "open", false), (opened, "open", true), (opened.AddHours(2).AddSeconds(-1), "open", true),
            (opened.AddHours(2), "open", false), (opened.AddHours(2), "closed", true), (opened.AddHours(1), "closed", false),
        })
        {
            var found = await server.ListAsync($"api/violations?status={status}&at={Iso(at)}");
            Assert.True(found.Exists(v => v.Id() == id) == isThere, $"{status} at {at:O}");
        }
    }

    [Fact]
    public async Task Simulated_rows_are_marked_and_can_be_left_out_or_asked_for_alone()
    {
        var real = await server.FireOfAsync(new("kind-real", server.Now, server.FreshPlace()));
        var played = await server.FireOfAsync(new("kind-played", server.Now, server.FreshPlace()) { Simulated = true });

        Assert.True(played.Property("simulated").GetBoolean());
        Assert.True((await server.ViolationOfAsync(played)).Property("simulated").GetBoolean());
        foreach (var list in new[] { "api/fires", "api/violations" })
        {
            string Subject(System.Text.Json.JsonElement f) => list == "api/fires" ? f.Id() : f.Property("subject").GetProperty("id").GetString()!;
            var all = (await server.ListAsync(list)).ConvertAll(Subject);
            var without = (await server.ListAsync(list + "?simulated=exclude")).ConvertAll(Subject);
            var only = (await server.ListAsync(list + "?simulated=only")).ConvertAll(Subject);
            Assert.Contains(played.Id(), all, StringComparer.Ordinal);
            Assert.Contains(real.Id(), without, StringComparer.Ordinal);
            Assert.DoesNotContain(played.Id(), without, StringComparer.Ordinal);
            Assert.Contains(played.Id(), only, StringComparer.Ordinal);
            Assert.DoesNotContain(real.Id(), only, StringComparer.Ordinal);
        }
    }

    [Theory]
    [InlineData("county=1410")]
    [InlineData("county=14100a")]
    [InlineData("bbox=1,2,3")]
    [InlineData("bbox=112,36,111,37")]
    [InlineData("bbox=NaN,36,112,37")]
    [InlineData("bbox=Infinity,36,112,37")]
    [InlineData("from=yesterday")]
    [InlineData("to=2026-13-01T00:00:00Z")]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("limit=-1")]
    [InlineData("limit=many")]
    [InlineData("cursor=x")]
    [InlineData("cursor=AAAA")]
    [InlineData("simulated=maybe")]
    [InlineData("status=asleep")]
    public async Task A_query_that_makes_no_sense_is_refused(string query)
    {
        (await server.GetAsync("api/fires?" + query)).IsProblem(400, "query-invalid");
        (await server.GetAsync("api/violations?" + query)).IsProblem(400, "query-invalid");
    }

    [Theory]
    [InlineData("severity=grave")]
    [InlineData("severity=1")]
    [InlineData("at=noon")]
    public async Task A_violation_query_that_makes_no_sense_is_refused(string query) =>
        (await server.GetAsync("api/violations?" + query)).IsProblem(400, "query-invalid");

    [Fact]
    public async Task A_bbox_whose_sides_touch_is_a_point_or_a_line_and_no_error()
    {
        var place = server.FreshPlace();
        var fire = await server.FireOfAsync(new("needle", server.Now, place));

        var at = string.Create(CultureInfo.InvariantCulture, $"{place.Lon},{place.Lat},{place.Lon},{place.Lat}");

        Assert.Equal(fire.Id(), Assert.Single(await server.ListAsync("api/fires?bbox=" + at)).Id());
    }

    static string Iso(DateTimeOffset time) => Uri.EscapeDataString(time.ToString("O", CultureInfo.InvariantCulture));
}
