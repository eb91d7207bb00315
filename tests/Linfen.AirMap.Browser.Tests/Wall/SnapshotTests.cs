using System.Buffers.Binary;
using Linfen.AirMap.Browser.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Wall;

/// <summary>The picture of the wall that an officer takes with him.</summary>
public sealed class SnapshotTests(City city)
{
    [Fact]
    public async Task A_key_saves_the_view_with_map_names_legend_and_time_as_a_picture()
    {
        await using var server = await city.ServeAsync();
        await using var wall = await WallPage.OpenAsync(city.Browser, server.Address);

        var taken = await wall.Page.RunAndWaitForDownloadAsync(() => wall.Page.Keyboard.PressAsync("s"));
        Assert.Matches(@"^临汾大气一张图-\d{4}-\d{2}-\d{2}-\d{4}\.png$", taken.SuggestedFilename);
        await wall.UntilAsync("name => document.querySelector('.snapshot-note').textContent.includes(name)", taken.SuggestedFilename);
        var picture = await File.ReadAllBytesAsync(await taken.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], picture[..4]);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(20)));
        var view = await wall.Page.EvaluateAsync<double[]>("() => { const c = document.querySelector('.center').getBoundingClientRect(); return [c.width, c.height]; }");
        Assert.True(width > view[0] && height > view[1], $"{width} × {height} holds the map of {view[0]} × {view[1]} and what is said around it");

        // The map's middle has counties, borders and letters; a canvas read too late would be one colour.
        var shades = await wall.Page.EvaluateAsync<int>(
            """
            async text => {
              const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(text), c => c.charCodeAt(0))], { type: 'image/png' }));
              const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
              pen.drawImage(bitmap, 0, 0);
              const { data } = pen.getImageData(bitmap.width * 0.2, bitmap.height * 0.35, bitmap.width * 0.35, bitmap.height * 0.35);
              return new Set(Array.from({ length: data.length / 4 }, (_, i) => `${data[4 * i]},${data[4 * i + 1]},${data[4 * i + 2]}`)).size;
            }
            """, Convert.ToBase64String(picture));
        Assert.True(shades > 60, $"{shades} shades");
        Assert.Empty(await wall.PolicyViolationsAsync());
        Assert.Empty(wall.Faults);
    }
}
