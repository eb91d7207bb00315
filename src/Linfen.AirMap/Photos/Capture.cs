using System.Globalization;
using Linfen.AirMap.Geo;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.IO;

namespace Linfen.AirMap.Photos;

/// <summary>When and where a photo was taken, as its camera says: evidence beside the photo, never proof.</summary>
/// <param name="LocalTime">EXIF DateTimeOriginal, by the camera's clock.</param>
/// <param name="UtcOffset">Of that clock, where the camera notes it.</param>
/// <param name="Place">EXIF GPS position, WGS 84 taken as CGCS2000.</param>
sealed record Capture(DateTime? LocalTime, TimeSpan? UtcOffset, LonLat? Place)
{
    /// <returns>Null where the photo has no EXIF, or nothing of use in it.</returns>
    public static Capture? Read(ReadOnlySpan<byte> photo, string mediaType)
    {
        var block = ExifBlock.Find(photo, mediaType);
        if (block.IsEmpty)
        {
            return null;
        }

        IReadOnlyList<MetadataExtractor.Directory> directories;
        try
        {
            directories = new ExifReader().Extract(new ByteArrayReader(block.ToArray()));
        }
        catch (Exception e) when (e is IOException or MetadataException or ImageProcessingException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            // What a stranger's file says about itself may be wrong; the photo is none the worse.
            return null;
        }

        var exif = directories.OfType<ExifSubIfdDirectory>().FirstOrDefault();
        var time = Time(exif?.GetString(ExifDirectoryBase.TagDateTimeOriginal));
        var capture = new Capture(
            time, time is null ? null : Offset(exif?.GetString(ExifDirectoryBase.TagTimeZoneOriginal)), PlaceOf(directories.OfType<GpsDirectory>().FirstOrDefault()));
        return capture is { LocalTime: null, Place: null } ? null : capture;
    }

    static DateTime? Time(string? text) =>
        DateTime.TryParseExact(text, "yyyy:MM:dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    static TimeSpan? Offset(string? text) => text is ['+' or '-', ..]
        && TimeSpan.TryParseExact(text[1..], @"hh\:mm", CultureInfo.InvariantCulture, out var offset) && offset <= TimeSpan.FromHours(14)
            ? text[0] == '-' ? -offset : offset
            : null;

    static LonLat? PlaceOf(GpsDirectory? gps) => gps?.GetGeoLocation() is { IsZero: false, Longitude: >= -180 and <= 180, Latitude: >= -90 and <= 90 } place
        ? new(place.Longitude, place.Latitude)
        : null;
}
