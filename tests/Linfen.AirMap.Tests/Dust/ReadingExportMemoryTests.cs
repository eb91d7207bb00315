using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Dust;

/// <summary>However long a file of readings is, it passes through. Alone: the memory is that of the whole process.</summary>
[Collection<Tables.MeasuredAlone>]
public sealed class ReadingExportMemoryTests(MigratedCluster cluster)
{
    [Fact]
    public async Task Half_a_month_of_a_value_a_second_streams_and_the_memory_does_not_grow_with_it()
    {
        const int Seconds = 15 * 86_400;
        const long Room = 48L * 1024 * 1024;
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));
        var (_, _, mn) = await server.MonitorAsync();
        await server.ExecuteAsync(
            $"""
            INSERT INTO airmap.readings (mn, simulated, command, factor, at, value, flag, quality, known_at)
            SELECT '{mn}', false, 2011, 'a34001', '2026-02-28T00:00:00+08:00'::timestamptz + make_interval(secs => s), 100 + s % 50, 1, 0, now() FROM generate_series(0, {Seconds - 1}) s
            """);
        using var response = await server.Client.GetAsync(
            new Uri($"api/monitors/{mn}/readings/export?from=2026-02-28T00:00:00%2B08:00&to=2026-03-15T00:00:00%2B08:00", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (buffer, lines, bytes, most, looked) = (new byte[128 * 1024], 0L, 0L, 0L, 0L);
        for (int read; (read = await body.ReadAsync(buffer, TestContext.Current.CancellationToken)) > 0; bytes += read)
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
            if (bytes - looked > 16 * 1024 * 1024)
            {
                looked = bytes;
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        Assert.Equal(Seconds + 1, lines);
        Assert.True(bytes > 3 * Room, $"{bytes} bytes say nothing of {Room}");
        Assert.True(most < Room, $"{most / 1024 / 1024} MiB were held for {bytes / 1024 / 1024} MiB");
        (await server.GetAsync($"api/monitors/{mn}/readings/export?format=xlsx&from=2026-02-28T00:00:00%2B08:00&to=2026-03-15T00:00:00%2B08:00")).IsProblem(400, "too-many-rows");
    }
}
