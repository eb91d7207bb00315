using Linfen.AirMap.Pictures;
using Microsoft.Extensions.Options;
using SkiaSharp;
using Xunit;

namespace Linfen.AirMap.Tests.Pictures;

/// <summary>Where things stand on a page, and how many pages are drawn at a time.</summary>
public sealed class PageTests
{
    [Theory]
    [InlineData(320, 320)]
    [InlineData(320, 4096)]
    [InlineData(4096, 320)]
    [InlineData(640, 480)]
    [InlineData(800, 600)]
    [InlineData(1024, 768)]
    [InlineData(1280, 720)]
    [InlineData(1600, 1200)]
    [InlineData(1240, 1754)]
    [InlineData(3840, 1080)]
    [InlineData(2160, 3840)]
    [InlineData(4096, 4096)]
    public void On_a_page_of_any_size_nothing_lies_upon_anything_and_the_map_is_the_largest(int width, int height)
    {
        var page = PictureLayout.Of(width, height);
        SKRect[] parts = [page.Header, page.Figures, page.Map, page.Legend, page.Foot];

        Assert.All(parts, p => Assert.True(p.Left >= 0 && p.Top >= 0 && p.Right <= width + 0.5f && p.Bottom <= height + 0.5f && p.Width > 30 && p.Height > 15, $"{p} on {width} × {height}"));
        for (var i = 0; i < parts.Length; i++)
        {
            Assert.All(parts.Skip(i + 1), other => Assert.False(SKRect.Inflate(parts[i], -0.5f, -0.5f).IntersectsWith(SKRect.Inflate(other, -0.5f, -0.5f)), $"{parts[i]} and {other} on {width} × {height}"));
        }

        Assert.All(parts, p => Assert.True(p == page.Map || p.Width * p.Height < page.Map.Width * page.Map.Height, $"{p} is larger than the map on {width} × {height}"));
    }

    static LabelWish Box(string code, float left, float top, float right, float bottom, float wide = 40) =>
        new(code, new(left, top, right, bottom), new((left + right) / 2, (top + bottom) / 2), new(wide, 20), at => at.X > left && at.X < right && at.Y > top && at.Y < bottom);

    [Fact]
    public void Names_stand_in_their_own_areas_off_each_other_off_signs_and_inside_the_view()
    {
        LabelWish[] wishes = [Box("a", 0, 0, 100, 100), Box("b", 100, 0, 130, 100), Box("c", 130, 0, 160, 100), Box("d", 0, 100, 160, 200)];
        SKRect[] signs = [SKRect.Create(30, 30, 40, 40), SKRect.Create(60, 140, 40, 20)];

        var places = LabelPlaces.Find(wishes, signs, new(0, 0, 160, 200));

        var boxes = places.Select(p => LabelPlaces.BoxAround(p.Value, new(40, 20))).ToList();
        Assert.True(places.ContainsKey("a") && places.ContainsKey("b") && places.ContainsKey("c") && places.ContainsKey("d"));
        Assert.All(places, p => Assert.True(wishes.Single(w => w.Code == p.Key).Holds(p.Value)));
        Assert.All(boxes, b => Assert.True(b.Left >= 0 && b.Right <= 160 && signs.All(s => !s.IntersectsWith(b)), b.ToString()));
        Assert.All(Enumerable.Range(0, boxes.Count), i => Assert.DoesNotContain(boxes.Skip(i + 1), other => other.IntersectsWith(boxes[i])));
    }

    [Fact]
    public void A_name_without_room_gets_no_place() =>
        Assert.Equal(["a"], LabelPlaces.Find([Box("a", 0, 0, 50, 24), Box("b", 0, 24, 50, 50, wide: 60)], [], new(0, 0, 50, 50)).Keys, StringComparer.Ordinal);

    [Fact]
    public void The_classes_of_counties_begin_where_the_legend_says()
    {
        Assert.Equal([0, 1, 1, 2, 3, 4, 5, 6, 7, 7], new[] { 0, 1, 4, 5, 10, 15, 20, 30, 40, 4_000 }.Select(PictureContent.ClassOf));
        foreach (var (ramp, ground) in new[] { (PictureTheme.Light.Ramp, 1), (PictureTheme.Dark.Ramp, -1) })
        {
            var lightness = ramp.Select(c => 0.2126 * c.Red + 0.7152 * c.Green + 0.0722 * c.Blue).ToList();
            Assert.All(lightness.Zip(lightness.Skip(1)), pair => Assert.True((pair.First - pair.Second) * ground > 0, "a grey print keeps the order"));
        }
    }

    [Fact]
    public async Task So_many_pictures_are_drawn_at_a_time_and_when_too_many_wait_the_next_is_refused()
    {
        using var studio = new PictureStudio(Options.Create(new PictureOptions { AtOnce = 1, MostWaiting = 1 }));
        using var gate = new SemaphoreSlim(0);
        var drawing = 0;
        byte[] Draw()
        {
            Assert.Equal(1, Interlocked.Increment(ref drawing));
            gate.Wait();
            Interlocked.Decrement(ref drawing);
            return [1];
        }

        var first = Task.Run(() => studio.DrawAsync("first", 1, (_, _) => Draw(), CancellationToken.None));
        await Support.Until.TrueAsync(() => Task.FromResult(Volatile.Read(ref drawing) == 1), "the first is being drawn");
        var second = studio.DrawAsync("second", 1, (_, _) => Draw(), CancellationToken.None);
        Assert.Null(await studio.DrawAsync("third", 1, (_, _) => Draw(), CancellationToken.None));

        gate.Release(3);
        Assert.Equal([[1], [1]], [(await first)!, (await second)!]);
        Assert.NotNull(await studio.DrawAsync("third", 1, (_, _) => Draw(), CancellationToken.None));
        Assert.NotNull(await studio.DrawAsync("first", 1, (_, _) => throw new InvalidOperationException("It is kept."), CancellationToken.None));
    }

    [Fact]
    public async Task A_picture_is_drawn_on_the_pixels_of_one_before_it_that_was_at_least_as_large()
    {
        using var studio = new PictureStudio(Options.Create(new PictureOptions { AtOnce = 1 }));
        var taken = new List<byte[]>();
        foreach (var bytes in new[] { 5_000, 9_000, 7_000, 9_000 })
        {
            await studio.DrawAsync($"{taken.Count}", bytes, (_, pixels) => { taken.Add(pixels); return [1]; }, CancellationToken.None);
        }

        Assert.Equal([5_000, 9_000, 9_000, 9_000], taken.Select(pixels => pixels.Length));
        Assert.All(taken.Skip(2), pixels => Assert.Same(taken[1], pixels));
    }
}
