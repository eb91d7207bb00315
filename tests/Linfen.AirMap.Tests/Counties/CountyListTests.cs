using System.Net;
using System.Text.Json;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.Support;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;
using Xunit;

namespace Linfen.AirMap.Tests.Counties;

public sealed class CountyListTests(OwnServer own) : IClassFixture<OwnServer>
{
    const string Counties = "api/counties";

    static readonly JsonSerializerOptions GeoJson = new() { Converters = { new GeoJsonConverterFactory() } };

    static readonly string[] SummaryFields = ["attributed", "burning", "byRule", "bySeverity", "closedToday", "open", "openedToday", "overdue", "simulated", "undecidable"];

    AirMapServer Server => own.Server;

    [Fact]
    public async Task The_list_holds_17_counties_with_boundary_label_area_and_all_numbers()
    {
        var answer = await Server.OneAsync(Counties);
        var counties = answer.GetProperty("features").EnumerateArray().ToList();

        Assert.Equal(17, counties.Count);
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("next").ValueKind);
        Assert.True(answer.GetProperty("asOf").GetProperty("seq").GetInt64() > 0);
        Assert.Equal(counties.Select(c => c.Id()).Order(StringComparer.Ordinal).ToArray(), counties.Select(c => c.Id()).ToArray());
        foreach (var county in counties)
        {
            var boundary = county.GetProperty("geometry").Deserialize<Geometry>(GeoJson)!;
            var label = county.Property("label");
            Assert.True(boundary.IsValid && boundary.Contains(new Point(label[0].GetDouble(), label[1].GetDouble())), county.Id());
            Assert.Equal(Geodesic.AreaSquareMetres(boundary) / 1e6, county.Property("areaSquareKilometres").GetDouble(), 0.1);
            Assert.Equal(county.Id(), county.Text("code"));
            Assert.Contains(county.Text("name")!, county.Text("responsible"), StringComparison.Ordinal);
            Assert.Equal(SummaryFields, county.Property("summary").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal).ToArray());
        }
    }

    [Fact]
    public async Task The_tag_answers_304_until_something_happens_and_differs_where_the_answer_does()
    {
        var (status, tag) = await AskAsync(Counties);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((HttpStatusCode.NotModified, tag), await AskAsync(Counties, tag));
        Assert.Equal((HttpStatusCode.NotModified, tag), await AskAsync(Counties, $"\"older\", {tag}"));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(Counties, "\"older\"")).Status);

        await Server.ReportAsync(new Sighting("news", Server.Now.AddMinutes(-5), Server.FreshPlace()));
        await Until.TrueAsync(async () => (await AskAsync(Counties, tag)).Status == HttpStatusCode.OK, "the news changes the answer");
        Assert.NotEqual(tag, (await AskAsync(Counties)).Tag, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_due_time_that_passes_changes_the_tag_although_nothing_happened()
    {
        await Server.ReportAsync(new Sighting("waits", Server.Now.AddMinutes(-5), Server.FreshPlace()));
        await Until.TrueAsync(async () => await OverdueAsync() == 0, "nothing is overdue yet");
        var tag = (await AskAsync(Counties)).Tag;

        // Past the two hours of Article 36, and long before the fire lapses.
        Server.Clock!.Advance(TimeSpan.FromHours(3));

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(Counties, tag)).Status);
        Assert.True(await OverdueAsync() > 0);
    }

    [Fact]
    public async Task Numbers_without_what_is_simulated_are_another_answer()
    {
        var place = Server.FreshPlace();
        var code = Server.Places.CountyOf(place)!;
        await Server.ReportAsync(
            new Sighting("played", Server.Now.AddMinutes(-5), place) { Simulated = true }, new Sighting("real", Server.Now.AddMinutes(-5), place));

        await Until.TrueAsync(
            async () => (await OpenAsync(code, ""), await OpenAsync(code, "?simulated=include"), await OpenAsync(code, "?simulated=exclude"))
                == (await StoredAsync(code, ""), await StoredAsync(code, ""), await StoredAsync(code, "and not simulated")),
            "the numbers are those of the table");
        Assert.True(await OpenAsync(code, "") > await OpenAsync(code, "?simulated=exclude"));
    }

    [Fact]
    public async Task Numbers_come_without_boundaries_for_who_has_them_and_under_a_tag_of_their_own()
    {
        var whole = (await Server.OneAsync(Counties)).GetProperty("features").EnumerateArray().ToList();
        var plain = (await Server.OneAsync(Counties + "?geometry=exclude")).GetProperty("features").EnumerateArray().ToList();

        Assert.All(plain, c => Assert.Equal(JsonValueKind.Null, c.GetProperty("geometry").ValueKind));
        Assert.Equal(whole.Select(c => (c.Id(), c.Property("summary").GetRawText())), plain.Select(c => (c.Id(), c.Property("summary").GetRawText())));
        var (tag, plainTag) = ((await AskAsync(Counties)).Tag, (await AskAsync(Counties + "?geometry=exclude")).Tag);
        Assert.NotEqual(tag, plainTag, StringComparer.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(Counties + "?geometry=exclude", tag)).Status);
        Assert.Equal(HttpStatusCode.NotModified, (await AskAsync(Counties + "?geometry=exclude", plainTag)).Status);
        (await Server.GetAsync(Counties + "?geometry=none")).IsProblem(400, "query-invalid");
    }

    Task<long> StoredAsync(string code, string condition) =>
        Server.AskAsync<long>($"select count(*) from airmap.violations where closed_at is null and county = '{code}' {condition}");

    async Task<int> OpenAsync(string code, string query) => (await Server.OneAsync(Counties + query)).GetProperty("features").EnumerateArray()
        .Single(c => c.Id() == code).Property("summary").GetProperty("open").GetInt32();

    async Task<int> OverdueAsync() => (await Server.OneAsync(Counties)).GetProperty("features").EnumerateArray()
        .Sum(c => c.Property("summary").GetProperty("overdue").GetInt32());

    async Task<(HttpStatusCode Status, string? Tag)> AskAsync(string path, string? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (known is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        }

        using var answer = await Server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, answer.Headers.ETag?.ToString());
    }
}
