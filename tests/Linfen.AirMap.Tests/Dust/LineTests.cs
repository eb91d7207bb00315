using System.Text;
using System.Text.Json;
using Linfen.AirMap.Hj212;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Dust;

/// <summary>Monitors call in over real TCP: everything is kept once, and answered once it is.</summary>
public sealed class LineTests(OwnServer own) : IClassFixture<OwnServer>
{
    AirMapServer Server => own.Server;

    Task<FieldDevice> CallAsync() => FieldDevice.ConnectAsync(Server.DevicePort);

    [Fact]
    public async Task A_packet_is_kept_and_answered_with_its_own_QN_and_MN()
    {
        var (_, monitor, mn) = await Server.MonitorAsync();
        using var device = await CallAsync();
        await device.SendAsync(DustCalls.Frame(DustCalls.Segment(mn, Server.Now)));
        Assert.Equal(DustCalls.Answered(mn, Server.Now), await device.AnswerAsync());

        var read = await Server.OneAsync($"api/monitors/{mn}/readings");
        Assert.Equal((mn, monitor.GetProperty("id").GetString()), (read.GetProperty("mn").GetString(), read.GetProperty("monitor").GetString()));
        var values = read.GetProperty("readings").EnumerateArray().ToList();
        Assert.Equal([("a34001", 180.5), ("a34002", 62.7)], values.Select(v => (v.GetProperty("factor").GetString()!, v.GetProperty("value").GetDouble())));
        Assert.All(values, v => Assert.Equal(("µg/m³", "N", true, Server.Now), (v.GetProperty("unit").GetString(), v.GetProperty("flag").GetString(), v.GetProperty("valid").GetBoolean(), v.GetProperty("at").GetDateTimeOffset())));
        Assert.Single(await Server.AskAllAsync($"select type from airmap.events where type = 'reading.stored' and subject_id = '{monitor.GetProperty("id").GetString()}'"));
    }

    [Fact]
    public async Task Each_packet_three_times_shuffled_over_four_connections_is_kept_once_and_answered_each_time()
    {
        var (_, _, mn) = await Server.MonitorAsync();
        var times = Enumerable.Range(0, 40).Select(i => Server.Now.AddSeconds(-i)).ToList();
        var sendings = times.Concat(times).Concat(times).ToArray();
        new Random(1).Shuffle(sendings);
        await Task.WhenAll(sendings.Chunk(sendings.Length / 4).Select(async share =>
        {
            using var device = await CallAsync();
            await device.SendAsync([.. share.SelectMany(at => DustCalls.Frame(DustCalls.Segment(mn, at)))]);
            foreach (var at in share)
            {
                Assert.Equal(DustCalls.Answered(mn, at), await device.AnswerAsync());
            }
        }));
        Assert.Equal(times.Count * 2, await Server.ReadingsAsync(mn));
    }

    [Fact]
    public async Task Byte_by_byte_with_garbage_between_the_same_is_kept()
    {
        var (_, _, mn) = await Server.MonitorAsync();
        using var device = await CallAsync();
        foreach (var at in new[] { Server.Now, Server.Now.AddSeconds(-1) })
        {
            await device.SendAsync("noise##01"u8.ToArray());
            foreach (var octet in DustCalls.Frame(DustCalls.Segment(mn, at)))
            {
                await device.SendAsync([octet]);
            }

            Assert.Equal(DustCalls.Answered(mn, at), await device.AnswerAsync());
        }

        Assert.Equal(4, await Server.ReadingsAsync(mn));
    }

    [Fact]
    public async Task Who_wants_no_answer_gets_none_and_is_kept_all_the_same()
    {
        var (_, _, mn) = await Server.MonitorAsync();
        using var device = await CallAsync();
        await device.SendAsync([.. DustCalls.Frame(DustCalls.Segment(mn, Server.Now.AddSeconds(-1), flag: 4)), .. DustCalls.Frame(DustCalls.Segment(mn, Server.Now))]);
        Assert.Equal(DustCalls.Answered(mn, Server.Now), await device.AnswerAsync());
        Assert.Equal(4, await Server.ReadingsAsync(mn));
    }

    [Fact]
    public async Task Who_asks_for_the_time_is_answered_and_set()
    {
        var (_, _, mn) = await Server.MonitorAsync();
        using var device = await CallAsync();
        await device.SendAsync(DustCalls.Frame($"QN=20160801085857223;ST=39;CN=1013;PW=123456;MN={mn};Flag=5;CP=&&PolId=a34001&&"));
        Assert.Equal($"QN=20160801085857223;ST=91;CN=9013;PW=123456;MN={mn};Flag=4;CP=&&&&", await device.AnswerAsync());
        Assert.Equal($"QN=20260315100000000;ST=39;CN=1012;PW=123456;MN={mn};Flag=5;CP=&&PolId=a34001;SystemTime=20260315100000&&", await device.AnswerAsync());
    }

