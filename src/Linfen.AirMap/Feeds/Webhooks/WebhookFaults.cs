using System.Globalization;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Intake;

namespace Linfen.AirMap.Feeds.Webhooks;

/// <summary>What is wrong with a mapping, field by field.</summary>
static class WebhookFaults
{
    const int MostCameras = 20_000;

    static readonly DateTime Sample = new(2026, 3, 15, 17, 42, 31, 250, DateTimeKind.Unspecified);

    public static SourceKind? SourceKindOf(WebhookMapping mapping) =>
        Told.TryName<SourceKind>(mapping.SourceKind ?? nameof(SourceKind.Video), out var kind) ? kind : null;

    public static List<string> Of(WebhookMapping mapping)
    {
        var faults = new List<string>();
        if (mapping.SourceKind?.Length == 0 || SourceKindOf(mapping) is null)
        {
            faults.Add("sourceKind: video, drone, vehicle, satellite or phone");
        }

        Path("items", mapping.Items);
        Path("id", mapping.Id, required: true);
        Path("time.path", mapping.Time?.Path, required: true);
        Path("lon", mapping.Lon, required: mapping.Lat is not null || mapping.Camera is null);
        Path("lat", mapping.Lat, required: mapping.Lon is not null || mapping.Camera is null);
        Path("camera", mapping.Camera, required: mapping.Cameras is { Length: > 0 });
        Path("radiusMetres", mapping.RadiusMetres);
        Path("bearing", mapping.Bearing);
        Path("image", mapping.Image);
        Path("confidence.path", mapping.Confidence?.Path, required: mapping.Confidence is not null);
        Path("kinds.path", mapping.Kinds?.Path, required: mapping.Kinds is not null);
        Time(mapping.Time?.Format, faults);
        if (mapping.Confidence is { Scale: { } scale } && !(double.IsFinite(scale) && scale > 0))
        {
            faults.Add("confidence.scale: what full confidence is, more than 0");
        }

        if (mapping.Kinds is { Counts: not { Length: > 0 } } or { Counts: { Length: > 200 } })
        {
            faults.Add("kinds.counts: the kinds of alarm that count, at least one");
        }

        if (mapping.Crs is not null && !CoordinateSystem.TryParse(mapping.Crs, out _))
        {
            faults.Add("crs: CGCS2000, WGS84, GCJ02, BD09 or an EPSG code of CGCS2000");
        }

        Cameras(mapping, faults);
        return faults;

        void Path(string field, string? path, bool required = false)
        {
            if (string.IsNullOrWhiteSpace(path) ? required : FieldPath.Parse(path) is null)
            {
                faults.Add(string.IsNullOrWhiteSpace(path) ? $"{field}: is missing" : $"{field}: a path such as data.alarms[0].id");
            }
        }
    }

    static void Time(string? format, List<string> faults)
    {
        if (format is null or WebhookClock.Rfc3339 or WebhookClock.Seconds or WebhookClock.Milliseconds)
        {
            return;
        }

        // A pattern that loses the day or the hour would make another time of every alarm.
        var good = format.Length is >= 8 and <= 40 && format.Contains('d', StringComparison.Ordinal);
        try
        {
            var text = good ? Sample.ToString(format, CultureInfo.InvariantCulture) : "";
            good = good && DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) && Math.Abs((read - Sample).TotalMinutes) < 1;
        }
        catch (FormatException)
        {
            good = false;
        }

        if (!good)
        {
            faults.Add("time.format: rfc3339, epochSeconds, epochMilliseconds or a pattern with date, hour and minute such as yyyy-MM-dd HH:mm:ss");
        }
    }

    static void Cameras(WebhookMapping mapping, List<string> faults)
    {
        if (mapping.Camera is not null && mapping.Cameras is not { Length: > 0 })
        {
            faults.Add("cameras: the list in which the camera is looked up");
        }

        if (mapping.Cameras is not { } cameras)
        {
            return;
        }

        if (cameras.Length > MostCameras)
        {
            faults.Add($"cameras: at most {MostCameras}");
            return;
        }

        for (var i = 0; i < cameras.Length; i++)
        {
            // By the same check as a detection's place.
            if (cameras[i] is not { Id: { Length: > 0 and <= 200 }, Lon: { } lon, Lat: { } lat } camera || !double.IsFinite(lon) || !double.IsFinite(lat)
                || camera.RadiusMetres is < 0 or > 50_000 || camera.Bearing is < 0 or > 360)
            {
                faults.Add($"cameras[{i}]: id, lon, lat, and perhaps radiusMetres (0 to 50000) and bearing (0 to 360)");
            }
        }

        if (cameras.Where(c => c?.Id is not null).GroupBy(c => c.Id, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } doubled)
        {
            faults.Add($"cameras: {doubled.Key} stands there twice");
        }
    }
}
