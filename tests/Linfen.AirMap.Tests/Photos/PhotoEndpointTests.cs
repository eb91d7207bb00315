using System.Net;
using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Photos;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Linfen.AirMap.Tests.Photos;

public sealed class PhotoEndpointTests : IAsyncLifetime
{
    readonly PhotoFolder folder = new();
    readonly HttpClient client = new();
    WebApplication? app;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(folder.Store);
        builder.Services.AddProblemDetails(problem => problem.CustomizeProblemDetails = Problems.Describe);
        builder.Services.AddAuthorization(options => options.AddPolicy(nameof(Permission.View), policy => policy.RequireAssertion(_ => true)));
        app = builder.Build();
        app.Use((context, next) =>
        {
            context.User = new CallerPrincipal(Caller.Product);
            return next(context);
        });
        app.UseSecurityHeaders();
        app.UseProblems();
        app.UseAuthorization();
        app.MapPhotos();
        await app.StartAsync(Cancellation);
        client.BaseAddress = new Uri(app.Urls.Single());
    }

    async Task<HttpResponseMessage> GetAsync(string path, string? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (known is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        }

        return await client.SendAsync(request, Cancellation);
    }

    [Theory]
    [InlineData("", "View")]
    [InlineData("/thumbnail", "Thumbnail")]
    public async Task The_copies_are_served_for_ever_as_pictures_and_nothing_else(string path, string size)
    {
        var stored = await folder.StoredAsync(Picture.WithExif(Picture.Of(2500, 1200), Picture.Exif(1, "2026:03:15 10:00:00")));

        using var answer = await GetAsync($"/api/photos/{stored.Hash}{path}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("image/jpeg", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(["immutable", "max-age=31536000", "private"], answer.Headers.CacheControl!.ToString().Split(", ").Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(await folder.ViewAsync(stored.Hash, Enum.Parse<PhotoSize>(size)), await answer.Content.ReadAsByteArrayAsync(Cancellation));
        using var again = await GetAsync($"/api/photos/{stored.Hash}{path}", answer.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000/thumbnail")]
    [InlineData("nothing")]
    [InlineData("..%2F..%2Foriginals")]
    [InlineData("..%2f..%2f..%2f..%2fetc%2fpasswd/thumbnail")]
    public async Task What_is_not_there_is_a_problem_of_a_stable_type(string path)
    {
        using var answer = await GetAsync("/api/photos/" + path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("/problems/not-found", problem.RootElement.GetProperty("type").GetString());
        Assert.False(answer.Headers.CacheControl?.ToString().Contains("immutable", StringComparison.Ordinal) ?? false);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        folder.Dispose();
    }
}