    [Fact]
    public async Task An_unknown_device_is_refused_noted_and_let_in_once_it_is_registered()
    {
        const string Mn = "NEWCOMER0000000000000001";
        using var device = await CallAsync();
        await device.SendAsync(DustCalls.Frame(DustCalls.Segment(Mn, Server.Now)));
        await Until.TrueAsync(async () => (await RefusalsAsync(Mn)).Count > 0, "it is noted");
        Assert.Equal(["unknown-mn"], await RefusalsAsync(Mn), StringComparer.Ordinal);

        await Server.AddAsync("monitors", new { name = "新监测仪", mn = Mn, lon = 111.5, lat = 36.1 });
        await Until.TrueAsync(
            async () =>
            {
                await device.SendAsync(DustCalls.Frame(DustCalls.Segment(Mn, Server.Now)));
                return await Server.ReadingsAsync(Mn) > 0;
            },
            "it is let in");
        Assert.Equal(DustCalls.Answered(Mn, Server.Now), await device.AnswerAsync());
    }

    [Fact]
    public async Task A_stranger_who_insists_is_hung_up_on()
    {
        using var device = await CallAsync();
        await device.SendAsync([.. Enumerable.Repeat(DustCalls.Frame(DustCalls.Segment("STRANGER", Server.Now)), 30).SelectMany(f => f)]);
        Assert.Null(await device.AnswerAsync());
    }

