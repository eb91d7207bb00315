using System.Globalization;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Intake;

public sealed class DetectionCallTests(OwnServer own) : IClassFixture<OwnServer>
{
    readonly AirMapServer server = own.Server;

    [Theory]
    [InlineData("CGCS2000")]
    [InlineData("WGS84")]
    [InlineData("GCJ02")]
    [InlineData("BD09")]
    [InlineData("EPSG:4490")]
    [InlineData("EPSG:4546")]
    [InlineData("EPSG:4525")]
    [InlineData("EPSG:4508")]
    public async Task A_place_in_any_coordinate_system_is_stored_as_CGCS2000(string crs)
    {
        var place = server.FreshPlace();
        Assert.True(CoordinateSystem.TryParse(crs, out var system));
        var (x, y) = system.FromCgcs2000(place);

        await server.ReportAsync(new Sighting("crs-" + crs, server.Now, new(x, y)) { Crs = crs });

        var stored = await server.AskAsync<string>($"select st_x(position)::numeric(12,6) || ' ' || st_y(position)::numeric(12,6) from airmap.detections where detection_id = 'crs-{crs}'");
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{place.Lon:F6} {place.Lat:F6}"), stored);
    }

    [Fact]
    public async Task The_known_vector_of_zone_37_lands_in_Yaodu()
    {
        await server.ReportAsync(new Sighting("vector", server.Now, new(37_546_837.917, 3_994_544.622)) { Crs = "EPSG:4525" });

        var fire = await server.FireOfDetectionAsync("vector");
        Assert.Equal("141002", fire.Text("county"));
        Assert.Equal(111.52, fire.GetProperty("geometry").GetProperty("coordinates")[0].GetDouble(), 6);
        Assert.Equal(36.08, fire.GetProperty("geometry").GetProperty("coordinates")[1].GetDouble(), 6);
    }

    [Theory]
    [InlineData("array")]
    [InlineData("pretty array")]
    [InlineData("lines")]
    [InlineData("lines without a last line end")]
    [InlineData("lines of Windows with blank ones")]
    [InlineData("one object")]
    [InlineData("byte order mark")]
    [InlineData("gzip")]
    public async Task Every_form_of_a_body_is_read(string form)
    {
        var sightings = Enumerable.Range(0, form == "one object" ? 1 : 3).Select(n => new Sighting($"{form}-{n}", server.Now, server.FreshPlace())).ToArray();
        var lines = sightings.Select(s => s.ToJson()).ToArray();
        var body = form switch
        {
            "pretty array" => $"  [\n  {string.Join(" ,\n", sightings.Select(s => s.ToJson(indented: true)))}\n ]\n",
            "lines" or "one object" => string.Join('\n', lines) + "\n",
            "lines without a last line end" => string.Join('\n', lines),
            "lines of Windows with blank ones" => "\r\n" + string.Join("\r\n\r\n", lines) + "\r\n\r\n",
            "byte order mark" => "\uFEFF" + Sighting.Array(sightings),
            _ => Sighting.Array(sightings),
        };
        var bytes = System.Text.Encoding.UTF8.GetBytes(body);

        var counts = (await server.PostAsync(Reading.Detections, form == "gzip" ? RealFiles.Gzip(bytes) : bytes)).Accepted();

        Assert.Equal((sightings.Length, 0, 0, 0, 0), counts.Figures);
    }

    [Fact]
    public async Task A_single_object_over_several_lines_is_read_or_its_refusal_says_what_to_send()
    {
        var answer = await server.PostAsync(Reading.Detections, new Sighting("alone", server.Now, server.FreshPlace()).ToJson(indented: true));

        Assert.True((int)answer.Status is 200 or 400, answer.Text);
        Assert.Equal(answer.Counts().Stored, await server.AskAsync<long>("select count(*) from airmap.detections where detection_id = 'alone'"));
    }

