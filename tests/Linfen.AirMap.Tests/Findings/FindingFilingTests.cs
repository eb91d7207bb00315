using System.Globalization;
using System.Text;
using System.Text.Json;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Findings;

/// <summary>A finding is filed once, however often a phone sends it.</summary>
public sealed class FindingFilingTests(OwnServer own) : IClassFixture<OwnServer>
{
    AirMapServer Server => own.Server;

    Dictionary<string, object?> Finding(string filedBy = "patrol") => FindingCalls.Finding("looseCoal", Server.FreshPlace(), filedBy);

    [Fact]
    public async Task The_same_finding_again_is_answered_like_the_first_time_even_after_it_moved_on()
    {
        var finding = Finding();
        var head = await Server.HeadAsync();
        var first = await Server.FileAsync(finding);
        Assert.Equal(201, (int)first.Status);
        Assert.Single(await Server.EventsAsync(head), e => e.Type() == "finding.filed");

        head = await Server.HeadAsync();
        var again = await Server.FileAsync(finding);
        Assert.Equal((201, first.Text), ((int)again.Status, again.Text));
        Assert.Equal(head, await Server.HeadAsync());

        await Server.TakenAsync(first.Json.GetProperty("properties"), "rectify", new { reason = "已清运" });
        var later = await Server.FileAsync(finding);
        Assert.Equal((201, "rectified"), ((int)later.Status, later.Json.Text("state")));
    }

    [Fact]
    public async Task The_answer_says_where_the_finding_is()
    {
        using var body = new StringContent(JsonSerializer.Serialize(Finding()), Encoding.UTF8, "application/json");
        using var answer = await Server.Client.PostAsync(new Uri(FindingCalls.Findings, UriKind.Relative), body, TestContext.Current.CancellationToken);
        var stored = await Server.OneAsync(answer.Headers.Location!.OriginalString.TrimStart('/'));
        Assert.Equal("散煤", stored.Text("name"));
        Assert.Equal("\"1\"", answer.Headers.ETag!.Tag);
        Assert.Equal(FindingCalls.FoundAt, stored.Time("at"));
    }

    [Theory]
    [InlineData("text", "\"三吨\"")]
    [InlineData("kind", "\"firewood\"")]
    [InlineData("at", "\"2026-03-15T09:31:00+08:00\"")]
    [InlineData("filedBy", "\"public\"")]
    [InlineData("accuracyMetres", "12")]
    [InlineData("simulated", "true")]
    public async Task The_same_id_with_other_content_is_answered_with_both(string field, string json)
    {
        var finding = Finding();
        await Server.FiledAsync(finding);
        finding[field] = JsonSerializer.Deserialize<JsonElement>(json);
        var refused = (await Server.FileAsync(finding)).IsProblem(409, "exists").Json;
        Assert.Equal("院内堆放约两吨", refused.GetProperty("stored").Text("text"));
        Assert.Equal(json, refused.GetProperty("yours").Property(field).GetRawText());
    }

    [Fact]
    public async Task An_id_that_belongs_to_something_else_is_refused()
    {
        var place = Server.FreshPlace();
        var boiler = await Server.AddAsync("heating/boilers", new { name = "占号锅炉", kind = "boiler", lon = place.Lon, lat = place.Lat });
        var finding = Finding();
        finding["id"] = boiler.GetProperty("id").GetString();
        (await Server.FileAsync(finding)).IsProblem(409, "exists");
        Assert.Equal("占号锅炉", (await Server.OneAsync($"api/heating/boilers/{boiler.GetProperty("id").GetString()}")).Text("name"));
    }

