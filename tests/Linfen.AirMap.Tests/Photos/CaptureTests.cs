using Linfen.AirMap.Photos;
using SkiaSharp;
using Xunit;

namespace Linfen.AirMap.Tests.Photos;

public sealed class CaptureTests
{
    static readonly byte[] Noted = Picture.Exif(1, "2026:03:15 10:00:00", "+08:00", (36, 5, 1234), (111, 31, 567));

    static void IsRead(Capture? capture)
    {
        Assert.NotNull(capture);
        Assert.Equal((new DateTime(2026, 3, 15, 10, 0, 0, DateTimeKind.Unspecified), TimeSpan.FromHours(8)), (capture.LocalTime, capture.UtcOffset));
        Assert.Equal(111 + 31 / 60.0 + 5.67 / 3600, capture.Place!.Value.Lon, 9);
        Assert.Equal(36 + 5 / 60.0 + 12.34 / 3600, capture.Place!.Value.Lat, 9);
    }

    [Fact]
    public async Task Time_and_place_of_a_jpeg_come_with_its_storing()
    {
        using var folder = new PhotoFolder();

        IsRead((await folder.StoredAsync(Picture.WithExif(Picture.Of(64, 48), Noted))).Capture);
    }

    [Fact]
    public async Task Those_of_a_png_too()
    {
        using var folder = new PhotoFolder();

        IsRead((await folder.StoredAsync(Picture.WithChunk(Picture.Of(64, 48, SKEncodedImageFormat.Png), "eXIf", Noted))).Capture);
    }

    [Fact]
    public void And_those_of_a_webp()
    {
        byte[] webP = [.. "RIFF\0\0\0\0WEBPVP8X"u8, 1, 0, 0, 0, 9, 0, .. "EXIF"u8, .. BitConverter.GetBytes(Noted.Length), .. Noted];

        IsRead(Capture.Read(webP, PhotoFormat.WebP));
    }

    [Theory]
    [InlineData("2026:03:15 10:00:00", null, true)]
    [InlineData("0000:00:00 00:00:00", "+08:00", false)]
    [InlineData("2026-03-15T10:00", null, false)]
    [InlineData("    :  :     :  :  ", null, false)]
    [InlineData("2026:02:30 10:00:00", null, false)]
    public void A_time_is_read_only_where_it_is_one(string time, string? offset, bool read)
    {
        var capture = Capture.Read(Picture.WithExif(Picture.Of(16, 16), Picture.Exif(1, time, offset)), PhotoFormat.Jpeg);

        Assert.Equal(read, capture is not null);
        Assert.Null(capture?.UtcOffset);
    }

    [Theory]
    [InlineData(0, 0, 100)]
    [InlineData(91, 111, 100)]
    [InlineData(36, 181, 100)]
    [InlineData(4_000_000_000, 111, 100)]
    public void A_place_that_is_none_is_left_out(uint lat, uint lon, uint denominator)
    {
        var exif = Picture.Exif(1, "2026:03:15 10:00:00", null, (lat, 0, 0), (lon, 0, 0), denominator);

        var capture = Capture.Read(Picture.WithExif(Picture.Of(16, 16), exif), PhotoFormat.Jpeg);

        Assert.Equal(2026, capture!.LocalTime!.Value.Year);
        Assert.Null(capture.Place);
    }
}
