using System.Globalization;
using System.Text;
using System.Text.Json;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Air;

/// <summary>Station values come in once, are corrected with their past kept, and bad ones stop nobody.</summary>
public sealed class AirIntakeTests(OwnServer own) : IClassFixture<OwnServer>
{
    /// <summary>08:00 in Beijing, two hours before the server's clock.</summary>
    static readonly DateTimeOffset Eight = AirMapServer.Morning.AddHours(-2);

    AirMapServer Server => own.Server;

    Task<JsonElement> StationAsync(params (string Name, object? Value)[] more) => Server.StationAsync(Server.FreshPlace(), more);

    async Task<List<JsonElement>> ValuesAsync(JsonElement station, string query = "") =>
        [.. (await Server.OneAsync($"api/stations/{station.Key()}/values{query}")).GetProperty("values").EnumerateArray()];

    [Fact]
    public async Task The_same_value_again_is_a_duplicate_and_another_one_a_correction_whose_past_is_kept()
    {
        var station = await StationAsync();
        Assert.Equal((1, 0, 0, 0), (await Server.SendAsync(AirCalls.Value(station.Code(), "PM2.5", Eight, 35))).Figures);
        var head = await Server.HeadAsync();
        Assert.Equal((0, 1, 0, 0), (await Server.SendAsync(AirCalls.Value(station.Code(), "PM2.5", Eight, 35))).Figures);
        Assert.Equal(head, await Server.HeadAsync());
        Assert.Equal((0, 0, 1, 0), (await Server.SendAsync(AirCalls.Value(station.Code(), "PM2.5", Eight, 36.5))).Figures);

        var value = Assert.Single(await ValuesAsync(station));
        Assert.Equal(36.5, value.GetProperty("value").GetDouble());
        Assert.Equal(35, Assert.Single(value.GetProperty("replaced").EnumerateArray()).GetProperty("value").GetDouble());
    }

    [Fact]
    public async Task Within_one_body_the_last_value_of_a_time_stands()
    {
        var station = await StationAsync();
        var counts = await Server.SendAsync(
            AirCalls.Value(station.Code(), "NO2", Eight, 20), AirCalls.Value(station.Code(), "NO2", Eight, 20), AirCalls.Value(station.Code(), "NO2", Eight, 21));
        Assert.Equal((1, 1, 1, 0), counts.Figures);
        Assert.Equal(21, Assert.Single(await ValuesAsync(station)).GetProperty("value").GetDouble());
    }

    [Fact]
    public async Task Any_moment_of_an_hour_or_Beijing_day_means_that_hour_or_day()
    {
        var station = await StationAsync();
        await Server.SendAsync(AirCalls.Value(station.Code(), "O3", Eight.AddMinutes(59), 90), AirCalls.Value(station.Code(), "O3", Eight.AddHours(-1), 80, "day"));
        Assert.Equal((0, 2, 0, 0), (await Server.SendAsync(
            AirCalls.Value(station.Code(), "O3", Eight, 90), AirCalls.Value(station.Code(), "O3", new(2026, 3, 15, 0, 0, 0, TimeSpan.FromHours(8)), 80, "day"))).Figures);
        Assert.Equal("2026-03-15T08:00:00+08:00 2026-03-15T00:00:00+08:00", string.Join(' ', (await ValuesAsync(station)).Select(v => v.GetProperty("at").GetString())));
    }

    [Fact]
    public async Task A_station_is_named_by_id_code_or_name_and_a_name_of_two_is_refused()
    {
        var station = await StationAsync();
        var name = "同名站" + Guid.NewGuid().ToString("N")[..6];
        await StationAsync(("name", name));
        await StationAsync(("name", name));
        var counts = await Server.SendAsync(
            AirCalls.Value(station.Key(), "SO2", Eight, 9), AirCalls.Value(station.Code(), "SO2", Eight.AddHours(-1), 9),
            AirCalls.Value(station.GetProperty("name").GetString()!, "SO2", Eight.AddHours(-2), 9), AirCalls.Value(name, "SO2", Eight, 9), AirCalls.Value("无此站", "SO2", Eight, 9));
        Assert.Equal((3, 0, 0, 2), counts.Figures);
        Assert.Equal([(4, "station-ambiguous"), (5, "station-unknown")], counts.Rejected.Select(r => ((int)r.Line, r.Reason.Split(':')[0])));
    }