    [Fact]
    public async Task Two_senders_of_the_same_finding_at_once_store_it_once()
    {
        var finding = Finding();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Server.FileAsync(finding)));
        Assert.All(answers, a => Assert.Equal(201, (int)a.Status));
        Assert.Equal(1, await Server.AskAsync<long>($"select count(*) from airmap.subject_versions where subject_id = '{finding["id"]}'"));
    }

    [Theory]
    [InlineData("id", "\"7\"")]
    [InlineData("id", "null")]
    [InlineData("kind", "\"openBurning\"")]
    [InlineData("kind", "7")]
    [InlineData("at", "\"2026-03-15T10:05:01+08:00\"")]
    [InlineData("at", "\"1999-12-31T23:59:59Z\"")]
    [InlineData("at", "\"soon\"")]
    [InlineData("lon", "\"111.5\"")]
    [InlineData("lon", "1e400")]
    [InlineData("lat", "null")]
    [InlineData("crs", "\"MARS\"")]
    [InlineData("filedBy", "\"police\"")]
    [InlineData("filedBy", "null")]
    [InlineData("accuracyMetres", "-1")]
    [InlineData("text", "[]")]
    [InlineData("text", "\"a\\u0000b\"")]
    [InlineData("photos", "[\"../../etc/passwd\"]")]
    [InlineData("simulated", "\"perhaps\"")]
    public async Task A_finding_that_cannot_be_is_refused_by_the_name_of_its_field(string field, string json)
    {
        var finding = Finding().ToDictionary(p => p.Key, p => JsonSerializer.Serialize(p.Value), StringComparer.Ordinal);
        var id = finding["id"];
        finding[field] = json;
        var refused = (await Server.PostAsync(FindingCalls.Findings, $"{{{string.Join(',', finding.Select(p => $"\"{p.Key}\":{p.Value}"))}}}")).IsProblem(400, "invalid").Json;
        Assert.Contains(field, Assert.Single(refused.GetProperty("faults").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await Server.StoredAsync(id.Trim('"')));
        Assert.Empty(Server.TakeErrors());
    }

    [Fact]
    public async Task A_clock_five_minutes_fast_and_a_text_of_4000_characters_are_taken()
    {
        var finding = Finding();
        finding["at"] = AirMapServer.Morning.AddMinutes(5).ToString("O", CultureInfo.InvariantCulture);
        finding["text"] = new string('煤', 4_000);
        await Server.FiledAsync(finding);
        var longer = Finding();
        longer["text"] = new string('煤', 4_001);
        (await Server.FileAsync(longer)).IsProblem(400, "invalid");
    }

    [Fact]
    public async Task A_place_outside_the_city_is_refused_and_one_in_another_system_is_converted()
    {
        (await Server.FileAsync(FindingCalls.Finding("looseCoal", new LonLat(116.4, 39.9)))).IsProblem(400, "invalid");
        // Far from the border: the other system lies half a kilometre away.
        var finding = FindingCalls.Finding("looseCoal", new LonLat(111.5187, 36.0826));
        finding["crs"] = "GCJ02";
        var place = (await Server.FileAsync(finding)).Json.GetProperty("geometry").GetProperty("coordinates");
        var metres = Geodesic.DistanceMetres(new((double)finding["lon"]!, (double)finding["lat"]!), new(place[0].GetDouble(), place[1].GetDouble()));
        Assert.InRange(metres, 400, 700);
        Assert.Equal(201, (int)(await Server.FileAsync(finding)).Status);
    }

    [Theory]
    [InlineData("[]", "invalid")]
    [InlineData("{", "not-json")]
    [InlineData("", "invalid")]
    public async Task A_body_that_is_no_finding_is_refused(string body, string type) => (await Server.PostAsync(FindingCalls.Findings, body)).IsProblem(400, type);

    [Fact]
    public async Task A_body_without_end_is_refused_before_it_is_read()
    {
        (await Server.PostAsync(FindingCalls.Findings, new string(' ', 300_000))).IsProblem(413, "body-too-large");
        Assert.Empty(Server.TakeErrors());
    }

    [Fact]
    public async Task Findings_are_listed_by_kind_state_sender_county_and_time_of_finding()
    {
        var place = Server.Places.NextIn("141026");
        var old = await Server.FiledAsync(FindingCalls.Finding("firewood", place, "public", AirMapServer.Morning.AddDays(-40)));
        var mended = await Server.FiledAsync(FindingCalls.Finding("firewood", place));
        await Server.TakenAsync(mended, "rectify", new { reason = "已清运" });
        var simulated = FindingCalls.Finding("looseCoal", place);
        simulated["simulated"] = true;
        var played = await Server.FiledAsync(simulated);

        Assert.Equal([Id(old)], await IdsAsync("kind=firewood&filedBy=public"));
        Assert.Equal([Id(mended)], await IdsAsync("state=rectified"));
        Assert.Equal([.. new[] { Id(mended), Id(old) }.Order()], (await IdsAsync("simulated=exclude")).Order());
        Assert.Equal([Id(played)], await IdsAsync("simulated=only"));
        Assert.Equal([Id(old)], await IdsAsync("to=" + Uri.EscapeDataString("2026-03-01T00:00:00+08:00")));
        // The clock stands still here, so that only the pages' completeness shows, not their order.
        Assert.Equal([.. new[] { Id(played), Id(mended), Id(old) }.Order()], (await IdsAsync("limit=1")).Order());
        (await Server.GetAsync("api/findings?state=gone")).IsProblem(400, "query-invalid");

        async Task<List<Guid>> IdsAsync(string query) => (await Server.ListAsync($"api/findings?county=141026&{query}")).ConvertAll(f => Guid.Parse(f.Id()));

        static Guid Id(JsonElement finding) => finding.GetProperty("id").GetGuid();
    }

    [Fact]
    public async Task Every_kind_that_is_offered_can_be_filed()
    {
        var kinds = (await Server.OneAsync("api/finding-kinds")).GetProperty("kinds").EnumerateArray().ToList();
        Assert.True(kinds.Count >= 12, "the kinds of the rule book and the plain ones");
        foreach (var kind in kinds)
        {
            var filed = await Server.FiledAsync(FindingCalls.Finding(kind.GetProperty("code").GetString()!, Server.FreshPlace()));
            Assert.Equal(kind.GetProperty("titleZh").GetString(), filed.GetProperty("name").GetString());
        }
    }
}
