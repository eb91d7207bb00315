using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Hosting;

namespace Linfen.AirMap.Intake;

/// <summary>One element of the detections call, checked field by field.</summary>
static class DetectionJson
{
    const int LongestId = 200;
    const int LongestFeed = 64;
    const int LongestUrl = 2_000;
    const double LargestRadiusMetres = 50_000;

    /// <summary>Eastings carry the zone's number in front, at most 60 000 000.</summary>
    const double LargestGridMetres = 1e8;

    /// <summary>What a source is taken to know of its position when it does not say: metres.</summary>
    static readonly double[] UsualRadiusMetres = [500, 200, 30, 50, 100];

    static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    static readonly Dictionary<string, SourceKind> Kinds =
        Enum.GetValues<SourceKind>().ToDictionary(k => k.ToString().ToLowerInvariant(), k => k, StringComparer.Ordinal);

    public static IntakeLine Read(JsonElement json, long line, string feed)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return IntakeLine.Rejected(line, "not-an-object: a detection is a JSON object");
        }

        var fields = new DetectionFields(json);
        var seen = Read(fields, feed);
        return fields.Fault is { } fault ? IntakeLine.Rejected(line, fault) : IntakeLine.Accepted(line, seen with { ContentDigest = Digest(seen) });
    }

    static Observation Read(DetectionFields fields, string feed)
    {
        var kind = Kind(fields);
        var at = Time(fields);
        return new Observation
        {
            Feed = fields.Text("feed", LongestFeed) ?? feed,
            SourceKind = kind,
            DetectionId = fields.Required("detectionId", LongestId) ?? "",
            OccurredAt = at,
            Position = Position(fields),
            // Nobody sees to the millimetre: 0 is what senders write who do not know.
            RadiusMetres = fields.Number("radiusMetres", 0, LargestRadiusMetres) is > 0 and var radius ? radius : UsualRadiusMetres[(int)kind],
            BearingDegrees = fields.Number("bearing", 0, 360),
            Confidence = fields.Number("confidence", 0, 1),
            FrpMegawatts = fields.Number("frpMegawatts", 0, Observation.LargestMegawatts),
            ImageUrl = fields.Text("imageUrl", LongestUrl),
            Simulated = fields.Flag("simulated"),
        };
    }

    static SourceKind Kind(DetectionFields fields)
    {
        if (!Kinds.TryGetValue(fields.Required("sourceKind", 20) ?? "", out var kind))
        {
            fields.Refuse("source-kind-unknown: video, drone, vehicle, satellite or phone");
        }

        return kind;
    }

    static LonLat Position(DetectionFields fields)
    {
        var crs = CoordinateSystem.Cgcs2000;
        if (fields.Text("crs", 40) is { } name && !CoordinateSystem.TryParse(name, out crs))
        {
            fields.Refuse("crs-unknown: CGCS2000, WGS84, GCJ02, BD09 or an EPSG code of CGCS2000");
        }

        if (fields.Required("lon") is not { } x || fields.Required("lat") is not { } y || crs is null)
        {
            return default;
        }

        if ((crs.IsProjected ? GridFault(x, y) : DegreesFault(x, y)) is { } fault)
        {
            fields.Refuse(fault);
            return default;
        }

        var at = crs.ToCgcs2000(x, y);
        if (!double.IsFinite(at.Lon) || !double.IsFinite(at.Lat) || Math.Abs(at.Lat) > 90)
        {
            fields.Refuse(NoPlace);
        }

        return at;
    }

    const string NoPlace = "coordinates-out-of-range: not a place in this coordinate system";

    static string? GridFault(double x, double y) => Math.Abs(x) > LargestGridMetres || Math.Abs(y) > LargestGridMetres ? NoPlace : null;

    static string? DegreesFault(double lon, double lat) =>
        Math.Abs(lat) > 90 && Math.Abs(lat) <= 180 && Math.Abs(lon) <= 90 ? "coordinates-swapped: lat is out of range and would be a longitude"
        : Math.Abs(lat) > 90 ? "latitude-out-of-range: -90 to 90"
        : Math.Abs(lon) > 180 ? "longitude-out-of-range: -180 to 180"
        : null;

    static DateTimeOffset Time(DetectionFields fields)
    {
        if (fields.Required("at", 40) is not { } text)
        {
            return default;
        }

        if (!Told.TryMoment(text, out var at))
        {
            fields.Refuse("time-invalid: RFC 3339 with an offset, e.g. 2026-11-23T14:05:00+08:00");
            return default;
        }

        if (at < Earliest)
        {
            fields.Refuse("time-implausible: before the year 2000");
        }

        // Microseconds, as they are stored.
        return new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
    }

    /// <summary>
    /// Digest of what the sender said, so that the same id with other content is told from a repeat. SHA-256, cut to 128 bits.
    /// </summary>
    static Guid Digest(Observation seen)
    {
        var text = Encoding.UTF8.GetBytes(seen.ImageUrl ?? "");
        Span<byte> content = stackalloc byte[8 * 8 + 1];
        BinaryPrimitives.WriteInt64LittleEndian(content, seen.OccurredAt.UtcTicks);
        ReadOnlySpan<double> figures =
        [
            seen.Position.Lon, seen.Position.Lat, seen.RadiusMetres, seen.BearingDegrees ?? double.NaN,
            seen.Confidence ?? double.NaN, seen.FrpMegawatts ?? double.NaN, text.Length,
        ];
        for (var i = 0; i < figures.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(content[(8 + 8 * i)..], figures[i]);
        }

        content[^1] = seen.Simulated ? (byte)1 : (byte)0;
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData([.. content, .. text], digest);
        return new Guid(digest[..16]);
    }
}
