using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Linfen.AirMap.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace Linfen.AirMap.Tests.Hosting;

/// <summary>What holds for every route, taken from the routes that the server really has.</summary>
public sealed partial class InterfaceTests(HostedCity city) : IClassFixture<HostedCity>
{
    /// <summary>For machines that know them, or descriptions themselves.</summary>
    static readonly string[] NotDescribed = ["/health/", "/metrics", "/openapi/", "/docs", "/hubs/"];

    IEnumerable<(string Method, string Path)> Described => city.Server.Routes
        .Select(r => (Path: "/" + r.RoutePattern.RawText!.Trim('/'), r.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods))
        .Where(r => !NotDescribed.Any(n => r.Path.StartsWith(n, StringComparison.Ordinal)))
        .SelectMany(r => r.HttpMethods ?? ["GET"], (r, method) => (method, Constraint().Replace(r.Path, "}")));

    [Fact]
    public async Task The_description_lists_every_route_with_a_summary_and_no_other()
    {
        using var document = JsonDocument.Parse(await city.Server.Client.GetStringAsync(new Uri("openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken));
        var listed = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => ($"{method.Name.ToUpperInvariant()} {path.Name.TrimEnd('/')}", method.Value))).ToList();

        Assert.Equal(Described.Select(d => $"{d.Method} {d.Path.TrimEnd('/')}").Order(StringComparer.Ordinal).ToList(), [.. listed.Select(l => l.Item1).Order(StringComparer.Ordinal)]);
        Assert.True(listed.Count >= 18, $"only {listed.Count} routes");
        Assert.All(listed, l => Assert.True(l.Value.TryGetProperty("summary", out var said) && said.GetString()!.Length >= 8, l.Item1));
    }

    [Fact]
    public async Task Every_route_answers_a_wrong_method_with_a_problem_whoever_asks()
    {
        foreach (var path in Described.Select(d => Filled(d.Path)).Distinct(StringComparer.Ordinal))
        {
            foreach (var accept in new[] { null, "text/html", "image/png", "application/json", "*/*" })
            {
                using var response = await city.Server.SendAsync("PATCH", path, accept);
                (await Answer.ReadAsync(response)).IsProblem(405, "method-not-allowed");
            }
        }
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("api")]
    [InlineData("api/nothing")]
    [InlineData("api/fires/no-uuid")]
    [InlineData("api/fires/00000000-0000-0000-0000-000000000000")]
    [InlineData("api/violations/00000000-0000-0000-0000-000000000000")]
    [InlineData("api/violations/1/2/3")]
    [InlineData("tiles/rivers/1/1/1.mvt")]
    [InlineData("hubs/nothing")]
    public async Task What_is_not_there_is_a_problem_whoever_asks(string path)
    {
        foreach (var accept in new[] { null, "text/html,application/xhtml+xml", "application/vnd.mapbox-vector-tile" })
        {
            using var response = await city.Server.SendAsync("GET", path, accept);
            (await Answer.ReadAsync(response)).IsProblem(404, "not-found");
        }
    }

    [Theory]
    [InlineData("api/fires?limit=x")]
    [InlineData("api/fires?limit=1001")]
    [InlineData("api/fires?bbox=1,2")]
    [InlineData("api/fires?bbox=1,2,3,x';drop table fires")]
    [InlineData("api/fires?county=Linfen")]
    [InlineData("api/fires?status=warm")]
    [InlineData("api/fires?cursor=%00%01")]
    [InlineData("api/violations?severity=9")]
    [InlineData("api/violations?at=yesterday")]
    [InlineData("api/violations?from=2026-99-99T00:00:00Z")]
    [InlineData("api/violations/trend?days=0")]
    [InlineData("api/violations/trend?days=many")]
    [InlineData("api/activity?hours=7&bins=13")]
    [InlineData("api/activity?hours=99999999999")]
    [InlineData("api/activity?span=1y")]
    [InlineData("api/violations?asKnownAt=yesterday")]
    [InlineData("api/counties?asKnownAt=yesterday")]
    [InlineData("api/events?measured=perhaps")]
    [InlineData("api/counties?simulated=perhaps")]
    [InlineData("api/events?after=-1")]
    [InlineData("api/events?after=x")]
    [InlineData("api/undecidable?county=1")]
    public async Task A_question_that_cannot_be_understood_is_a_problem_of_400(string path)
    {
        using var response = await city.Server.SendAsync("GET", path, "text/html");
        var answer = await Answer.ReadAsync(response);
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.StartsWith("/problems/", answer.Json.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace(answer.Json.GetProperty("detail").GetString()));
    }

    [Theory]
    [InlineData("", "application/json")]
    [InlineData("{", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("{\"verdict\":7}", "application/json")]
    [InlineData("{\"verdict\":\"out\"}", "text/plain")]
    public async Task A_body_that_cannot_be_understood_is_a_problem(string body, string mediaType)
    {
        using var response = await city.Server.SendAsync(
            "POST", "api/fires/00000000-0000-0000-0000-000000000000/verdict", "text/html", body: new StringContent(body, System.Text.Encoding.UTF8, mediaType));
        var answer = await Answer.ReadAsync(response);
        Assert.InRange((int)answer.Status, 400, 415);
        Assert.Equal("application/problem+json", answer.MediaType);
    }

    [Fact]
    public async Task Metrics_tell_of_requests_and_of_the_database()
    {
        await city.Server.Client.GetStringAsync(new Uri("api/fires", UriKind.Relative), TestContext.Current.CancellationToken);
        // An answer is kept for a moment, so that many scrapers cost no more than one.
        var metrics = "";
        await Until.TrueAsync(async () =>
        {
            metrics = await city.Server.Client.GetStringAsync(new Uri("metrics", UriKind.Relative), TestContext.Current.CancellationToken);
            return metrics.Contains("http_route=\"/api/fires", StringComparison.Ordinal);
        }, "the request is counted under its route");
        Assert.Contains("http_server_request_duration_seconds_count{", metrics, StringComparison.Ordinal);
        Assert.Contains("db_client_", metrics, StringComparison.Ordinal);
        Assert.Contains("dotnet_", metrics, StringComparison.Ordinal);
    }

    static string Filled(string path) => path.TrimStart('/').Replace("{id}", "00000000-0000-0000-0000-000000000000", StringComparison.Ordinal)
        .Replace("{layers}", "fires", StringComparison.Ordinal).Replace("{z}/{x}/{y}", "8/207/99", StringComparison.Ordinal);

    [GeneratedRegex(":[a-z]+}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Constraint();
}