    [Theory]
    [InlineData("PM2.5", 0.035, "mg/m³", 35)]
    [InlineData("PM2.5", 35, "μg/m³", 35)]
    [InlineData("PM10", 35, "ug/m3", 35)]
    [InlineData("CO", 1.2, null, 1.2)]
    [InlineData("CO", 1200, "µg/m³", 1.2)]
    public async Task Units_are_brought_to_that_of_the_factor(string factor, double value, string? unit, double kept)
    {
        var station = await StationAsync();
        var sent = AirCalls.Value(station.Code(), factor, Eight, value);
        sent["unit"] = unit;
        Assert.Equal(1, (await Server.SendAsync(sent)).Stored);
        Assert.Equal(kept, Assert.Single(await ValuesAsync(station)).GetProperty("value").GetDouble());
    }

    [Theory]
    [InlineData("value", "\"NaN\"", "not-a-number")]
    [InlineData("value", "1e400", "not-a-number")]
    [InlineData("value", "-1", "out-of-range")]
    [InlineData("value", "35000", "out-of-range")]
    [InlineData("value", "null", "missing")]
    [InlineData("unit", "\"ppm\"", "unit-unknown")]
    [InlineData("factor", "\"PM1\"", "factor-unknown")]
    [InlineData("interval", "\"week\"", "interval-unknown")]
    [InlineData("at", "\"yesterday\"", "time-invalid")]
    [InlineData("at", "\"1999-12-31T23:00:00+08:00\"", "time-implausible")]
    [InlineData("at", "\"2026-03-15T11:30:00+08:00\"", "in-the-future")]
    [InlineData("valid", "\"yes\"", "not-a-flag")]
    [InlineData("station", "{}", "not-a-text")]
    [InlineData("station", "\"a\\u0000b\"", "too-long")]
    public async Task A_bad_value_is_named_with_its_line_and_stops_nobody(string field, string json, string reason)
    {
        var station = await StationAsync();
        var bad = AirCalls.Value(station.Code(), "PM2.5", Eight, 35).ToDictionary(p => p.Key, p => JsonSerializer.Serialize(p.Value), StringComparer.Ordinal);
        bad[field] = json;
        var good = JsonSerializer.Serialize(AirCalls.Value(station.Code(), "PM2.5", Eight.AddHours(-1), 30));
        var counts = AirCounts.Read(await Server.PostAsync(AirCalls.Intake, $"[{{{string.Join(',', bad.Select(p => $"\"{p.Key}\":{p.Value}"))}}},{good}]"));

        Assert.Equal((1, 0, 0, 1), counts.Figures);
        var rejection = Assert.Single(counts.Rejected);
        Assert.Equal((1, reason), (rejection.Line, rejection.Reason.Split(':')[0]));
        Assert.Empty(Server.TakeErrors());
    }

    [Theory]
    [InlineData("", "empty-body")]
    [InlineData("<html>", "not-json")]
    [InlineData("[{\"station\":\"x\"}", "truncated")]
    [InlineData("[NaN]", "malformed-json")]
    public async Task A_body_that_is_no_list_of_values_is_refused_with_the_counts_so_far(string body, string type)
    {
        var refused = (await Server.PostAsync(AirCalls.Intake, body)).IsProblem(400, type);
        Assert.Equal(0, AirCounts.Of(refused.Json).Stored);
    }

    [Fact]
    public async Task Ten_thousand_lines_are_taken_and_the_same_again_stores_none()
    {
        var stations = new[] { await StationAsync(), await StationAsync(), await StationAsync(), await StationAsync(), await StationAsync() };
        var lines = new StringBuilder();
        for (var i = 0; i < 10_000; i++)
        {
            var value = AirCalls.Value(stations[i % 5].Code(), i % 2 == 0 ? "PM2.5" : "PM10", Eight.AddHours(-(i / 10)), 20 + (i % 40));
            lines.AppendLine(i % 100 == 99 ? "{\"station\":1" : JsonSerializer.Serialize(value));
        }

        var counts = AirCounts.Read(await Server.PostAsync(AirCalls.Intake, lines.ToString(), "application/x-ndjson"));
        Assert.Equal((9_900, 0, 0, 100), counts.Figures);
        Assert.Equal(100, counts.Rejected[0].Line);
        var again = AirCounts.Read(await Server.PostAsync(AirCalls.Intake, lines.ToString(), "application/x-ndjson"));
        Assert.Equal((0, 9_900, 0, 100), again.Figures);
    }

    [Fact]
    public async Task The_log_tells_of_one_commit_once_per_station()
    {
        var (one, other) = (await StationAsync(), await StationAsync());
        var head = await Server.HeadAsync();
        await Server.SendAsync(
            AirCalls.Value(one.Code(), "PM2.5", Eight, 35), AirCalls.Value(one.Code(), "PM10", Eight.AddHours(-1), 70), AirCalls.Value(other.Code(), "PM2.5", Eight, 33));

        var told = (await Server.EventsAsync(head)).FindAll(e => e.Type() == "reading.stored");
        Assert.Equal(2, told.Count);
        var first = Assert.Single(told, e => e.Id() == one.Key());
        Assert.Equal(one.GetProperty("county").GetString(), first.GetProperty("county").GetString());
        Assert.Equal(2, first.GetProperty("data").GetProperty("stored").GetInt32());
        Assert.Equal("PM2.5 PM10", string.Join(' ', first.GetProperty("data").GetProperty("factors").EnumerateArray().Select(f => f.GetString())));
    }

    [Fact]
    public async Task Simulated_values_belong_to_simulated_stations_only()
    {
        var (real, simulated) = (await StationAsync(), await StationAsync(("simulated", true)));
        var marked = AirCalls.Value(real.Code(), "PM2.5", Eight, 35);
        marked["simulated"] = true;
        var unmarked = AirCalls.Value(simulated.Code(), "PM2.5", Eight, 35);
        unmarked["simulated"] = false;
        var silent = AirCalls.Value(simulated.Code(), "PM2.5", Eight, 35);

        var counts = await Server.SendAsync(marked, unmarked, silent);

        Assert.Equal((1, 0, 0, 2), counts.Figures);
        Assert.All(counts.Rejected, r => Assert.StartsWith("simulated-mismatch", r.Reason, StringComparison.Ordinal));
        Assert.True(await Server.AskAsync<bool>($"select simulated from airmap.air_values where station_id = '{simulated.Key()}'"));
        Assert.True(await Server.AskAsync<bool>($"select simulated from airmap.device_states where subject_id = '{simulated.Key()}'"));
        Assert.Empty(await ValuesAsync(real));
    }

    [Fact]
    public async Task A_simulated_station_with_the_code_of_a_real_one_stays_apart()
    {
        var real = await StationAsync();
        var twin = await StationAsync(("code", real.Code()), ("simulated", true));
        var value = AirCalls.Value(real.Code(), "CO", Eight, 1);
        await Server.SendAsync(value);
        value["simulated"] = true;
        await Server.SendAsync(value);
        Assert.Single(await ValuesAsync(real));
        Assert.Single(await ValuesAsync(twin));
    }

    [Fact]
    public async Task Values_are_read_by_factor_interval_and_time()
    {
        var station = await StationAsync();
        await Server.SendAsync(
            AirCalls.Value(station.Code(), "PM2.5", Eight, 35), AirCalls.Value(station.Code(), "PM2.5", Eight.AddHours(-5), 36), AirCalls.Value(station.Code(), "PM10", Eight, 70),
            AirCalls.Value(station.Code(), "PM2.5", Eight.AddDays(-1), 40, "day"));
        Assert.Equal([35, 36], (await ValuesAsync(station, "?factor=PM2.5&interval=hour")).Select(v => v.GetProperty("value").GetDouble()));
        var from = Uri.EscapeDataString(Eight.AddHours(-4).ToString("O", CultureInfo.InvariantCulture));
        Assert.Equal([35], (await ValuesAsync(station, $"?factor=PM2.5&from={from}")).Select(v => v.GetProperty("value").GetDouble()));
        Assert.Equal([40], (await ValuesAsync(station, "?interval=day")).Select(v => v.GetProperty("value").GetDouble()));
        (await Server.GetAsync($"api/stations/{station.Key()}/values?factor=PM1")).IsProblem(400, "query-invalid");
        (await Server.GetAsync($"api/stations/{Guid.NewGuid()}/values")).IsProblem(404, "not-found");
    }
}