    [Fact]
    public async Task A_wrong_password_and_a_wrong_check_sum_are_refused_by_name()
    {
        var (_, _, mn) = await Server.MonitorAsync(("password", "secret"));
        using var device = await CallAsync();
        var segment = DustCalls.Segment(mn, Server.Now, password: "secret");
        var sound = DustCalls.Frame(segment);
        // The standard's sum has 256 values only: any one of them is now and then the right one.
        var sum = new[] { "0000", "0001", "0002" }.First(s => Crc.Check(Encoding.ASCII.GetBytes(segment), Encoding.ASCII.GetBytes(s)) == CrcState.Wrong);
        byte[] broken = [.. sound[..^6], .. Encoding.ASCII.GetBytes(sum + "\r\n")];
        await device.SendAsync([.. DustCalls.Frame(DustCalls.Segment(mn, Server.Now)), .. broken, .. sound]);
        Assert.Contains("CN=9014;PW=secret", await device.AnswerAsync(), StringComparison.Ordinal);
        Assert.Equal(["crc-wrong", "wrong-password"], (await RefusalsAsync(mn)).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(2, await Server.ReadingsAsync(mn));
    }

    [Theory]
    [InlineData("milligrams", "a34001-Rtd=0.18,a34001-Flag=N", 180, null)]
    [InlineData("nanograms", "a34001-Rtd=178000.000,a34001-Flag=N", 178, null)]
    [InlineData("micrograms", "a34001-Rtd=0.18,a34001-Flag=N", 0.18, "unitImplausible")]
    [InlineData("micrograms", "a34001-Rtd=178000.000,a34001-Flag=N", 178_000, "unitImplausible")]
    [InlineData("milligrams", "a34001-Rtd=132,a34001-Flag=N", 132_000, "unitImplausible")]
    [InlineData("micrograms", "a34001-Rtd=132,a34001-Flag=C", 132, "flagged")]
    [InlineData("micrograms", "a34001-Rtd=132", 132, "unflagged")]
    [InlineData("micrograms", "a34001-Rtd=-5,a34001-Flag=N", -5, "outOfRange")]
    public async Task Dust_is_kept_in_micrograms_and_what_cannot_be_does_not_count(string unit, string factors, double kept, string? quality)
    {
        var (_, _, mn) = await Server.MonitorAsync(("dustUnit", unit));
        using var device = await CallAsync();
        await device.SendAsync(DustCalls.Frame(DustCalls.Segment(mn, Server.Now, factors)));
        Assert.NotNull(await device.AnswerAsync());
        var reading = Assert.Single((await Server.OneAsync($"api/monitors/{mn}/readings?factor=A34001")).GetProperty("readings").EnumerateArray().ToList());
        Assert.Equal(kept, reading.GetProperty("value").GetDouble(), 6);
        Assert.Equal((quality, quality is null), (reading.GetProperty("quality").GetString(), reading.GetProperty("valid").GetBoolean()));
    }

    [Fact]
    public async Task A_clock_an_hour_ahead_is_kept_answered_and_not_believed()
    {
        var (_, _, mn) = await Server.MonitorAsync();
        using var device = await CallAsync();
        var ahead = Server.Now.AddHours(1);
        await device.SendAsync(DustCalls.Frame(DustCalls.Segment(mn, ahead)));
        Assert.Equal(DustCalls.Answered(mn, ahead), await device.AnswerAsync());
        var read = await Server.OneAsync($"api/monitors/{mn}/readings");
        Assert.All(read.GetProperty("readings").EnumerateArray().ToList(), r => Assert.Equal("clockOff", r.GetProperty("quality").GetString()));
    }

    [Fact]
    public async Task Means_are_computed_from_what_counts_and_stay_right_when_data_come_late()
    {
        var (_, _, mn) = await Server.MonitorAsync();
        using var device = await CallAsync();
        var hour = Server.Now.AddHours(-1);
        foreach (var (minute, value, flag) in new[] { (0, 100, 'N'), (5, 200, 'N'), (10, 900, 'D'), (40, 300, 'N') })
        {
            await device.SendAsync(DustCalls.Frame(DustCalls.Segment(mn, hour.AddMinutes(minute), $"a34002-Rtd={value},a34002-Flag={flag}")));
            Assert.NotNull(await device.AnswerAsync());
        }

        Assert.Equal([(300.0, true), (150.0, false)], await MeansAsync(mn, "15min"));
        Assert.Equal([(200.0, true)], await MeansAsync(mn, "hour"));
        await device.SendAsync(DustCalls.Frame(DustCalls.Segment(mn, hour.AddMinutes(12), "a34002-Rtd=600,a34002-Flag=N")));
        Assert.NotNull(await device.AnswerAsync());
        Assert.Equal([(300.0, true), (300.0, true)], await MeansAsync(mn, "15min"));
    }

    async Task<List<(double, bool)>> MeansAsync(string mn, string interval) =>
    [
        .. (await Server.OneAsync($"api/monitors/{mn}/readings?interval={interval}")).GetProperty("readings").EnumerateArray()
            .Select(r => (r.GetProperty("value").GetDouble(), r.GetProperty("valid").GetBoolean())),
    ];

    [Fact]
    public async Task Data_end_the_silence_of_a_monitor_at_their_own_time()
    {
        var (site, _, mn) = await Server.MonitorAsync(("installedOn", "2026-01-01"));
        Assert.Equal(["A28.Monitoring"], await Server.OpenRulesAsync(site), StringComparer.Ordinal);
        using var device = await CallAsync();
        await device.SendAsync(DustCalls.Frame(DustCalls.Segment(mn, Server.Now.AddMinutes(-2))));
        Assert.NotNull(await device.AnswerAsync());
        Assert.Empty(await Server.OpenRulesAsync(site));
    }

    [Fact]
    public async Task Readings_of_each_month_lie_in_a_partition_of_their_own()
    {
        var (_, _, mn) = await Server.MonitorAsync();
        using var device = await CallAsync();
        foreach (var at in new[] { Server.Now, Server.Now.AddMonths(-1), Server.Now.AddYears(-20) })
        {
            await device.SendAsync(DustCalls.Frame(DustCalls.Segment(mn, at, "LA-Rtd=50,LA-Flag=N")));
            Assert.NotNull(await device.AnswerAsync());
        }

        Assert.Equal(
            ["readings_202602", "readings_202603", "readings_other"],
            await Server.AskAllAsync($"select replace(tableoid::regclass::text, 'airmap.', '') from airmap.readings where mn = '{mn}' order by 1"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Questions_that_cannot_be_answered_are_refused()
    {
        var (_, _, mn) = await Server.MonitorAsync();
        (await Server.GetAsync($"api/monitors/{mn}/readings?interval=fortnight")).IsProblem(400, "query-invalid");
        (await Server.GetAsync($"api/monitors/{mn}/readings?from=yesterday")).IsProblem(400, "query-invalid");
        (await Server.GetAsync("api/monitors/NOBODY/readings")).IsProblem(404, "not-found");
    }

    async Task<List<string>> RefusalsAsync(string mn) =>
    [
        .. (await Server.GetAsync("api/monitors/refusals")).Json.EnumerateArray().Where(r => r.GetProperty("mn").GetString() == mn).Select(r => r.GetProperty("reason").GetString()!),
    ];
}
