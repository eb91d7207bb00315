using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Linfen.AirMap.BaseMaps;
using Linfen.AirMap.Tests.Feeds;
using Linfen.AirMap.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.BaseMaps;

/// <summary>Ground below the map: of the national platform through this server, and of files of the city's own.</summary>
public sealed class BaseMapTests(MigratedCluster cluster) : IAsyncLifetime, IDisposable
{
    const string Key = "a0b1c2d3secretkey";

    static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    readonly string folder = Directory.CreateTempSubdirectory("airmap-basemap-").FullName;
    OutsideServer outside = null!;

    public async ValueTask InitializeAsync() => outside = await OutsideServer.StartAsync();

    public ValueTask DisposeAsync() => outside.DisposeAsync();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    async Task<AirMapServer> ServerAsync(params string[] settings) => await AirMapServer.StartAsync(
        cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning), [$"BaseMap:Folder={folder}", .. settings]);

    Task<AirMapServer> WithKeyAsync() => ServerAsync($"BaseMap:Tianditu:Key={Key}", $"BaseMap:Tianditu:BaseUrl={outside.Address}", "BaseMap:Tianditu:RequestSeconds=2");

    static Task PictureAsync(HttpContext context)
    {
        context.Response.ContentType = "image/png";
        return context.Response.Body.WriteAsync(Png).AsTask();
    }

    static async Task<List<JsonElement>> MapsAsync(AirMapServer server) => [.. (await server.OneAsync("api/base-maps")).GetProperty("maps").EnumerateArray()];

    [Fact]
    public async Task Without_any_set_up_there_is_none_and_nothing_leaves()
    {
        await using var server = await ServerAsync($"BaseMap:Tianditu:BaseUrl={outside.Address}");

        Assert.Empty(await MapsAsync(server));
        (await server.GetAsync("api/base-maps/tianditu/vec/8/207/99")).IsProblem(404, "not-found");
        Assert.Empty(outside.TakeAsked());
    }

    [Fact]
    public async Task A_tile_is_fetched_once_with_the_key_that_no_client_and_no_log_sees()
    {
        await using var server = await WithKeyAsync();
        outside.Answer = PictureAsync;

        var told = await server.GetAsync("api/base-maps");
        Assert.Equal(["tdt-vec", "tdt-img"], told.Json.GetProperty("maps").EnumerateArray().Select(m => m.GetProperty("id").GetString()!), StringComparer.Ordinal);
        for (var time = 0; time < 2; time++)
        {
            using var response = await server.Client.GetAsync(new Uri("api/base-maps/tianditu/vec/8/207/99", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal("image/png", response.Content.Headers.ContentType!.MediaType);
            Assert.Equal(Png, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            Assert.DoesNotContain(Key, response.Headers.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal("/vec_w/wmts", Assert.Single(outside.TakeAsked()));
        Assert.Equal($"?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=vec&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX=8&TILEROW=99&TILECOL=207&tk={Key}", Assert.Single(outside.Queries));
        Assert.DoesNotContain(Key, told.Text + server.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vec/0/0/0")]
    [InlineData("vec/19/1/1")]
    [InlineData("vec/8/256/99")]
    [InlineData("vec/8/207/-1")]
    [InlineData("ter/8/207/99")]
    [InlineData("vec_w/8/207/99")]
    [InlineData("../8/207/99")]
    public async Task What_is_no_tile_of_it_is_not_asked_for(string path)
    {
        await using var server = await WithKeyAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("api/base-maps/tianditu/" + path)).Status);
        Assert.Empty(outside.TakeAsked());
    }

    [Theory]
    [InlineData("500", "server-error")]
    [InlineData("html", "no-picture")]
    [InlineData("json", "no-picture")]
    [InlineData("nothing", "no-picture")]
    [InlineData("redirect", "redirected")]
    [InlineData("hangs", "timeout")]
    [InlineData("endless", "too-large")]
    public async Task An_answer_that_is_no_picture_costs_the_tile_only_and_is_asked_again(string how, string reason)
    {
        await using var server = await WithKeyAsync();
        outside.Answer = outside.Misbehaving(how, "text");
        var refused = (await server.GetAsync("api/base-maps/tianditu/img/8/207/99")).IsProblem(503, "base-map-unavailable");
        Assert.Equal(reason, refused.Json.GetProperty("reason").GetString());
        Assert.DoesNotContain(Key, refused.Text + server.Log, StringComparison.Ordinal);

        outside.Answer = PictureAsync;
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("api/base-maps/tianditu/img/8/207/99")).Status);
        server.TakeErrors();
    }

    [Theory]
    [InlineData(403)]
    [InlineData(418)]
    [InlineData(429)]
    public async Task After_a_refusal_nothing_is_asked_for_a_while_and_then_it_goes_on_by_itself(int status)
    {
        await using var server = await WithKeyAsync();
        outside.Answer = context => OutsideServer.TextAsync(context, """{"msg":"quota"}""", "application/json", status);
        var first = (await server.GetAsync("api/base-maps/tianditu/vec/8/207/99")).IsProblem(503, "base-map-unavailable");
        Assert.Equal("refused", first.Json.GetProperty("reason").GetString());
        outside.Answer = PictureAsync;
        outside.TakeAsked();

        var second = (await server.GetAsync("api/base-maps/tianditu/vec/8/207/98")).IsProblem(503, "base-map-unavailable");
        Assert.Equal("paused", second.Json.GetProperty("reason").GetString());
        Assert.Empty(outside.TakeAsked());

        server.Clock!.Advance(TimeSpan.FromSeconds(301));
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("api/base-maps/tianditu/vec/8/207/98")).Status);
    }

    /// <summary>An archive of version 3 of which only the header is looked at here.</summary>
    static byte[] Archive(byte type)
    {
        var file = new byte[400];
        "PMTiles\u0003"u8.CopyTo(file);
        (file[99], file[100], file[101]) = (type, 4, 12);
        foreach (var (at, degrees) in new[] { (102, 110.5), (106, 35.25), (110, 112.5), (114, 37.0) })
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), (int)(degrees * 1e7));
        }

        file[^1] = 77;
        return file;
    }

    [Fact]
    public async Task Files_of_the_folder_are_told_by_their_headers_and_served_by_ranges_to_those_who_may_see_the_map()
    {
        await File.WriteAllBytesAsync(Path.Combine(folder, "临汾影像.pmtiles"), Archive(2), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(folder, "streets.pmtiles"), Archive(1), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "broken.pmtiles"), "no archive", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "secret.txt"), "not for the web", TestContext.Current.CancellationToken);
        await using var server = await ServerAsync();

        var maps = (await MapsAsync(server)).ToDictionary(m => m.GetProperty("id").GetString()!, StringComparer.Ordinal);
        Assert.Equal(["file-streets", "file-临汾影像"], maps.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        var streets = maps["file-streets"];
        Assert.Equal(("vector", 4, 12), (streets.GetProperty("kind").GetString(), streets.GetProperty("minZoom").GetInt32(), streets.GetProperty("maxZoom").GetInt32()));
        Assert.Equal([110.5, 35.25, 112.5, 37.0], streets.GetProperty("bounds").EnumerateArray().Select(b => b.GetDouble()));
        Assert.Equal("pictures", maps["file-临汾影像"].GetProperty("kind").GetString());

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(maps["file-临汾影像"].GetProperty("file").GetString()!, UriKind.Relative));
        request.Headers.Range = new RangeHeaderValue(390, 399);
        using var part = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0, 77], await part.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

        foreach (var name in new[] { "secret", "secret.txt", "..%2Fcounties", "broken", "nothing" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("api/base-maps/files/" + name)).Status);
        }

        using var stranger = Visitor.Unknown(server.Address);
        (await stranger.GetAsync("api/base-maps/files/streets")).IsProblem(401, "sign-in-required");
        (await stranger.GetAsync("api/base-maps")).IsProblem(401, "sign-in-required");
    }

    [Fact]
    public void The_matrix_is_that_of_web_Mercator_and_the_key_is_only_in_the_address() =>
        Assert.Equal(
            "https://t0.tianditu.gov.cn/cia_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=cia&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX=18&TILEROW=2&TILECOL=1&tk=k%26x",
            TiandituLayer.AddressOf("https://t0.tianditu.gov.cn/", "cia", 18, 1, 2, "k&x").AbsoluteUri);
}
