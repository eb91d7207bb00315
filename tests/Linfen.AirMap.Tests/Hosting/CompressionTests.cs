using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Hosting;

/// <summary>Answers are packed for who takes them so, and mean the same.</summary>
public sealed class CompressionTests(OwnServer own) : IClassFixture<OwnServer>
{
    const string Counties = "api/counties";

    AirMapServer Server => own.Server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, deflate, br", "br")]
    public async Task A_list_is_packed_as_the_caller_takes_it_and_holds_the_same(string accepted, string packed)
    {
        var plain = await AskAsync(Counties, null);
        var answer = await AskAsync(Counties, accepted);

        Assert.Equal([packed], answer.Content.Headers.ContentEncoding, StringComparer.Ordinal);
        Assert.Contains("Accept-Encoding", answer.Headers.Vary, StringComparer.OrdinalIgnoreCase);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Cancellation);
        var whole = await plain.Content.ReadAsByteArrayAsync(Cancellation);
        TestContext.Current.TestOutputHelper?.WriteLine($"{packed}: {whole.Length} -> {bytes.Length} bytes");
        Assert.True(bytes.Length < whole.Length / 2, $"{whole.Length} -> {bytes.Length}");
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(whole).RootElement, JsonDocument.Parse(await UnpackAsync(bytes, packed)).RootElement));
    }

    [Fact]
    public async Task A_tag_from_a_packed_answer_is_known_whatever_the_next_request_takes()
    {
        var tag = (await AskAsync(Counties, "br")).Headers.ETag!.ToString();
        foreach (var accepted in new[] { "br", "gzip", null })
        {
            Assert.Equal(HttpStatusCode.NotModified, (await AskAsync(Counties, accepted, tag)).StatusCode);
        }
    }

    [Theory]
    [InlineData("api/registers")]
    [InlineData("openapi/v1.json")]
    [InlineData("api/violations?limit=nonsense")]
    public async Task Plain_JSON_and_problems_are_packed_too(string path) =>
        Assert.Equal(["gzip"], (await AskAsync(path, "gzip")).Content.Headers.ContentEncoding, StringComparer.Ordinal);

    [Fact]
    public async Task The_hub_and_small_tiles_come_as_they_are()
    {
        using var negotiated = new HttpRequestMessage(HttpMethod.Post, new Uri("hubs/live/negotiate?negotiateVersion=1", UriKind.Relative));
        negotiated.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        var hub = await Server.Client.SendAsync(negotiated, Cancellation);
        Assert.True(hub.IsSuccessStatusCode);
        Assert.Empty(hub.Content.Headers.ContentEncoding);
        Assert.Empty((await AskAsync("tiles/fires/9/414/200.mvt", "gzip")).Content.Headers.ContentEncoding);
    }

    async Task<HttpResponseMessage> AskAsync(string path, string? accepted, string? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (accepted is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        }

        if (known is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        }

        return await Server.Client.SendAsync(request, Cancellation);
    }

    static async Task<byte[]> UnpackAsync(byte[] packed, string how)
    {
        using var source = new MemoryStream(packed);
        await using Stream reader = how == "br" ? new BrotliStream(source, CompressionMode.Decompress) : new GZipStream(source, CompressionMode.Decompress);
        using var plain = new MemoryStream();
        await reader.CopyToAsync(plain, Cancellation);
        return plain.ToArray();
    }
}
