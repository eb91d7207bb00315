using System.IO.Compression;
using System.Net;
using System.Text;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Intake;

/// <summary>What must never be sent will be. The answer is clear, the counts are true, and nothing is half-stored.</summary>
public sealed class HostileBodyTests(HostileBodyTests.SmallBatches own) : IClassFixture<HostileBodyTests.SmallBatches>
{
    const string Header = "latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,confidence,version,bright_t31,frp,daynight";

    const int BatchRows = 10;

    readonly AirMapServer server = own.Server;

    public sealed class SmallBatches(MigratedCluster cluster) : IAsyncLifetime
    {
        AirMapServer? server;

        public AirMapServer Server => server!;

        public async ValueTask InitializeAsync() => server = await AirMapServer.StartAsync(
            cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning), $"Intake:BatchRows={BatchRows}", "Intake:MaxUnpackedBytes=1000000");

        public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(Reading.Detections, "", 400, "empty-body")]
    [InlineData(Reading.Detections, " \r\n\t ", 400, "empty-body")]
    [InlineData(Reading.Detections, "<html><body>502</body></html>", 400, "not-json")]
    [InlineData(Reading.Detections, "NaN", 400, "not-json")]
    [InlineData(Reading.Detections, "latitude,longitude\n1,2\n", 400, "not-json")]
    [InlineData(Reading.Detections, "[", 400, "truncated")]
    [InlineData(Reading.Detections, "[{},", 400, "truncated")]
    [InlineData(Reading.Detections, "[{\"lon\": NaN}]", 400, "malformed-json")]
    [InlineData(Reading.Detections, "[{} {}]", 400, "malformed-json")]
    [InlineData(Reading.Detections, "[{}]x", 400, "malformed-json")]
    [InlineData(Reading.Detections, "[{}] [{}]", 400, "malformed-json")]
    [InlineData(Reading.Detections, "[\0]", 400, "malformed-json")]
    [InlineData(Reading.Firms, "", 400, "not-firms-csv")]
    [InlineData(Reading.Firms, "\n\n", 400, "not-firms-csv")]
    [InlineData(Reading.Firms, "<!DOCTYPE html><html></html>", 400, "not-firms-csv")]
    [InlineData(Reading.Firms, "Invalid MAP_KEY.", 400, "not-firms-csv")]
    [InlineData(Reading.Firms, "[{\"detectionId\":\"1\"}]", 400, "not-firms-csv")]
    [InlineData(Reading.Firms, "a,b,c\n1,2,3\n", 400, "not-firms-csv")]
    [InlineData(Reading.Firms, "lat\0itude,longitude\n", 400, "not-firms-csv")]
    [InlineData(Reading.Firms + "?source=LANDSAT_NRT", Header, 400, "source-unknown")]
    [InlineData(Reading.Firms + "?simulated=perhaps", Header, 400, "bad-request")]
    public async Task A_body_that_is_none_is_refused_and_changes_nothing(string path, string body, int status, string type)
    {
        var before = await StateAsync();

        (await server.PostAsync(path, Encoding.UTF8.GetBytes(body))).IsProblem(status, type);

        Assert.Equal(before, await StateAsync());
        await IsWellAsync();
    }

    [Fact]
    public async Task A_file_without_fires_is_the_header_alone_and_is_fine() =>
        Assert.Equal(0, (await server.PostAsync(Reading.Firms, Header + "\n", "text/csv")).Accepted().Received);

    [Fact]
    public async Task Bad_rows_of_a_FIRMS_file_are_told_by_line_and_reason_and_the_good_ones_are_stored()
    {
        var place = server.FreshPlace();
        string Good(string time) => FormattableString.Invariant($"{place.Lat},{place.Lon},320,1.0,1.0,2026-03-15,{time},T,80,6.1NRT,290,9.9,D");
        (string Row, string? Reason)[] rows =
        [
            (Good("0100"), null),
            (Good("0101").Replace("320", "NaN", StringComparison.Ordinal), null),
            ("NaN,111.5,320,1,1,2026-03-15,0100,T,80,6,290,1,D", "not-a-number"),
            ("36.0,Infinity,320,1,1,2026-03-15,0100,T,80,6,290,1,D", "not-a-number"),
            ("111.5,36.0,320,1,1,2026-03-15,0100,T,80,6,290,1,D", "coordinates-swapped"),
            ("36.0,111.5,320,1,1,1970-01-01,0000,T,80,6,290,1,D", "time-implausible"),
            ("36.0,111.5,320,1,1,2026-03-15,2560,T,80,6,290,1,D", "time-invalid"),
            ("36.0,111.5,320,1,1,2026-03-15,0100,Sputnik,80,6,290,1,D", "satellite-unknown"),
            ("36.0,111.5\0,320,1,1,2026-03-15,0100,T,80,6,290,1,D", "nul-byte"),
            ("36.0,111.5,320", "columns-missing"),
            (Good("0102") + ",surplus,surplus", "columns-surplus"),
            ("36.0,111.5,320,1,1,2026-03-15,0100,T,101,6,290,1,D", "confidence-invalid"),
            ("36.0,111.5,320,1,1,2026-03-15,0100,T,80,6,290,-1,D", "frp-negative"),
            ("'; drop table airmap.detections; --,1,1,1,1,1,1,1,1,1,1,1,1", "not-a-number"),
            (Good("0103"), null),
        ];

        var counts = (await server.PostAsync(Reading.Firms, Header + "\n" + string.Join('\n', rows.Select(r => r.Row)), "text/csv")).Accepted();

        var expected = rows.Select((r, n) => (Line: n + 2L, r.Reason)).Where(r => r.Reason is not null).ToList();
        Assert.Equal((rows.Length - expected.Count, 0, 0, 0, expected.Count), counts.Figures);
        Assert.Equal(expected, counts.Rejected.Select(r => (r.Line, (string?)r.Reason.Split(':')[0])));
        await IsWellAsync();
    }

    [Fact]
    public async Task Unknown_columns_and_fields_are_passed_over()
    {
        var place = server.FreshPlace();

        var file = (await server.PostAsync(Reading.Firms, FormattableString.Invariant(
            $"acq_time,weather,latitude,satellite,longitude,acq_date,\n0100,fog,{place.Lat},T,{place.Lon},2026-03-15,\n"), "text/csv")).Accepted();
        var call = (await server.PostAsync(Reading.Detections, $"[{new Sighting("unknown-fields", server.Now, place).ToJson()[..^1]},\"mood\":{{\"a\":[1,2,{{}}]}}}}]")).Accepted();

        Assert.Equal((1, 1), (file.Stored, call.Stored));
    }

    [Fact]
    public async Task Deep_JSON_is_rejected()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 100_000));
        (await server.PostAsync(Reading.Detections, "[" + deep)).IsProblem(400, "malformed-json");
        var line = await server.PostAsync(Reading.Detections, $"{{\"a\":{new string('[', 5_000)}{new string(']', 5_000)}}}\n");
        Assert.StartsWith("malformed-json", line.Accepted().Rejected[0].Reason, StringComparison.Ordinal);
        await IsWellAsync();
    }

    [Fact]
    public async Task A_huge_id_is_rejected_and_a_huge_element_too()
    {
        var tooLong = new Sighting(new string('x', 201), server.Now, server.FreshPlace());
        Assert.StartsWith("too-long: detectionId", (await server.ReportAsync(tooLong)).Rejected[0].Reason, StringComparison.Ordinal);
        Assert.Equal(1, (await server.ReportAsync(tooLong with { DetectionId = new string('字', 200) })).Stored);

        var huge = tooLong with { DetectionId = new string('x', 200_000) };
        var array = await server.PostAsync(Reading.Detections, Sighting.Array([huge]));
        Assert.True(array.Status == HttpStatusCode.BadRequest || array.Accepted().Rejected[0].Reason.StartsWith("too-long", StringComparison.Ordinal), array.Text);
        var line = await server.PostAsync(Reading.Detections, huge.ToJson() + "\n");
        Assert.True(line.Status == HttpStatusCode.BadRequest || line.Accepted().Rejected[0].Reason.StartsWith("too-long", StringComparison.Ordinal), line.Text);
        (await server.PostAsync(Reading.Firms, new string('x', 200_000), "text/csv")).IsProblem(400, "line-too-long");
        await IsWellAsync();
    }

    [Fact]
    public async Task A_lone_surrogate_or_invalid_UTF_8_in_a_text_breaks_nothing()
    {
        var place = server.FreshPlace();
        var json = new Sighting("@@", server.Now, place).ToJson();

        foreach (var id in new[] { "\"\\ud800\"", "\"\\udc00x\"" })
        {
            var counts = (await server.PostAsync(Reading.Detections, $"[{json.Replace("\"@@\"", id, StringComparison.Ordinal)}]")).Accepted();
            Assert.Equal((0, 0, 0, 0, 1), counts.Figures);
        }

        var latin = Encoding.Latin1.GetBytes($"[{json.Replace("@@", "\u00e9\u00ff", StringComparison.Ordinal)}]");
        var answer = await server.PostAsync(Reading.Detections, latin);
        Assert.True((int)answer.Status is 200 or 400, answer.Text);
        Assert.Equal(0, answer.Counts().Stored);
        await IsWellAsync();
    }

    [Fact]
    public async Task A_cut_array_keeps_its_whole_batches_counts_them_truly_and_a_repeat_completes_it()
    {
        var sightings = Enumerable.Range(0, 25).Select(n => new Sighting($"cut-{n}", server.Now, server.FreshPlace())).ToArray();
        var whole = Sighting.Array(sightings);

        var counts = (await server.PostAsync(Reading.Detections, whole[..^40])).IsProblem(400, "truncated").Counts();

        Assert.Equal((20, 0, 0, 0, 0), counts.Figures);
        Assert.Equal(20L, await server.AskAsync<long>("select count(*) from airmap.detections where detection_id like 'cut-%'"));
        Assert.Equal((5, 20, 0, 0, 0), (await server.PostAsync(Reading.Detections, whole)).Accepted().Figures);
    }

    [Theory]
    [InlineData("cut off")]
    [InlineData("with a wrong checksum")]
    public async Task Broken_gzip_is_refused_with_true_counts_and_a_repeat_completes_it(string how)
    {
        var packed = Packed(how, out var rows);
        var broken = how == "cut off" ? packed[..(packed.Length * 3 / 4)] : [.. packed[..^8], .. "12345678"u8];

        var counts = (await server.PostAsync(Reading.Detections, broken)).IsProblem(400, "broken-gzip").Counts();

        Assert.Equal((0, 0, 0, 0), (counts.Duplicates, counts.Outside, counts.Quarantined, counts.RejectedCount));
        Assert.True(counts.Stored > 0 && counts.Stored % BatchRows == 0, $"{counts.Stored} are whole batches");
        Assert.Equal(counts.Stored, await server.AskAsync<long>($"select count(*) from airmap.detections where detection_id like '{how}%'"));
        Assert.Equal((rows - counts.Stored, counts.Stored, 0, 0, 0), (await server.PostAsync(Reading.Detections, packed)).Accepted().Figures);
        await IsWellAsync();
    }

    [Fact]
    public async Task Gzip_with_rubbish_in_the_middle_is_refused_and_what_is_counted_as_stored_is_stored()
    {
        // A block of the reserved kind: rubbish inside a block may unpack to rubbish, and is refused as what that is.
        using var body = new MemoryStream();
        using (var gzip = new GZipStream(body, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Plain("rubbish", 2_000));
            gzip.Flush();
            body.Write(Enumerable.Repeat((byte)0xFF, 64).ToArray());
            gzip.Write(Plain("never", 200));
        }
        var packed = body.ToArray();

        var counts = (await server.PostAsync(Reading.Detections, packed)).IsProblem(400, "broken-gzip").Counts();

        Assert.Equal(0, counts.Received % BatchRows);
        Assert.Equal(counts.Stored, await server.AskAsync<long>("select count(*) from airmap.detections where detection_id like 'rubbish%'"));
        await IsWellAsync();
    }

    /// <summary>Random ids do not compress away, so damage lies far behind the first rows.</summary>
    byte[] Packed(string name, out int rows) => RealFiles.Gzip(Plain(name, rows = 2_000));

    byte[] Plain(string name, int rows)
    {
        var place = server.FreshPlace();
        var lines = Enumerable.Range(0, rows).Select(n => new Sighting($"{name}-{Guid.NewGuid()}", server.Now.AddSeconds(-n), place).ToJson());
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    [Theory]
    [InlineData(Reading.Detections)]
    [InlineData(Reading.Firms)]
    public async Task What_calls_itself_gzip_and_is_not_is_refused(string path)
    {
        using var body = new ByteArrayContent("not packed at all"u8.ToArray()) { Headers = { ContentEncoding = { "gzip" } } };
        (await server.PostAsync(path, body)).IsProblem(400, "broken-gzip");
        using var other = new ByteArrayContent("[]"u8.ToArray()) { Headers = { ContentEncoding = { "br" } } };
        (await server.PostAsync(path, other)).IsProblem(415, "encoding-unsupported");
    }

    [Fact]
    public async Task A_bomb_is_refused_by_what_it_unpacks_to()
    {
        var rows = new StringBuilder(Header).Append('\n');
        var place = server.FreshPlace();
        rows.Append(FormattableString.Invariant($"{place.Lat},{place.Lon},320,1.0,1.0,2026-03-15,0107,T,80,6.1NRT,290,9.9,D\n"));
        rows.Append('\n', 3_000_000);

        var packed = RealFiles.Gzip(Encoding.UTF8.GetBytes(rows.ToString()));
        Assert.True(packed.Length < 50_000);
        (await server.PostAsync(Reading.Firms, packed)).IsProblem(413, "body-too-large");
        await IsWellAsync();
    }

    [Theory]
    [InlineData("api/events?after=abc")]
    [InlineData("api/events?after=-1")]
    [InlineData("api/events?after=99999999999999999999")]
    [InlineData("api/events?limit=0")]
    [InlineData("api/counties?simulated=1")]
    [InlineData("api/violations/trend?days=0")]
    [InlineData("api/fires?county=%00")]
    [InlineData("api/violations?rule=%00")]
    [InlineData("api/undecidable?rule=%00")]
    [InlineData("api/fires?from=0001-01-01T00:00:00%2B14:00")]
    [InlineData("api/fires?cursor=OTk5OTk5OTk5OTk5OTk5OTk5OTkv")]
    [InlineData("api/fires?bbox=-1e308,-1e308,1e308,1e308")]
    [InlineData("api/fires?bbox=1,2,3,4&bbox=5,6,7,8")]
    public async Task A_hostile_query_gets_a_plain_answer(string path)
    {
        var answer = await server.GetAsync(path);

        Assert.True((int)answer.Status is 200 or 400, $"{(int)answer.Status} {answer.Text}");
        await IsWellAsync();
    }

    async Task<(long Detections, long Held, long Head)> StateAsync() => (
        await server.AskAsync<long>("select count(*) from airmap.detections"),
        await server.AskAsync<long>("select count(*) from airmap.quarantined_detections"),
        await server.HeadAsync());

    async Task IsWellAsync()
    {
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("health/ready")).Status);
        Assert.Empty(server.TakeErrors());
    }
}
