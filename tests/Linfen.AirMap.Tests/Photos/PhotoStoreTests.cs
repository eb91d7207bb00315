using System.Security.Cryptography;
using Linfen.AirMap.Photos;
using SkiaSharp;
using Xunit;

namespace Linfen.AirMap.Tests.Photos;

public sealed class PhotoStoreTests : IDisposable
{
    readonly PhotoFolder folder = new();

    public void Dispose() => folder.Dispose();

    static (int Width, int Height) SizeOf(byte[] image)
    {
        using var bitmap = SKBitmap.Decode(image);
        return (bitmap.Width, bitmap.Height);
    }

    public static TheoryData<string, string> Formats => new() { { "Jpeg", "image/jpeg" }, { "Png", "image/png" }, { "Webp", "image/webp" } };

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_photo_is_kept_as_it_came_under_its_hash_and_shown_smaller(string format, string mediaType)
    {
        var photo = Picture.Of(3000, 1500, Enum.Parse<SKEncodedImageFormat>(format));

        var stored = await folder.StoredAsync(photo);

        var hash = Convert.ToHexStringLower(SHA256.HashData(photo));
        Assert.Equal((hash, 3000, 1500, mediaType, null), (stored.Hash, stored.Width, stored.Height, stored.MediaType, stored.Capture));
        Assert.Equal(
            [$"originals/{hash[..2]}/{hash[2..4]}/{hash}", $"views/{hash[..2]}/{hash[2..4]}/{hash}-2048.jpg", $"views/{hash[..2]}/{hash[2..4]}/{hash}-320.jpg"], folder.Files, StringComparer.Ordinal);
        Assert.Equal(photo, folder.Content(folder.Files[0]));
        var (view, thumbnail) = (await folder.ViewAsync(hash, PhotoSize.View), await folder.ViewAsync(hash, PhotoSize.Thumbnail));
        Assert.Equal(((2048, 1024), (320, 160)), (SizeOf(view), SizeOf(thumbnail)));
        Assert.True(Picture.IsUpright(view) && Picture.IsUpright(thumbnail));
    }

    [Theory]
    [InlineData(100, 50, 100, 50)]
    [InlineData(2049, 1, 2048, 1)]
    [InlineData(1500, 4000, 768, 2048)]
    public async Task Copies_keep_the_proportions_and_small_photos_their_size(int width, int height, int viewWidth, int viewHeight)
    {
        var stored = await folder.StoredAsync(Picture.Of(width, height));

        Assert.Equal((viewWidth, viewHeight), SizeOf(await folder.ViewAsync(stored.Hash, PhotoSize.View)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task However_the_camera_was_held_the_copies_are_upright(int orientation)
    {
        var stored = await folder.StoredAsync(Picture.Held(orientation, 400, 240));

        Assert.Equal((400, 240), (stored.Width, stored.Height));
        foreach (var (size, width, height) in new[] { (PhotoSize.View, 400, 240), (PhotoSize.Thumbnail, 320, 192) })
        {
            var copy = await folder.ViewAsync(stored.Hash, size);
            Assert.Equal((width, height), SizeOf(copy));
            Assert.True(Picture.IsUpright(copy), size.ToString());
        }
    }

    [Fact]
    public async Task The_copies_hold_nothing_of_what_the_camera_noted_and_the_original_everything()
    {
        var photo = Picture.WithExif(Picture.Of(640, 480), Picture.Exif(1, "2026:03:15 10:00:00", "+08:00", (36, 5, 1234), (111, 31, 567)));

        var stored = await folder.StoredAsync(photo);

        Assert.Equal(photo, folder.Content(folder.Files[0]));
        foreach (var size in Enum.GetValues<PhotoSize>())
        {
            var copy = await folder.ViewAsync(stored.Hash, size);
            Assert.True(copy.AsSpan().IndexOf("secretnote"u8) < 0 && copy.AsSpan().IndexOf("Exif"u8) < 0 && copy.AsSpan().IndexOf("2026"u8) < 0 && copy.AsSpan().IndexOf("ICC_PROFILE"u8) < 0);
            Assert.Equal(PhotoFormat.Jpeg, PhotoFormat.MediaTypeOf(copy));
            Assert.Null(Capture.Read(copy, PhotoFormat.Jpeg));
        }
    }

    [Fact]
    public async Task What_is_transparent_is_shown_on_white()
    {
        var stored = await folder.StoredAsync(Picture.Of(64, 64, SKEncodedImageFormat.Png, transparent: true));

        using var view = SKBitmap.Decode(await folder.ViewAsync(stored.Hash, PhotoSize.View));
        Assert.True(Picture.IsNear(view.GetPixel(32, 32), SKColors.White));
    }

    [Fact]
    public async Task Storing_again_changes_nothing_and_gives_the_same_answer()
    {
        var photo = Picture.WithExif(Picture.Of(640, 480), Picture.Exif(6, "2026:03:15 10:00:00"));
        var first = await folder.StoredAsync(photo);
        var before = folder.Files.Select(folder.Content).ToList();

        var second = await folder.StoredAsync(photo);

        Assert.Equal(first, second);
        Assert.Equal(before, folder.Files.Select(folder.Content));
    }

    [Fact]
    public async Task Many_may_store_the_same_photo_at_once()
    {
        var photo = Picture.Of(1600, 1200);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Task.Run(() => folder.StoredAsync(photo))));

        Assert.Single(outcomes.Distinct());
        Assert.Equal(3, folder.Files.Count);
        Assert.Equal(photo, folder.Content(folder.Files[0]));
        Assert.True(Picture.IsUpright(await folder.ViewAsync(outcomes[0].Hash, PhotoSize.View)));
    }

    [Fact]
    public async Task A_photo_whose_writing_broke_off_is_completed_by_storing_it_again()
    {
        var photo = Picture.Of(640, 480);
        var stored = await folder.StoredAsync(photo);
        // The original comes last: without it the copies may be missing, too.
        folder.Delete(folder.Files[2]);
        folder.Delete(folder.Files[0]);

        await folder.StoredAsync(photo);

        Assert.Equal(3, folder.Files.Count);
        Assert.True(Picture.IsUpright(await folder.ViewAsync(stored.Hash, PhotoSize.Thumbnail)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../../etc/passwd")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("../../0000000000000000000000000000000000000000000000000000000000")]
    public void What_is_no_hash_of_a_photo_opens_nothing(string hash) => Assert.Null(folder.Store.OpenView(hash, PhotoSize.View));
}
