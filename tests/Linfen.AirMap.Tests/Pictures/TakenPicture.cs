using System.Net;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Pictures;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;
using Xunit;

namespace Linfen.AirMap.Tests.Pictures;

/// <summary>A picture as a client got it, to be asked for its pixels by place on the Earth.</summary>
sealed class TakenPicture : IDisposable
{
    readonly SKBitmap pixels;
    readonly MapFrame frame;
    readonly int scale;

    TakenPicture(SKBitmap pixels, CityAtlas map, PictureQuery query)
    {
        this.pixels = pixels;
        var (asked, _) = query.Check(DateTimeOffset.MaxValue);
        scale = asked!.Scale;
        Page = PictureLayout.Of(asked.Width, asked.Height);
        Theme = asked.IsDark ? PictureTheme.Dark : PictureTheme.Light;
        frame = Page.FrameOf(new(asked, map, null!, [], AirMap.Accounts.Scope.City, default));
    }

    public PictureLayout Page { get; }

    public PictureTheme Theme { get; }

    public int Width => pixels.Width;

    public int Height => pixels.Height;

    public static async Task<TakenPicture> OfAsync(AirMapServer server, HttpClient client, PictureQuery query)
    {
        using var response = await client.GetAsync(new Uri(AddressOf(query), UriKind.Relative));
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{AddressOf(query)}: {response.StatusCode}");
        Assert.Equal("image/png", response.Content.Headers.ContentType!.MediaType);
        return new(SKBitmap.Decode(await response.Content.ReadAsByteArrayAsync()), server.Services.GetRequiredService<AtlasKeeper>().Current, query);
    }

    public static Task<TakenPicture> OfAsync(AirMapServer server, PictureQuery? query = null) => OfAsync(server, server.Client, query ?? new());

    public static string AddressOf(PictureQuery query)
    {
        var said = new (string Name, string? Value)[]
        {
            ("width", query.Width), ("height", query.Height), ("scale", query.Scale), ("county", query.County), ("asKnownAt", query.AsKnownAt), ("lang", query.Lang), ("theme", query.Theme),
            ("simulated", query.Simulated),
        };
        return "api/map.png?" + string.Join('&', said.Where(s => s.Value is not null).Select(s => $"{s.Name}={Uri.EscapeDataString(s.Value!)}"));
    }

    public SKPoint At(LonLat place) => frame.At(place);

    public SKColor Pixel(SKPoint at) => pixels.GetPixel((int)(at.X * scale), (int)(at.Y * scale));

    public SKColor Pixel(LonLat place) => Pixel(At(place));

    /// <summary>The colour that most of a county has in its middle, names and signs or not.</summary>
    public SKColor FillAround(LonLat middle)
    {
        var (at, reach) = (At(middle), (int)(3 * Page.Unit));
        return (from x in Enumerable.Range(-reach, 2 * reach) from y in Enumerable.Range(-reach, 2 * reach) select Pixel(new SKPoint(at.X + x, at.Y + y)))
            .GroupBy(c => c).MaxBy(g => g.Count())!.Key;
    }

    /// <summary>How many pixels of a part of the page have a colour.</summary>
    public int Count(SKRect part, Func<SKColor, bool> has)
    {
        var count = 0;
        for (var y = (int)part.Top; y < (int)part.Bottom; y++)
        {
            for (var x = (int)part.Left; x < (int)part.Right; x++)
            {
                count += has(Pixel(new SKPoint(x, y))) ? 1 : 0;
            }
        }

        return count;
    }

    /// <summary>Which pixels of a part are not blank paper.</summary>
    public bool[] Ink(SKRect part) =>
        [.. from y in Enumerable.Range((int)part.Top, (int)part.Height) from x in Enumerable.Range((int)part.Left, (int)part.Width) select Pixel(new SKPoint(x, y)) != Theme.Paper];

    public void Dispose() => pixels.Dispose();
}
