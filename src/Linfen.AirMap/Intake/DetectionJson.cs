using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Linfen.AirMap.Geo;

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
        try
        {
            return IntakeLine.Accepted(line, Read(json, feed));
        }
        catch (Refusal refusal)
        {
            return IntakeLine.Rejected(line, refusal.Message);
        }
    }

    sealed class Refusal(string reason) : Exception(reason);

    static Observation Read(JsonElement json, string feed)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new Refusal("not-an-object: a detection is a JSON object");
        }

        if (!Kinds.TryGetValue(Text(json, "sourceKind", 20) ?? throw Missing("sourceKind"), out var kind))
        {
            throw new Refusal("source-kind-unknown: video, drone, vehicle, satellite or phone");
        }

        var at = Time(json);
        var seen = new Observation
        {
            Feed = Text(json, "feed", LongestFeed) ?? feed,
            SourceKind = kind,
            DetectionId = Text(json, "detectionId", LongestId) ?? throw Missing("detectionId"),
            OccurredAt = at,
            Position = Position(json),
            RadiusMetres = Number(json, "radiusMetres", 0, LargestRadiusMetres) ?? UsualRadiusMetres[(int)kind],
            BearingDegrees = Number(json, "bearing", 0, 360),
            Confidence = Number(json, "confidence", 0, 1),
            FrpMegawatts = Number(json, "frpMegawatts", 0, 100_000),
            ImageUrl = Text(json, "imageUrl", LongestUrl),
            Simulated = Flag(json, "simulated"),
        };
        return seen with { ContentDigest = Digest(seen) };
    }

    static LonLat Position(JsonElement json)
    {
        var crs = CoordinateSystem.Cgcs2000;
        if (Text(json, "crs", 40) is { } name && !CoordinateSystem.TryParse(name, out crs))
        {
            throw new Refusal("crs-unknown: CGCS2000, WGS84, GCJ02, BD09 or an EPSG code of CGCS2000");
        }

        var x = Number(json, "lon", double.MinValue, double.MaxValue) ?? throw Missing("lon");
        var y = Number(json, "lat", double.MinValue, double.MaxValue) ?? throw Missing("lat");
        if (!crs!.IsProjected)
        {
            CheckDegrees(x, y);
        }
        else if (Math.Abs(x) > LargestGridMetres || Math.Abs(y) > LargestGridMetres)
        {
            throw new Refusal("coordinates-out-of-range: not a place in this coordinate system");
        }

        var at = crs.ToCgcs2000(x, y);
        return double.IsFinite(at.Lon) && double.IsFinite(at.Lat) && Math.Abs(at.Lat) <= 90
            ? at
            : throw new Refusal("coordinates-out-of-range: not a place in this coordinate system");
    }

    static void CheckDegrees(double lon, double lat)
    {
        if (Math.Abs(lat) > 90 && Math.Abs(lat) <= 180 && Math.Abs(lon) <= 90)
        {
            throw new Refusal("coordinates-swapped: lat is out of range and would be a longitude");
        }

        if (Math.Abs(lat) > 90)
        {
            throw new Refusal("latitude-out-of-range: -90 to 90");
        }

        if (Math.Abs(lon) > 180)
        {
            throw new Refusal("longitude-out-of-range: -180 to 180");
        }
    }

    static DateTimeOffset Time(JsonElement json)
    {
        var text = Text(json, "at", 40) ?? throw Missing("at");
        if (!HasOffset(text) || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
        {
            throw new Refusal("time-invalid: RFC 3339 with an offset, e.g. 2026-11-23T14:05:00+08:00");
        }

        // Microseconds, as they are stored.
        at = new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        return at >= Earliest ? at : throw new Refusal("time-implausible: before the year 2000");
    }

    static bool HasOffset(string text) =>
        text.Length >= 17 && text[4] == '-' && text[10] is 'T' or 't' or ' '
        && (text[^1] is 'Z' or 'z' || text.AsSpan(16).ContainsAny('+', '-'));

    static string? Text(JsonElement json, string name, int longest)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            throw new Refusal($"not-a-text: {name}");
        }

        var text = value.GetString()!;
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new Refusal($"nul-byte: {name}");
        }

        if (text.Length > longest)
        {
            throw new Refusal($"too-long: {name} may have at most {longest.ToString(CultureInfo.InvariantCulture)} characters");
        }

        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    static double? Number(JsonElement json, string name, double least, double most)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || !double.IsFinite(number))
        {
            throw new Refusal($"not-a-number: {name}");
        }

        return number >= least && number <= most
            ? number
            : throw new Refusal(string.Create(CultureInfo.InvariantCulture, $"out-of-range: {name} is {least} to {most}"));
    }

    static bool Flag(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False or JsonValueKind.Null => false,
            _ => throw new Refusal($"not-a-flag: {name} is true or false"),
        };

    static Refusal Missing(string name) => new($"missing: {name}");

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
