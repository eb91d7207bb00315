using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Dust;
using Linfen.AirMap.Testing;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Xunit;

namespace Linfen.AirMap.Tests.Dust;

/// <summary>Old months go, their means stay and stay right.</summary>
public sealed class RetentionTests(MigratedCluster cluster)
{
    async Task<AirMapServer> StartAsync(int days) =>
        await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning), $"Hj212:KeepRawDays={days}");

    static Task<int> LetGoAsync(AirMapServer server) => server.Services.GetRequiredService<ReadingRetention>().RunAsync(CancellationToken.None);

    static async Task SendAsync(AirMapServer server, string mn, params IEnumerable<(DateTimeOffset At, double Value)> values)
    {
        using var device = await FieldDevice.ConnectAsync(server.DevicePort);
        foreach (var (at, value) in values)
        {
            await device.SendAsync(DustCalls.Frame(DustCalls.Segment(mn, at, string.Create(CultureInfo.InvariantCulture, $"a34002-Rtd={value},a34002-Flag=N"))));
            Assert.NotNull(await device.AnswerAsync());
        }
    }

    static async Task<List<string>> MeansAsync(AirMapServer server, string mn, string interval) =>
    [
        .. (await server.OneAsync($"api/monitors/{mn}/readings?interval={interval}")).GetProperty("readings").EnumerateArray().Select(r => string.Create(
            CultureInfo.InvariantCulture,
            $"{r.GetProperty("at").GetDateTimeOffset():MM-dd HH} {Number(r, "value"):F2} {Number(r, "min"):F0} {Number(r, "max"):F0} {r.GetProperty("valid").GetBoolean()}")),
    ];

    static double? Number(JsonElement reading, string name) => reading.GetProperty(name).ValueKind == JsonValueKind.Null ? null : reading.GetProperty(name).GetDouble();

    static Task<List<string>> TablesAsync(AirMapServer server) =>
        server.AskAllAsync("select tablename::text from pg_tables where schemaname = 'airmap' and tablename like 'readings\\_%' order by 1");

    /// <summary>Two hours of a day, and the day on which Beijing and the months of the database differ.</summary>
    static IEnumerable<(DateTimeOffset At, double Value)> OldReadings()
    {
        var day = new DateTimeOffset(2025, 12, 10, 0, 0, 0, TimeSpan.FromHours(8));
        var border = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return Enumerable.Range(0, 12).Select(i => (day.AddMinutes(i * 10), 100.0 + i))
            .Concat(Enumerable.Range(-3, 6).Select(i => (border.AddMinutes(i * 10), 200.0 + i)));
    }

    [Fact]
    public async Task A_month_beyond_the_setting_is_dropped_and_its_means_of_hours_and_days_stay_the_same()
    {
        await using var server = await StartAsync(62);
        var (_, _, mn) = await server.MonitorAsync();
        await SendAsync(server, mn, [.. OldReadings(), (server.Now, 50)]);
        // Late for a month that is not kept any more: it goes to where clocks that are off go, and into the means all the same.
        Assert.Equal(["readings_202601", "readings_202603", "readings_other"], await TablesAsync(server), StringComparer.Ordinal);
        var (hours, days) = (await MeansAsync(server, mn, "hour"), await MeansAsync(server, mn, "day"));
        Assert.Equal(0, await LetGoAsync(server));
        Assert.Equal((hours, days), (await MeansAsync(server, mn, "hour"), await MeansAsync(server, mn, "day")), Same);
        Assert.Equal(0, await server.AskAsync<long>("select count(*) from airmap.readings_other"));

        // February to come: January goes as a whole.
        server.Clock!.Advance(TimeSpan.FromDays(25));
        await LetGoAsync(server);
        Assert.Equal(["readings_202603", "readings_other"], await TablesAsync(server), StringComparer.Ordinal);
        Assert.Equal((hours, days), (await MeansAsync(server, mn, "hour"), await MeansAsync(server, mn, "day")), Same);
        Assert.Equal(1, await server.ReadingsAsync(mn));
        Assert.Contains("01-01 00 199.50 197 202 True", days, StringComparer.Ordinal);
        Assert.Equal(0, await LetGoAsync(server));
        Assert.Equal(["2026-01"], await server.AskAllAsync("select target_id from airmap.audit where action = 'readings.dropped'"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_comes_late_is_in_the_means_before_and_after_its_month_is_gone()
    {
        await using var server = await StartAsync(62);
        var (_, _, mn) = await server.MonitorAsync();
        var hour = new DateTimeOffset(2026, 1, 20, 2, 0, 0, TimeSpan.Zero);
        await SendAsync(server, mn, (hour, 100), (hour.AddMinutes(20), 200));
        await SendAsync(server, mn, (hour.AddMinutes(10), 300));
        server.Clock!.Advance(TimeSpan.FromDays(25));
        await LetGoAsync(server);
        Assert.Equal(["01-20 10 200.00 100 300 True"], await MeansAsync(server, mn, "hour"), StringComparer.Ordinal);

        await SendAsync(server, mn, (hour.AddMinutes(30), 600));
        Assert.Equal(["01-20 10 300.00 100 600 True"], await MeansAsync(server, mn, "hour"), StringComparer.Ordinal);
        for (var again = 0; again < 2; again++)
        {
            await LetGoAsync(server);
            Assert.Equal(["01-20 10 300.00 100 600 True"], await MeansAsync(server, mn, "hour"), StringComparer.Ordinal);
        }

        await SendAsync(server, mn, (hour.AddMinutes(40), 800));
        await LetGoAsync(server);
        Assert.Equal(["01-20 10 400.00 100 800 True"], await MeansAsync(server, mn, "hour"), StringComparer.Ordinal);
        Assert.DoesNotContain("readings_202601", await TablesAsync(server), StringComparer.Ordinal);
        Assert.Equal(0, await server.ReadingsAsync(mn));
    }

    [Fact]
    public async Task A_retention_that_broke_off_is_gone_on_with()
    {
        await using var server = await StartAsync(62);
        var (_, _, mn) = await server.MonitorAsync();
        var hour = new DateTimeOffset(2026, 1, 20, 2, 0, 0, TimeSpan.Zero);
        await SendAsync(server, mn, (hour, 100), (hour.AddMinutes(20), 200));
        // It was rolled up, something came late, it was taken out, and then the power failed.
        await server.ExecuteAsync("select airmap.roll_up_reading_month('2026-01-01')");
        await SendAsync(server, mn, (hour.AddMinutes(10), 300));
        await server.ExecuteAsync("select airmap.detach_reading_month('2026-01-01')");
        server.Clock!.Advance(TimeSpan.FromDays(25));
        await LetGoAsync(server);
        Assert.Equal(["01-20 10 200.00 100 300 True"], await MeansAsync(server, mn, "hour"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Who_keeps_readings_for_ever_loses_none()
    {
        await using var server = await StartAsync(0);
        var (_, _, mn) = await server.MonitorAsync();
        await SendAsync(server, mn, [.. OldReadings()]);
        server.Clock!.Advance(TimeSpan.FromDays(150));
        Assert.Equal(0, await LetGoAsync(server));
        Assert.Equal(18, await server.ReadingsAsync(mn));
    }

    [Theory]
    [InlineData("drop table airmap.readings_202603")]
    [InlineData("select airmap.drop_reading_month((now() - interval '1 month')::date)")]
    [InlineData("select airmap.detach_reading_month(now()::date)")]
    [InlineData("select airmap.sweep_other_readings(now()::date)")]
    [InlineData("select airmap.drop_reading_month('2026-03-01')")]
    [InlineData("select airmap.roll_up_readings('readings_202603', '2026-03-01', 'infinity')")]
    public async Task The_applications_role_cannot_take_readings_away_that_are_to_stay(string statement)
    {
        await using var server = await StartAsync(400);
        var (_, _, mn) = await server.MonitorAsync();
        await SendAsync(server, mn, (server.Now, 50));
        await using var role = NpgsqlDataSource.Create((await cluster.ClusterAsync()).ConnectionString(server.Database, PostgresCluster.Application));
        await using var command = role.CreateCommand(statement);
        await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, await server.ReadingsAsync(mn));
    }

    static bool Same((List<string>, List<string>) one, (List<string>, List<string>) other) => one.Item1.SequenceEqual(other.Item1, StringComparer.Ordinal) && one.Item2.SequenceEqual(other.Item2, StringComparer.Ordinal);
}
