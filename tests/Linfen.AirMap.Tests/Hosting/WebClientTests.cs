using System.IO.Compression;
using System.Net;
using Xunit;

namespace Linfen.AirMap.Tests.Hosting;

public sealed class WebClientTests(HostedCity city) : IClassFixture<HostedCity>
{
    [Theory]
    [InlineData("")]
    [InlineData("index.html")]
    public async Task The_page_is_asked_for_anew_each_time(string path)
    {
        using var answer = await city.Server.SendAsync("GET", path);
        Assert.Equal("no-cache", answer.Headers.CacheControl?.ToString());
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HostedCity.Page, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.NotNull(answer.Headers.ETag);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("identity", "")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    public async Task A_hashed_asset_is_kept_for_ever_and_comes_packed_as_the_browser_can_take_it(string? accepted, string packed)
    {
        using var answer = await city.Server.SendAsync("GET", "assets/wall-1a2b3c4d.js", encoding: accepted);

        Assert.Equal("public, max-age=31536000, immutable", Assert.Single(answer.Headers.GetValues("Cache-Control")));
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(packed, string.Join(',', answer.Content.Headers.ContentEncoding));
        Assert.Equal("Accept-Encoding", Assert.Single(answer.Headers.Vary));
        await using var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var text = new StreamReader(packed switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        });
        Assert.Equal(HostedCity.Script, await text.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_page_comes_packed_too_and_a_file_without_a_packed_twin_comes_plain()
    {
        using var page = await city.Server.SendAsync("GET", "", encoding: "br");
        Assert.Equal("br", Assert.Single(page.Content.Headers.ContentEncoding));
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        using var plain = await city.Server.SendAsync("GET", "plain.txt", encoding: "br");
        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.Equal("plain", await plain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/../secret.txt")]
    [InlineData("/assets/../../secret.txt")]
    [InlineData("/%2e%2e/secret.txt")]
    [InlineData("/%2e%2e%2fsecret.txt")]
    [InlineData("/..%2fsecret.txt")]
    [InlineData("/assets/..%5c..%5csecret.txt")]
    [InlineData("/..\\secret.txt")]
    [InlineData("//secret.txt")]
    [InlineData("/%00/../secret.txt")]
    [InlineData("/.%2e/.%2e/.%2e/.%2e/etc/passwd")]
    public async Task Nothing_outside_the_client_folder_is_served(string target)
    {
        var answer = await city.Server.SendRawAsync(target);
        Assert.Matches("^HTTP/1.1 (400|404) ", answer);
        Assert.DoesNotContain(HostedCity.Secret, answer, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_asset_is_404_and_not_the_page()
    {
        using var answer = await city.Server.SendAsync("GET", "assets/wall-00000000.js", accept: "*/*");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Answers_of_the_log_name_the_build_of_the_client_that_is_given_out()
    {
        using var log = await city.Server.SendAsync("GET", "api/events?after=0");
        Assert.Equal(HostedCity.Build, Assert.Single(log.Headers.GetValues("Airmap-Client")));
        using var other = await city.Server.SendAsync("GET", "health/live");
        Assert.False(other.Headers.Contains("Airmap-Client"));
    }
}
