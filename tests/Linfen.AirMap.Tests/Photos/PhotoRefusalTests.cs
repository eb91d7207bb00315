using System.Text;
using Linfen.AirMap.Photos;
using Linfen.AirMap.Tests.Tables;
using SkiaSharp;
using Xunit;

namespace Linfen.AirMap.Tests.Photos;

public sealed class PhotoRefusalTests : IDisposable
{
    readonly PhotoFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", "not-a-photo")]
    [InlineData("<!DOCTYPE html><script>alert(1)</script>", "not-a-photo")]
    [InlineData("GIF89a<script>", "not-a-photo")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>", "not-a-photo")]
    [InlineData("RIFF\0\0\0\0WEBPnothing", "photo-damaged")]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0mif1heic", "heic-unsupported")]
    [InlineData("\0\0\0\u0018ftypmif1\0\0\0\0mif1heic", "heic-unsupported")]
    [InlineData("\0\0\0\u0018ftypisom\0\0\0\0", "not-a-photo")]
    public async Task What_is_no_photo_that_can_be_shown_is_refused_with_its_reason(string content, string reason) =>
        Assert.Equal(reason, await folder.RefusedAsync(Encoding.Latin1.GetBytes(content)));

    [Fact]
    public async Task A_page_behind_the_first_bytes_of_a_photo_is_refused() =>
        Assert.Equal("photo-damaged", await folder.RefusedAsync([0xFF, 0xD8, 0xFF, 0xE0, .. "<html><script>alert(1)</script></html>"u8]));

    [Fact]
    public async Task A_page_behind_a_whole_photo_is_kept_as_evidence_and_never_shown()
    {
        byte[] polyglot = [.. Picture.Of(64, 64), .. "<html><script>alert(1)</script></html>"u8];

        var stored = await folder.StoredAsync(polyglot);

        Assert.Equal(polyglot, folder.Content(folder.Files[0]));
        Assert.True((await folder.ViewAsync(stored.Hash, PhotoSize.View)).AsSpan().IndexOf("script"u8) < 0);
    }

    [Theory]
    [InlineData("Jpeg")]
    [InlineData("Png")]
    [InlineData("Webp")]
    public async Task A_photo_that_was_cut_off_is_refused(string format)
    {
        var photo = Picture.Of(800, 600, Enum.Parse<SKEncodedImageFormat>(format));

        foreach (var part in new[] { 0.3, 0.6, 0.9 })
        {
            Assert.Contains(await folder.RefusedAsync(photo[..(int)(photo.Length * part)]), new[] { "photo-truncated", "photo-damaged" }, StringComparer.Ordinal);
        }
    }

    [Theory]
    [InlineData(60_000, 60_000)]
    [InlineData(10_000, 6_001)]
    [InlineData(7_746, 7_747)]
    public async Task A_photo_of_a_few_bytes_that_declares_more_than_60_million_pixels_is_refused_by_its_header(int width, int height) =>
        Assert.Equal("photo-too-many-pixels", await folder.RefusedAsync(Picture.PngBomb(width, height)));

    [Fact]
    public async Task Sixty_million_declared_pixels_are_looked_at_and_found_missing() =>
        Assert.Equal("photo-truncated", await folder.RefusedAsync(Picture.PngBomb(10_000, 6_000)));

    [Fact]
    public async Task Twenty_megabytes_are_taken_and_a_byte_more_is_refused()
    {
        var photo = Picture.Of(64, 64);
        byte[] Padded(int length) => [.. photo, .. new byte[length - photo.Length]];

        Assert.Equal("photo-too-large", await folder.RefusedAsync(Padded(PhotoStore.MostBytes + 1)));
        await folder.StoredAsync(Padded(PhotoStore.MostBytes));
    }

    [Fact]
    public async Task A_body_without_end_is_given_up_at_the_limit()
    {
        await using var endless = new EndlessStream([0xFF, 0xD8, 0xFF], 1024L * 1024 * 1024);

        Assert.Equal(new PhotoOutcome.Refused("photo-too-large"), await folder.Store.StoreAsync(endless, TestContext.Current.CancellationToken));
        Assert.True(endless.Served < PhotoStore.MostBytes + 1024 * 1024, $"{endless.Served} bytes were read");
    }

    [Fact]
    public async Task Any_damage_to_any_byte_is_a_refusal_or_a_photo_and_never_a_crash()
    {
        var random = new Random(20260315);
        var whole = Picture.WithExif(Picture.Of(32, 32), Picture.Exif(6, "2026:03:15 10:00:00", "+08:00", (36, 5, 1234), (111, 31, 567)));
        var (stored, refused) = (0, 0);
        for (var time = 0; time < 400; time++)
        {
            var damaged = whole.ToArray();
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                damaged[random.Next(2, damaged.Length / (1 + time % 2))] = (byte)random.Next(256);
            }

            _ = await folder.Store.StoreAsync(new MemoryStream(damaged), TestContext.Current.CancellationToken) is PhotoOutcome.Stored ? stored++ : refused++;
        }

        Assert.True(stored > 20 && refused > 20, $"{stored} were stored and {refused} refused");
    }
}
