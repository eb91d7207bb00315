using Xunit;

namespace Linfen.AirMap.Tests.Hosting;

public sealed class SecurityHeaderTests(HostedCity city) : IClassFixture<HostedCity>
{
    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "index.html")]
    [InlineData("GET", "assets/wall-1a2b3c4d.js")]
    [InlineData("GET", "health/live")]
    [InlineData("GET", "health/ready")]
    [InlineData("GET", "metrics")]
    [InlineData("GET", "openapi/v1.json")]
    [InlineData("GET", "api/counties")]
    [InlineData("GET", "api/events")]
    [InlineData("GET", "tiles/counties/8/207/99.mvt")]
    [InlineData("GET", "tiles/rivers")]
    [InlineData("GET", "nothing/here")]
    [InlineData("GET", "assets/gone.js")]
    [InlineData("GET", "api/fires?limit=x")]
    [InlineData("GET", "api/violations/trend?days=many")]
    [InlineData("PATCH", "api/fires")]
    [InlineData("POST", "api/intake/firms?source=nobody")]
    [InlineData("POST", "hubs/live/negotiate?negotiateVersion=1")]
    public async Task Every_page_answer_and_error_carries_a_strict_policy(string method, string path)
    {
        using var answer = await city.Server.SendAsync(method, path);

        var policy = Header(answer, "Content-Security-Policy").Split(';', StringSplitOptions.TrimEntries)
            .ToDictionary(d => d.Split(' ')[0], d => d.Split(' ')[1..], StringComparer.Ordinal);
        Assert.Equal(["'none'"], policy["default-src"]);
        Assert.Equal(["'self'"], policy["script-src"]);
        Assert.Equal(["'self'"], policy["style-src"]);
        Assert.Equal(["'self'"], policy["connect-src"]);
        Assert.Equal(["'none'"], policy["frame-ancestors"]);
        Assert.Equal(["'none'"], policy["base-uri"]);
        Assert.DoesNotContain(policy.Values.SelectMany(v => v), v => v.Contains("unsafe", StringComparison.Ordinal) || v.Contains('*', StringComparison.Ordinal) || v.StartsWith("http", StringComparison.Ordinal));
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("same-origin", Header(answer, "Referrer-Policy"));
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("X-Powered-By"));
    }

    [Fact]
    public async Task The_reference_page_runs_only_the_script_that_was_sent_with_it_and_asks_nothing_elsewhere()
    {
        var nonces = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 2; i++)
        {
            using var answer = await city.Server.SendAsync("GET", "docs/");
            Assert.True(answer.IsSuccessStatusCode);
            var policy = Header(answer, "Content-Security-Policy").Split(';', StringSplitOptions.TrimEntries).ToDictionary(d => d.Split(' ')[0], d => d.Split(' ')[1..], StringComparer.Ordinal);
            Assert.Equal(["'none'"], policy["default-src"]);
            Assert.Equal(["'self'"], policy["connect-src"]);
            Assert.Equal(["'none'"], policy["base-uri"]);
            Assert.Equal(["'none'"], policy["frame-ancestors"]);
            Assert.Equal("'self'", policy["script-src"][0]);
            var nonce = Assert.Single(policy["script-src"][1..])["'nonce-".Length..^1];
            Assert.True(nonces.Add(nonce));
            Assert.DoesNotContain(policy.Values.SelectMany(v => v), v => v.StartsWith("http", StringComparison.Ordinal) || v.Contains("unsafe-eval", StringComparison.Ordinal));
            var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal(page.Split("<script").Length - 1, page.Split($"nonce=\"{nonce}\"").Length - 1);
            Assert.Contains("\"withDefaultFonts\":false", page.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        }

        using var script = await city.Server.SendAsync("GET", "docs/scalar.js");
        Assert.True(script.IsSuccessStatusCode);
        Assert.DoesNotContain("unsafe", Header(script, "Content-Security-Policy"), StringComparison.Ordinal);
    }

    static string Header(HttpResponseMessage answer, string name) => Assert.Single(answer.Headers.GetValues(name));
}
