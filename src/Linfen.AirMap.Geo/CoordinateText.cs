using System.Globalization;
using System.Text.RegularExpressions;

namespace Linfen.AirMap.Geo;

/// <summary>
/// Reads a pair of coordinates as people write or paste it: decimal degrees or degrees, minutes and seconds, the sign of the minutes or not, in either order, with or without
/// hemispheres (N, 北纬 …), or eastings and northings of Gauss–Krüger, with or without the number of the zone; the name of a system (GCJ-02, 高德, 百度,
/// EPSG:4546 …) may stand before or after it.
/// </summary>
public static partial class CoordinateText
{
    const int LongestText = 120;
    const int LongestMatchMilliseconds = 1000;

    /// <summary>3° zones with their number before the easting are EPSG 4513 (zone 25) and on; 6° zones EPSG 4491 (zone 13) and on.</summary>
    const int FirstThreeDegreeZone = 25;
    const int FirstSixDegreeZone = 13;

    /// <summary>China, generously: what lies elsewhere is another order of the two numbers, or none.</summary>
    static readonly (double From, double To) Longitudes = (73, 136);
    static readonly (double From, double To) Latitudes = (3, 54);

    /// <summary>What the text may mean, the likeliest first; empty when it is no pair of coordinates of China. Degrees without a system may be any of the usual three.</summary>
    /// <param name="projected">The system of eastings without the number of a zone.</param>
    public static IReadOnlyList<(LonLat Place, CoordinateSystem System)> Read(string text, CoordinateSystem projected)
    {
        if (text.Length > LongestText)
        {
            return [];
        }

        var rest = text.Replace('，', ',').Replace('：', ':');
        var named = NameOf(ref rest);
        if (DegreesMinutesSeconds().Matches(rest) is [var first, var second] && DegreesMinutesSeconds().Replace(rest, "").Trim(' ', ',', ';', '/', '、') == "")
        {
            return OfDegrees(Degrees(first), Degrees(second), HemisphereOf(first), HemisphereOf(second), named);
        }

        if (Pair().Match(rest) is not { Success: true } pair)
        {
            return [];
        }

        var (a, b) = (Number(pair.Groups["a"]), Number(pair.Groups["b"]));
        return Math.Abs(a) > 360 || Math.Abs(b) > 360
            ? OfMetres(a, b, named ?? projected)
            : OfDegrees(a, b, Hemisphere(pair.Groups["ha"].Value + pair.Groups["hb"].Value), Hemisphere(pair.Groups["hc"].Value + pair.Groups["hd"].Value), named);
    }

    static IReadOnlyList<(LonLat, CoordinateSystem)> OfDegrees(double a, double b, char? ofA, char? ofB, CoordinateSystem? named)
    {
        var swapped = ofA == 'N' || ofB == 'E' || (ofA is null && ofB is null && Within(a, Latitudes) && Within(b, Longitudes));
        var (lon, lat) = swapped ? (b, a) : (a, b);
        if (!Within(lon, Longitudes) || !Within(lat, Latitudes) || (ofA is not null && ofA == ofB) || named is { IsProjected: true })
        {
            return [];
        }

        CoordinateSystem[] systems = named is null ? [CoordinateSystem.Cgcs2000, CoordinateSystem.Gcj02, CoordinateSystem.Bd09] : [named];
        return [.. systems.Select(s => (s.ToCgcs2000(lon, lat), s))];
    }

    static IReadOnlyList<(LonLat, CoordinateSystem)> OfMetres(double a, double b, CoordinateSystem system)
    {
        // A northing of China has seven digits; an easting six, or eight with its zone.
        var (east, north) = IsNorthing(a) && !IsNorthing(b) ? (b, a) : (a, b);
        if (!IsNorthing(north) || east <= 0)
        {
            return [];
        }

        var zone = (int)(east / 1e6);
        var epsg = zone switch
        {
            0 => null,
            >= FirstThreeDegreeZone and <= 45 => FormattableString.Invariant($"EPSG:{4513 + zone - FirstThreeDegreeZone}"),
            >= FirstSixDegreeZone and <= 23 => FormattableString.Invariant($"EPSG:{4491 + zone - FirstSixDegreeZone}"),
            _ => "",
        };
        var found = system;
        if ((epsg is not null && !CoordinateSystem.TryParse(epsg, out found)) || !found.IsProjected)
        {
            return [];
        }

        var place = found.ToCgcs2000(east, north);
        return Within(place.Lon, Longitudes) && Within(place.Lat, Latitudes) ? [(place, found)] : [];
    }

    /// <summary>Takes the name of a system out of the text.</summary>
    static CoordinateSystem? NameOf(ref string text)
    {
        if (SystemName().Match(text) is not { Success: true } match)
        {
            return null;
        }

        text = text.Remove(match.Index, match.Length).Trim(' ', ',', ':', '(', ')', '（', '）');
        var name = match.Value switch
        {
            "高德" or "腾讯" or "国测局" or "火星" => "GCJ02",
            "百度" => "BD09",
            "北斗" or "国家2000" => "CGCS2000",
            var other => other,
        };
        return CoordinateSystem.TryParse(name, out var system) ? system : null;
    }

    static bool IsNorthing(double metres) => metres is > 300_000 and < 6_000_000 and not (> 300_000 and < 700_000);

    static bool Within(double value, (double From, double To) range) => value >= range.From && value <= range.To;

    static double Degrees(Match match) => Number(match.Groups["d"]) + Number(match.Groups["m"]) / 60 + Number(match.Groups["s"]) / 3600;

    static double Number(Group digits) => digits.Success && digits.Length > 0 ? double.Parse(digits.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture) : 0;

    static char? HemisphereOf(Match match) => Hemisphere(match.Groups["before"].Value + match.Groups["after"].Value);

    static char? Hemisphere(string said) => said.Length == 0 ? null : char.ToUpperInvariant(said[0]) switch { 'N' or '北' => 'N', 'E' or '东' => 'E', _ => null };

    const string Hemispheres = "北纬|东经|[NEne]";

    [GeneratedRegex("CGCS ?2000|WGS[- ]?84|GCJ-?02|BD-?09|EPSG:[0-9]{4,5}|高德|腾讯|百度|国测局|火星|北斗|国家2000", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, LongestMatchMilliseconds)]
    private static partial Regex SystemName();

    [GeneratedRegex($@"(?<before>{Hemispheres})?\s*(?<d>[0-9]{{1,3}})\s*[°度]\s*(?:(?<m>[0-9]{{1,2}}(?:\.[0-9]+)?)(?:\s*['′’分]|(?![0-9.]*\s*[°度]))\s*)?(?:(?<s>[0-9]{{1,2}}(?:\.[0-9]+)?)\s*(?:[""″”秒]|''))?\s*(?<after>[NEne](?![0-9]))?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, LongestMatchMilliseconds)]
    private static partial Regex DegreesMinutesSeconds();

    [GeneratedRegex($@"^\s*(?<ha>{Hemispheres})?\s*(?<a>-?[0-9]+(?:\.[0-9]+)?)\s*°?\s*(?<hb>[NEne])?\s*(?:[,;/、\s]|(?<=[NEne])|(?=[北东]))\s*(?<hc>{Hemispheres})?\s*(?<b>-?[0-9]+(?:\.[0-9]+)?)\s*°?\s*(?<hd>[NEne])?\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, LongestMatchMilliseconds)]
    private static partial Regex Pair();
}
