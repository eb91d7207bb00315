using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Xunit;

namespace Linfen.AirMap.Tests.Dust;

/// <summary>Devices that are silent, slow, greedy or too many: each meets its limit, and nobody else notices.</summary>
public sealed class LineLimitTests(MigratedCluster cluster)
{
    async Task<AirMapServer> StartAsync(params string[] settings) =>
        await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning), settings);

    /// <summary>Lets time pass until it happens.</summary>
    static async Task<T> PassUntilAsync<T>(AirMapServer server, TimeSpan step, Task<T> happens, string what)
    {
        await Until.TrueAsync(
            () =>
            {
                server.Clock!.Advance(step);
                return Task.FromResult(happens.IsCompleted);
            },
            what);
        return await happens;
    }

    static async Task AnsweredAsync(FieldDevice device, string mn, DateTimeOffset at)
    {
        await device.SendAsync(DustCalls.Frame(DustCalls.Segment(mn, at)));
        Assert.Equal(DustCalls.Answered(mn, at), await device.AnswerAsync());
    }

    [Fact]
    public async Task A_device_that_ends_no_line_is_answered_after_a_pause()
    {
        await using var server = await StartAsync();
        var (_, _, mn) = await server.MonitorAsync();
        var at = server.Now;
        using var device = await FieldDevice.ConnectAsync(server.DevicePort);
        await device.SendAsync(DustCalls.Frame(DustCalls.Segment(mn, at))[..^2]);
        Assert.Equal(DustCalls.Answered(mn, at), await PassUntilAsync(server, TimeSpan.FromMilliseconds(100), device.AnswerAsync(), "it is answered"));
    }

    [Fact]
    public async Task A_lenient_entry_takes_a_frame_without_head_and_check_sum()
    {
        await using var server = await StartAsync();
        var (_, _, mn) = await server.MonitorAsync(("crc", "lenient"));
        var at = server.Now;
        using var device = await FieldDevice.ConnectAsync(server.DevicePort);
        await device.SendAsync(Encoding.ASCII.GetBytes(DustCalls.Segment(mn, at)));
        Assert.Equal(DustCalls.Answered(mn, at), await PassUntilAsync(server, TimeSpan.FromMilliseconds(100), device.AnswerAsync(), "it is answered"));
    }

    [Fact]
    public async Task A_device_that_says_nothing_for_too_long_is_hung_up_on_and_one_that_speaks_in_time_is_not()
    {
        await using var server = await StartAsync("Hj212:IdleSeconds=600");
        var (_, _, mn) = await server.MonitorAsync();
        using var silent = await FieldDevice.ConnectAsync(server.DevicePort);
        using var speaking = await FieldDevice.ConnectAsync(server.DevicePort);
        await AnsweredAsync(silent, mn, server.Now);
        var hungUp = silent.AnswerAsync();
        var passed = TimeSpan.Zero;
        await Until.TrueAsync(
            async () =>
            {
                server.Clock!.Advance(TimeSpan.FromSeconds(100));
                passed += TimeSpan.FromSeconds(100);
                await AnsweredAsync(speaking, mn, server.Now);
                return hungUp.IsCompleted;
            },
            "the silent one is hung up on");
        Assert.Null(await hungUp);
        Assert.True(passed >= TimeSpan.FromSeconds(600), passed.ToString());
    }

    [Fact]
    public async Task A_frame_that_is_begun_and_not_ended_ends_the_connection()
    {
        await using var server = await StartAsync();
        using var device = await FieldDevice.ConnectAsync(server.DevicePort);
        await device.SendAsync("##0100QN=2026"u8.ToArray());
        Assert.Null(await PassUntilAsync(server, TimeSpan.FromSeconds(5), device.AnswerAsync(), "it is hung up on"));
    }

    [Fact]
    public async Task A_frame_that_drips_in_byte_by_byte_does_not_hold_the_connection_for_ever()
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), clock: null, "Hj212:FrameSeconds=1");
        using var device = await FieldDevice.ConnectAsync(server.DevicePort);
        var hungUp = device.AnswerAsync();
        await device.SendAsync("##4000"u8.ToArray());
        await Until.TrueAsync(
            async () =>
            {
                try
                {
                    await device.SendAsync("x"u8.ToArray());
                }
                catch (IOException)
                {
                    // That it is hung up on can show here first.
                }

                return hungUp.IsCompleted;
            },
            "it is hung up on");
        Assert.Null(await hungUp);
    }

    [Fact]
    public async Task A_device_that_never_takes_its_answers_is_cut_off_and_the_others_go_on()
    {
        await using var server = await StartAsync();
        var (_, _, mn) = await server.MonitorAsync();
        using var deaf = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4_096, NoDelay = true };
        await deaf.ConnectAsync("127.0.0.1", server.DevicePort, TestContext.Current.CancellationToken);
        var beats = Enumerable.Repeat(DustCalls.Frame($"QN=20260315100000000;ST=39;CN=9015;PW=123456;MN={mn};Flag=9;CP=&&&&"), 200).SelectMany(f => f).ToArray();
        var cutOff = Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    await deaf.SendAsync(beats, TestContext.Current.CancellationToken);
                }
            }
            catch (SocketException)
            {
                return true;
            }
        }, TestContext.Current.CancellationToken);

        using var other = await FieldDevice.ConnectAsync(server.DevicePort);
        await Until.TrueAsync(
            async () =>
            {
                server.Clock!.Advance(TimeSpan.FromSeconds(1));
                await AnsweredAsync(other, mn, server.Now);
                return cutOff.IsCompleted;
            },
            "it is cut off");
        Assert.True(await cutOff);
    }

    [Fact]
    public async Task An_address_gets_so_many_connections_and_another_once_one_has_ended()
    {
        await using var server = await StartAsync("Hj212:ConnectionsPerAddress=2");
        var (_, _, mn) = await server.MonitorAsync();
        using var first = await FieldDevice.ConnectAsync(server.DevicePort);
        await AnsweredAsync(first, mn, server.Now);
        using (var second = await FieldDevice.ConnectAsync(server.DevicePort))
        {
            await AnsweredAsync(second, mn, server.Now);
            Assert.False(await AnswersAsync(server, mn), "a third connection is answered");
            var refusals = (await server.GetAsync("api/monitors/refusals")).Json.EnumerateArray().Select(r => r.GetProperty("reason").GetString()!);
            Assert.Contains("too-many-connections", refusals, StringComparer.Ordinal);
            await AnsweredAsync(second, mn, server.Now);
        }

        await Until.TrueAsync(() => AnswersAsync(server, mn), "there is room again");
        await AnsweredAsync(first, mn, server.Now);
    }

    /// <summary>Whether a new connection is answered; one that is refused may learn so before it could speak, or even while it connects.</summary>
    static async Task<bool> AnswersAsync(AirMapServer server, string mn)
    {
        try
        {
            using var device = await FieldDevice.ConnectAsync(server.DevicePort);
            await device.SendAsync(DustCalls.Frame(DustCalls.Segment(mn, server.Now)));
            return await device.AnswerAsync() is not null;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return false;
        }
    }

    [Fact]
    public async Task While_nothing_can_be_kept_a_device_that_pushes_is_not_listened_to_and_afterwards_nothing_is_missing()
    {
        const int Packets = 12_000;
        await using var server = await StartAsync();
        var (_, _, mn) = await server.MonitorAsync();
        var filling = string.Join(';', Enumerable.Range(0, 16).Select(n => string.Create(CultureInfo.InvariantCulture, $"i{n:00}=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")));
        var times = Enumerable.Range(0, Packets).Select(n => server.Now.AddSeconds(-n)).ToList();
        using var device = await FieldDevice.ConnectAsync(server.DevicePort);
        await AnsweredAsync(device, mn, server.Now.AddDays(-1));

        long sent = 0;
        Task sending;
        await using (var database = NpgsqlDataSource.Create((await cluster.ClusterAsync()).ConnectionString(server.Database)))
        await using (var holder = await database.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            // As the ledger takes it: somebody else writes, and does not come to an end.
            await using (var hold = new NpgsqlCommand("BEGIN; SELECT pg_advisory_xact_lock(" + 0x4C46_4149_524D_4150.ToString(CultureInfo.InvariantCulture) + ")", holder))
            {
                await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }

            sending = Task.Run(async () =>
            {
                foreach (var at in times)
                {
                    await device.SendAsync(DustCalls.Frame(DustCalls.Segment(mn, at, "LA-Rtd=50,LA-Flag=N;" + filling)));
                    Interlocked.Increment(ref sent);
                }
            }, TestContext.Current.CancellationToken);
            var (before, still) = (-1L, 0);
            await Until.TrueAsync(
                () =>
                {
                    var now = Interlocked.Read(ref sent);
                    (before, still) = (now, now == before && now > 0 ? still + 1 : 0);
                    return Task.FromResult(still == 60);
                },
                "the device can send no more");
            Assert.InRange(Interlocked.Read(ref sent), 1, Packets - 1);
            Assert.Equal(2, await server.ReadingsAsync(mn));
        }

        foreach (var at in times)
        {
            Assert.Equal(DustCalls.Answered(mn, at), await device.AnswerAsync());
        }

        await sending;
        Assert.Equal(Packets + 2, await server.ReadingsAsync(mn));
    }
}
