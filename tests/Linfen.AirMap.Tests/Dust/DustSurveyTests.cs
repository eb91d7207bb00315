using System.Globalization;
using Linfen.AirMap.Data;
using Linfen.AirMap.Dust;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hj212;
using Linfen.AirMap.Subjects;
using Linfen.AirMap.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Xunit;

namespace Linfen.AirMap.Tests.Dust;

/// <summary>Means by the minutes in memory: as right as if everything were read again each time.</summary>
public sealed class DustSurveyTests(MigratedCluster cluster)
{
    static readonly DustLimit Tsp = new("tsp", FactorCode.Tsp, false, 500, 15, 0.75, 2, 60);
    static readonly ILookup<Guid, string> None = Array.Empty<(Guid, string)>().ToLookup(f => f.Item1, f => f.Item2);

    [Fact]
    public async Task What_is_kept_in_memory_is_what_a_fresh_look_gives_whatever_came_late_twice_or_by_another_process()
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));
        var monitors = new List<string> { (await server.MonitorAsync()).Mn, (await server.MonitorAsync()).Mn, (await server.MonitorAsync()).Mn };
        var (book, database) = (server.Services.GetRequiredService<DeviceBook>(), server.Services.GetRequiredService<NpgsqlDataSource>());
        var kept = new DustSurvey(database, book);
        var random = new Random(11);
        using var line = await FieldDevice.ConnectAsync(server.DevicePort);
        for (var round = 0; round < 8; round++)
        {
            for (var n = 0; n < 25; n++)
            {
                // Some minutes old, some an hour, some a little ahead of the clock.
                var at = server.Now.AddSeconds(-random.Next(-90, n % 5 == 0 ? 5_000 : 200));
                var factors = string.Create(CultureInfo.InvariantCulture, $"a34001-Rtd={random.Next(100, 900)},a34001-Flag={(random.Next(6) == 0 ? 'D' : 'N')}");
                await line.SendAsync(DustCalls.Frame(DustCalls.Segment(monitors[n % 2], at, factors)));
                Assert.NotNull(await line.AnswerAsync());
            }

            // The third one calls in at another process.
            await server.ExecuteAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"insert into airmap.readings (mn, simulated, command, factor, at, value, flag, quality, known_at) values ('{monitors[2]}', false, 2011, 'a34001', '{server.Now.AddSeconds(-20.5):O}', {random.Next(100, 900)}, 1, 0, now())"));
            using var blank = new DeviceBook(server.Services.GetRequiredService<IDbContextFactory<AirMapDb>>(), server.Services.GetRequiredService<Doorbell>());
            Assert.Equal(await LookAsync(new DustSurvey(database, blank)), await LookAsync(kept));
            server.Clock!.Advance(TimeSpan.FromSeconds(random.Next(20, 400)));
        }

        async Task<List<(Guid, DustMean)>> LookAsync(DustSurvey survey) =>
        [
            .. (await survey.MeansAsync([.. (await book.AllAsync()).OrderBy(d => d.Mn, StringComparer.Ordinal)], [Tsp], None, server.Now, TestContext.Current.CancellationToken)).Select(m => (m.Device.Id, m.Mean)),
        ];
    }

    [Fact]
    public async Task Late_data_within_the_averaging_time_are_seen_at_the_next_look()
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));
        var (_, monitor, mn) = await server.MonitorAsync();
        using var line = await FieldDevice.ConnectAsync(server.DevicePort);
        await SendAsync(TimeSpan.Zero, 300);
        await server.Services.GetRequiredService<DustClock>().TickAsync(CancellationToken.None);
        Assert.Empty(await server.OpenRulesAsync(monitor));

        server.Clock!.Advance(TimeSpan.FromSeconds(30));
        await SendAsync(TimeSpan.FromSeconds(-50), 1_900);
        await server.Services.GetRequiredService<DustClock>().TickAsync(CancellationToken.None);
        Assert.Equal(["A28.Dust"], await server.OpenRulesAsync(monitor), StringComparer.Ordinal);

        async Task SendAsync(TimeSpan shift, double about)
        {
            for (var ago = 59; ago >= 0; ago--)
            {
                await line.SendAsync(DustCalls.Frame(DustCalls.Segment(
                    mn, server.Now.AddMinutes(-ago) + shift, string.Create(CultureInfo.InvariantCulture, $"a34001-Rtd={about + ago % 3:F1},a34001-Flag=N"))));
                Assert.NotNull(await line.AnswerAsync());
            }
        }
    }
}