    [Theory]
    [InlineData("\"sourceKind\":\"balloon\"", "source-kind-unknown")]
    [InlineData("\"sourceKind\":null", "missing: sourceKind")]
    [InlineData("\"sourceKind\":1", "not-a-text: sourceKind")]
    [InlineData("\"detectionId\":null", "missing: detectionId")]
    [InlineData("\"detectionId\":\" \"", "missing: detectionId")]
    [InlineData("\"detectionId\":17", "not-a-text: detectionId")]
    [InlineData("\"detectionId\":\"a\\u0000b\"", "nul-byte: detectionId")]
    [InlineData("\"imageUrl\":\"a\\u0000b\"", "nul-byte: imageUrl")]
    [InlineData("\"at\":null", "missing: at")]
    [InlineData("\"at\":\"2026-03-15T09:00:00\"", "time-invalid")]
    [InlineData("\"at\":\"15.03.2026 09:00+08:00\"", "time-invalid")]
    [InlineData("\"at\":\"2026-02-30T09:00:00Z\"", "time-invalid")]
    [InlineData("\"at\":1773540000", "not-a-text: at")]
    [InlineData("\"at\":\"1970-01-01T00:00:00Z\"", "time-implausible")]
    [InlineData("\"lon\":null", "missing: lon")]
    [InlineData("\"lat\":\"36\"", "not-a-number: lat")]
    [InlineData("\"lon\":1e999", "not-a-number: lon")]
    [InlineData("\"lon\":36.08,\"lat\":111.52", "coordinates-swapped")]
    [InlineData("\"lon\":111.52,\"lat\":97", "latitude-out-of-range")]
    [InlineData("\"lon\":181,\"lat\":36", "longitude-out-of-range")]
    [InlineData("\"crs\":\"EPSG:3857\"", "crs-unknown")]
    [InlineData("\"crs\":\"EPSG:4546\",\"lon\":1e300,\"lat\":-1e300", "coordinates-out-of-range")]
    [InlineData("\"radiusMetres\":-1", "out-of-range: radiusMetres")]
    [InlineData("\"radiusMetres\":60000", "out-of-range: radiusMetres")]
    [InlineData("\"bearing\":361", "out-of-range: bearing")]
    [InlineData("\"confidence\":1.01", "out-of-range: confidence")]
    [InlineData("\"confidence\":\"high\"", "not-a-number: confidence")]
    [InlineData("\"frpMegawatts\":-0.1", "out-of-range: frpMegawatts")]
    [InlineData("\"simulated\":\"yes\"", "not-a-flag: simulated")]
    public async Task A_bad_element_is_told_with_its_number_and_reason_and_stops_nobody(string fault, string reason)
    {
        var good = new Sighting(Guid.NewGuid().ToString(), server.Now, server.FreshPlace());
        var bad = System.Text.Json.Nodes.JsonNode.Parse((good with { DetectionId = "bad" }).ToJson())!.AsObject();
        var names = fault.Split(',').Select(part => part.Split(':')[0].Trim('"')).ToHashSet(StringComparer.Ordinal);
        var rest = string.Concat(bad.Where(p => !names.Contains(p.Key)).Select(p => $",\"{p.Key}\":{p.Value!.ToJsonString()}"));

        var counts = (await server.PostAsync(Reading.Detections, $"[{{{fault}{rest}}},{good.ToJson()}]")).Accepted();

        Assert.Equal((1, 0, 0, 0, 1), counts.Figures);
        Assert.Equal(1, counts.Rejected[0].Line);
        Assert.StartsWith(reason, counts.Rejected[0].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("17")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("[]")]
    public async Task What_is_no_object_is_rejected(string element)
    {
        var counts = (await server.PostAsync(Reading.Detections, $"[{element}]")).Accepted();

        Assert.StartsWith("not-an-object", Assert.Single(counts.Rejected).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_line_of_NDJSON_stops_nobody()
    {
        var (one, two) = (new Sighting("line-1", server.Now, server.FreshPlace()), new Sighting("line-4", server.Now, server.FreshPlace()));

        var counts = (await server.PostAsync(Reading.Detections, $"{one.ToJson()}\n\n{{\"detectionId\": nonsense}}\n{two.ToJson()}", "application/x-ndjson")).Accepted();

        Assert.Equal((2, 0, 0, 0, 1), counts.Figures);
        Assert.Equal(3, counts.Rejected[0].Line);
        Assert.StartsWith("malformed-json", counts.Rejected[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_thousand_first_rejections_are_listed_and_all_are_counted()
    {
        var counts = (await server.PostAsync(Reading.Detections, $"[{string.Join(',', Enumerable.Repeat("{}", 2_500))}]")).Accepted();

        Assert.Equal(2_500, counts.RejectedCount);
        Assert.Equal(Enumerable.Range(1, 1_000).Select(n => (long)n), counts.Rejected.Select(r => r.Line));
    }

    [Fact]
    public async Task The_same_id_again_is_a_duplicate_and_with_other_content_a_conflict()
    {
        var place = server.FreshPlace();
        var sighting = new Sighting("same", server.Now, place) { Confidence = 0.5 };
        await server.ReportAsync(sighting);

        Assert.Equal((0, 1, 0, 0, 0), (await server.ReportAsync(sighting)).Figures);
        foreach (var other in new[]
        {
            sighting with { Confidence = 0.6 }, sighting with { At = server.Now.AddSeconds(1) }, sighting with { Place = FreshPlaces.EastOf(place, 1) },
        })
        {
            var counts = await server.ReportAsync(other);
            Assert.Equal((0, 0, 0, 0, 1), counts.Figures);
            Assert.StartsWith("conflict", counts.Rejected[0].Reason, StringComparison.Ordinal);
        }

        Assert.Equal(1, Assert.Single(await server.FiresNearAsync(place)).Number("detections"));
    }

    [Fact]
    public async Task Duplicates_and_conflicts_within_one_body_are_told_apart()
    {
        var place = server.FreshPlace();
        var sighting = new Sighting("within", server.Now, place);

        var counts = await server.ReportAsync(sighting, sighting, sighting with { RadiusMetres = 7 }, sighting);

        Assert.Equal((1, 2, 0, 0, 1), counts.Figures);
        Assert.Equal(3, counts.Rejected[0].Line);
    }

    [Fact]
    public async Task Forty_senders_of_the_same_detection_at_once_store_it_once()
    {
        var body = Sighting.Array([new("rush", server.Now, server.FreshPlace())]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => server.PostAsync(Reading.Detections, body)));

        Assert.Equal(1, answers.Sum(a => a.Accepted().Stored));
        Assert.Equal(39, answers.Sum(a => a.Counts().Duplicates));
    }

    [Fact]
    public async Task Identity_is_feed_and_kind_and_id()
    {
        var place = server.FreshPlace();
        var sighting = new Sighting("shared-id", server.Now, place);

        var counts = await server.ReportAsync(
            sighting, sighting with { Feed = "towers", Confidence = 0.1 }, sighting with { Feed = "phones", Confidence = 0.2 }, sighting with { SourceKind = "drone", Confidence = 0.3 });
        var byAddress = (await server.PostAsync(Reading.Detections + "?feed=towers", Sighting.Array([sighting with { Confidence = 0.1 }]))).Accepted();

        Assert.Equal(4, counts.Stored);
        Assert.Equal(1, byAddress.Duplicates);
        Assert.Equal(4, Assert.Single(await server.FiresNearAsync(place)).Number("detections"));
    }

    [Fact]
    public async Task What_is_outside_the_city_is_counted_and_not_stored()
    {
        var counts = await server.ReportAsync(new("taiyuan", server.Now, new(112.55, 37.87)), new("inside", server.Now, server.FreshPlace()));

        Assert.Equal((1, 0, 1, 0, 0), counts.Figures);
        Assert.Equal(0L, await server.AskAsync<long>("select count(*) from airmap.detections where detection_id = 'taiyuan'"));
    }

    [Fact]
    public async Task Simulated_never_joins_real_in_either_order()
    {
        var place = server.FreshPlace();

        await server.ReportAsync(
            new("real-1", server.Now, place), new Sighting("played-1", server.Now, place) { Simulated = true },
            new("real-2", server.Now, place), new Sighting("played-2", server.Now, place) { Simulated = true });

        var fires = await server.FiresNearAsync(place);
        Assert.Equal([(false, 2), (true, 2)], fires.Select(f => (f.Property("simulated").GetBoolean(), f.Number("detections"))).Order());
        Assert.Equal(2, (await server.ViolationsNearAsync(place)).Count);
    }

    [Fact]
    public async Task A_simulated_detection_does_not_block_a_real_one_of_the_same_feed_and_id()
    {
        var (place, elsewhere) = (server.FreshPlace(), server.FreshPlace());
        var played = new Sighting("played-first", server.Now, place) { Simulated = true };
        var real = new Sighting("played-first", server.Now, elsewhere);

        Assert.Equal((1, 0, 0, 0, 0), (await server.ReportAsync(played)).Figures);
        Assert.Equal((1, 0, 0, 0, 0), (await server.ReportAsync(real)).Figures);
        Assert.Equal((0, 2, 0, 0, 0), (await server.ReportAsync(real, played)).Figures);
        Assert.False(Assert.Single(await server.FiresNearAsync(elsewhere)).Property("simulated").GetBoolean());

        var both = new Sighting("in-one-body", server.Now, server.FreshPlace());
        Assert.Equal((2, 0, 0, 0, 0), (await server.ReportAsync(both with { Simulated = true }, both)).Figures);
    }

    [Fact]
    public async Task The_same_FIRMS_row_simulated_and_real_are_two_detections_of_two_fires()
    {
        var place = server.FreshPlace();
        var row = FormattableString.Invariant(
            $"latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,confidence,version,bright_t31,frp,daynight\n{place.Lat},{place.Lon},320,1.0,1.0,2026-03-15,0130,T,80,6.1NRT,290,9.9,D\n");

        var answers = new List<Counts>();
        foreach (var query in new[] { "?simulated=true", "", "?simulated=true", "" })
        {
            answers.Add((await server.PostAsync(Reading.Firms + query, row, "text/csv")).Accepted());
        }

        Assert.Equal([1, 1, 0, 0], answers.Select(a => a.Stored));
        Assert.Equal([false, true], (await server.FiresNearAsync(place)).Select(f => f.Property("simulated").GetBoolean()).Order());
    }

    [Fact]
    public async Task To_an_account_of_one_county_a_feed_of_another_tells_the_hour_and_no_count()
    {
        using var stranger = await Visitor.AsAsync(server, Role.Viewer, "141029");
        using var wholeCity = await Visitor.AsAsync(server, Role.Viewer);
        var seen = new List<string>();
        foreach (var (name, minutes) in new[] { ("far-1", 119), ("far-2", 90), ("far-3", 61) })
        {
            await server.ReportAsync(new Sighting(name, server.Now.AddMinutes(-minutes), server.Places.NextIn("141024")) { Feed = "farcamera" });
            var told = (await stranger.GetAsync("api/feeds")).Json.GetProperty("feeds").EnumerateArray().Single(f => f.GetProperty("feed").GetString() == "farcamera");
            Assert.Equal((0, server.Now.AddHours(-1)), (told.GetProperty("today").GetInt32(), told.GetProperty("lastOccurredAt").GetDateTimeOffset()));
            seen.Add(told.GetRawText());
        }

        Assert.Single(seen.Distinct(StringComparer.Ordinal));
        var exact = (await wholeCity.GetAsync("api/feeds")).Json.GetProperty("feeds").EnumerateArray().Single(f => f.GetProperty("feed").GetString() == "farcamera");
        Assert.Equal((3, server.Now.AddMinutes(-61)), (exact.GetProperty("today").GetInt32(), exact.GetProperty("lastOccurredAt").GetDateTimeOffset()));
    }

    [Fact]
    public async Task Feeds_tell_when_each_delivered_last()
    {
        await server.ReportAsync(new Sighting("feed-1", server.Now.AddHours(-2), server.FreshPlace()) { Feed = "ridge" }, new Sighting("feed-2", server.Now.AddHours(-1), server.FreshPlace()) { Feed = "ridge" });

        var feed = (await server.OneAsync("api/feeds")).GetProperty("feeds").EnumerateArray().Single(f => f.GetProperty("feed").GetString() == "ridge");

        Assert.Equal("video", feed.GetProperty("sourceKind").GetString());
        Assert.Equal(server.Now, feed.GetProperty("lastKnownAt").GetDateTimeOffset());
        Assert.Equal(server.Now.AddHours(-1), feed.GetProperty("lastOccurredAt").GetDateTimeOffset());
        Assert.Equal(2, feed.GetProperty("today").GetInt32());
    }
}
