using System.Globalization;
using System.Text.RegularExpressions;

namespace Linfen.AirMap.Tables.Shp;

/// <summary>The coordinate system of a .prj file, which is well-known text by Esri or by OGC, with or without an EPSG code.</summary>
static partial class Prj
{
    /// <summary>Geographic CGCS2000 as Esri writes it.</summary>
    public const string Cgcs2000 =
        "GEOGCS[\"GCS_China_Geodetic_Coordinate_System_2000\",DATUM[\"D_China_2000\",SPHEROID[\"CGCS2000\",6378137.0,298.257222101]],"
        + "PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";

    const int FirstMeridian = 75;
    const int LastMeridian = 135;

    /// <returns>The code, or why there is none.</returns>
    public static (string? Crs, string? Fault) Read(string text)
    {
        var name = Name().Match(text) is { Success: true } match ? match.Groups["name"].Value : "";
        if (RootCode().Match(text) is { Success: true } stated && CrsName.Of("EPSG:" + stated.Groups["code"].Value) is { } coded)
        {
            return (coded, null);
        }

        var crs = Datum(text) switch
        {
            { } datum when !text.Contains("PROJ", StringComparison.OrdinalIgnoreCase) => datum,
            CrsName.Cgcs2000 => Zone(text),
            _ => null,
        };
        return crs is not null
            ? (crs, null)
            : (null, $"The .prj names '{(name.Length > 100 ? name[..100] + "…" : name)}'; known are CGCS2000 and WGS 84 in degrees, and the Gauss–Kruger zones of CGCS2000.");
    }

    static string? Datum(string text) =>
        Regex.IsMatch(text, "China_2000|China 2000|CGCS_?2000|China_Geodetic_Coordinate_System_2000", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) ? CrsName.Cgcs2000
        : Regex.IsMatch(text, """DATUM\s*\[\s*"(D_)?(WGS_1984|WGS 84|World Geodetic System 1984)""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) ? CrsName.Wgs84
        : null;

    /// <summary>EPSG numbers the zones by width and by whether the easting begins with the zone's number; see <c>Geo.GaussKruger</c>.</summary>
    static string? Zone(string text)
    {
        if (!Projection().IsMatch(text) || Parameter(text, "central_meridian") is not { } meridian || Parameter(text, "false_easting") is not { } easting
            || (Parameter(text, "scale_factor") ?? 1) != 1 || (Parameter(text, "false_northing") ?? 0) != 0 || (Parameter(text, "latitude_of_origin") ?? 0) != 0
            || !Metres().IsMatch(text) || meridian is < FirstMeridian or > LastMeridian || meridian % 3 != 0)
        {
            return null;
        }

        var degrees = (int)meridian;
        var number = (easting - 500_000) / 1_000_000;
        return number switch
        {
            0 => $"EPSG:{4534 + (degrees - FirstMeridian) / 3}",
            >= 25 and <= 45 when degrees == number * 3 => $"EPSG:{4513 + (int)number - 25}",
            >= 13 and <= 23 when degrees == number * 6 - 3 => $"EPSG:{4491 + (int)number - 13}",
            _ => null,
        };
    }

    static double? Parameter(string text, string name)
    {
        foreach (Match match in Parameters().Matches(text))
        {
            if (match.Groups["name"].Value.Replace(' ', '_').Equals(name, StringComparison.OrdinalIgnoreCase)
                && double.TryParse(match.Groups["value"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                return value;
            }
        }

        return null;
    }

    [GeneratedRegex("""\A\s*[A-Z_]+\s*\[\s*"(?<name>[^"]*)""", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Name();

    /// <summary>The code of the whole stands last.</summary>
    [GeneratedRegex("""(AUTHORITY|ID)\s*\[\s*"EPSG"\s*,\s*"?(?<code>[0-9]{4,6})"?\s*\]\s*\]\s*\z""", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex RootCode();

    [GeneratedRegex("""PROJECTION\s*\[\s*"(Gauss_Kruger|Transverse_Mercator)""", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Projection();

    [GeneratedRegex("""PARAMETER\s*\[\s*"(?<name>[^"]*)"\s*,\s*(?<value>[-+0-9.eE]+)""", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Parameters();

    [GeneratedRegex("""UNIT\s*\[\s*"(Meter|metre|Metre|m)"\s*,\s*1(\.0*)?\s*[,\]]""", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Metres();
}
