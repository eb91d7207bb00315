using System.Globalization;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Simulator.Demo;
using Linfen.AirMap.Simulator.Server;
using Linfen.AirMap.Air;
using Linfen.AirMap.Events;
using Linfen.AirMap.Rulings;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Linfen.AirMap.Tests.Simulation;

/// <summary>A fresh server with the demonstration city and one real boiler.</summary>
public sealed class DemonstratedCity(MigratedCluster cluster) : IAsyncLifetime
{
    Support.AirMapServer? server;

    public Support.AirMapServer Server => server ?? throw new InvalidOperationException("Not started yet.");

    public TimeSpan Taken { get; private set; }

    public async ValueTask InitializeAsync()
    {
        server = await Support.AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), clock: null);
        await server.AddAsync("heating/boilers", new { code = "GL-1", name = "实有锅炉", lon = 111.52, lat = 36.09, kind = "boiler", fuel = "coal", tonnesPerHour = 10, status = "operating" });
        var started = TimeProvider.System.GetTimestamp();
        await BuildAsync(seed: null);
        Taken = TimeProvider.System.GetElapsedTime(started);
    }

    public async Task<DemoOutcome> BuildAsync(int? seed)
    {
        using var client = Simulator.Server.AirMapServer.At(Server.Client.BaseAddress!, new Tally(), TimeSpan.FromSeconds(30), Server.Key);
        return await new DemoRun(client, TextWriter.Null).PerformAsync(seed, DateTimeOffset.UtcNow, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>The demonstration city as a server shows it.</summary>
public sealed class DemoRunTests(DemonstratedCity demo, ITestOutputHelper output) : IClassFixture<DemonstratedCity>
{
    /// <summary>What neither register nor finding can raise: these need measured values.</summary>
    static readonly string[] Measured = ["A28.Dust", "A39.Pm25"];

    static string SimulatedOf(string kind) => string.Create(CultureInfo.InvariantCulture, $"select count(*) from airmap.subjects where simulated and kind = '{kind}'");

    [Theory]
    [InlineData("boiler", 300)]
    [InlineData("site", 150)]
    [InlineData("machine", 60)]
    [InlineData("monitor", 90)]
    [InlineData("inspection", 120)]
    [InlineData("land", 180)]
    [InlineData("yard", 50)]
    [InlineData("road", 30)]
    [InlineData("station", 77)]
    [InlineData("park", 7)]
    [InlineData("enterprise", 60)]
    [InlineData("finding", 260)]
    public async Task The_registers_are_filled(string kind, long count) => Assert.Equal(count, await demo.Server.AskAsync<long>(SimulatedOf(kind)));

    [Fact]
    public async Task Zones_are_in_force_one_waits_for_tomorrow_and_one_is_history()
    {
        Assert.Equal(46, await demo.Server.AskAsync<long>("select count(distinct id) from airmap.zone_versions where simulated and status = 1 and effective_from <= (now() at time zone 'Asia/Shanghai')::date"));
        Assert.Equal(1, await demo.Server.AskAsync<long>("select count(*) from airmap.zone_versions where simulated and effective_from > (now() at time zone 'Asia/Shanghai')::date"));
        Assert.Equal(1, await demo.Server.AskAsync<long>("select count(*) from airmap.zone_versions where simulated and status = 2"));
        Assert.Equal(1, await demo.Server.AskAsync<long>("select count(*) from airmap.zone_versions where simulated and version = 2"));
    }

    [Fact]
    public async Task Fires_burn_some_confirmed_some_out()
    {
        var statuses = await demo.Server.AskAllAsync("select status::text from airmap.fires where simulated");

        Assert.Equal(15, statuses.Count);
        Assert.True(statuses.Distinct(StringComparer.Ordinal).Count() >= 4, string.Join(", ", statuses));
    }

    [Fact]
    public async Task Every_rule_that_registers_findings_and_fires_can_break_is_broken_somewhere()
    {
        var broken = (await OpenAsync()).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(RuleBook.Rules.Select(rule => rule.Code).Except(broken, StringComparer.Ordinal).Except(Measured, StringComparer.Ordinal));
    }

    [Fact]
    public async Task About_one_thing_in_seven_is_in_violation()
    {
        var things = await demo.Server.AskAsync<long>("select count(*) from airmap.subjects where simulated and kind not in ('monitor', 'inspection')");
        var violating = await demo.Server.AskAsync<long>("select count(distinct subject_id) from airmap.violations where simulated and closed_at is null and subject_kind <> 'fire'");

        Assert.InRange((double)violating / things, 0.11, 0.16);
    }

    [Fact]
    public async Task Some_things_cannot_be_decided_until_a_fact_is_filled_in() =>
        Assert.InRange(await demo.Server.AskAsync<long>("select count(distinct subject_id) from airmap.undecidables where simulated"), 15, 80);

    [Fact]
    public async Task Nothing_lies_outside_the_city() =>
        Assert.Equal(0, await demo.Server.AskAsync<long>("select count(*) from airmap.subjects where simulated and county is null and shape is not null"));

    [Fact]
    public async Task It_stands_and_nothing_went_wrong_in_the_server()
    {
        output.WriteLine($"made in {demo.Taken.TotalSeconds:F1} s");
        Assert.Empty(demo.Server.TakeErrors());
        Assert.NotEmpty(await OpenAsync());
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        // A clock sums up what the first run's stations mean for the counties, up to half a minute later; now, so that it is not taken for the second run's.
        await demo.Server.Services.GetRequiredService<Ledger>().CommitAsync(new AirYear(demo.Server.Services.GetRequiredService<Bench>()), TestContext.Current.CancellationToken);
        var head = await HeadAsync();

        var outcome = await demo.BuildAsync(seed: null);

        Assert.Equal(0, outcome.Brought);
        Assert.Equal(48 + 1_124 + 260 + 15, outcome.Known);
        Assert.Empty((await demo.Server.EventsAsync(head)).Select(e => e.Type()));
    }

    [Fact]
    public async Task Another_city_is_not_built_over_the_one_that_stands()
    {
        var head = await HeadAsync();

        var refused = await Assert.ThrowsAsync<FormatException>(() => demo.BuildAsync(seed: 2));

        Assert.Contains("seed 1", refused.Message, StringComparison.Ordinal);
        Assert.Equal(head, await HeadAsync());
    }

    async Task<List<string>> OpenAsync()
    {
        var answer = await demo.Server.GetAsync("api/violations?status=open&limit=1000");
        return [.. answer.Json.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("properties").GetProperty("rule").GetString()!)];
    }

    async Task<long> HeadAsync() => (await demo.Server.GetAsync("api/events?after=0&limit=1")).Json.GetProperty("last").GetInt64();
}

/// <summary>The demonstration city goes as one piece.</summary>
public sealed class DemoClearTests(DemonstratedCity demo) : IClassFixture<DemonstratedCity>
{
    [Fact]
    public async Task Clearing_leaves_no_simulated_row_in_any_table_and_every_real_one()
    {
        var real = await demo.Server.AskAsync<long>("select count(*) from airmap.subjects where not simulated");
        using var client = Simulator.Server.AirMapServer.At(demo.Server.Client.BaseAddress!, new Tally(), TimeSpan.FromSeconds(30), demo.Server.Key);

        await client.ClearAsync(TestContext.Current.CancellationToken);

        var tables = await demo.Server.AskAllAsync(
            "select c.table_name::text from information_schema.columns c join information_schema.tables t using (table_schema, table_name) "
            + "where c.table_schema = 'airmap' and c.column_name = 'simulated' and t.table_type = 'BASE TABLE'");
        Assert.Contains("subjects", tables, StringComparer.Ordinal);
        foreach (var table in tables)
        {
            Assert.True(await demo.Server.AskAsync<long>($"select count(*) from airmap.{table} where simulated") == 0, table);
        }

        Assert.Equal(0, await demo.Server.AskAsync<long>("select count(*) from airmap.wakes w where not exists (select 1 from airmap.subjects s where s.id = w.subject_id)"));
        Assert.Equal(real, await demo.Server.AskAsync<long>("select count(*) from airmap.subjects where not simulated"));
        Assert.Equal(["GL-1"], await demo.Server.AskAllAsync("select code from airmap.subjects where kind = 'boiler'"), StringComparer.Ordinal);
        Assert.NotEmpty(await demo.Server.AskAllAsync("select rule from airmap.violations where not simulated and closed_at is null"));
    }
}
