using Linfen.AirMap.Geo;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.HeatSources.Learning;

/// <summary>A place that is hot again and again: a source that somebody should look at and name.</summary>
/// <param name="Cells">Cells that belong to it.</param>
/// <param name="Days">Different days on which it was lit, and of these with a sighting by night: <paramref name="Nights"/>.</param>
/// <param name="Months">Different months of the calendar.</param>
/// <param name="NightShare">Of the sightings, 0 to 1.</param>
/// <param name="MedianMegawatts">Null where no sighting had a power.</param>
/// <param name="Spread">Upper over lower quartile of the power: 1 is steady, straw has 5 and more.</param>
/// <param name="HighestMegawatts">What it may reach and still be itself: beyond, something else burns there.</param>
/// <param name="Centre">Mean of the sightings, CGCS2000.</param>
/// <param name="Extent">Convex hull of what was seen in its cells with half a pixel of VIIRS around.</param>
/// <param name="Score">See <see cref="HeatScore"/>.</param>
sealed record HeatCandidate(
    int Cells, int Sightings, int Days, int Nights, int Months, double NightShare, double? MedianMegawatts, double? Spread, double? HighestMegawatts,
    LonLat Centre, Polygon Extent, DateOnly FirstLit, DateOnly LastLit, double Score)
{
    /// <summary>A name made of the place, in the order in which maps here are read: longitude first.</summary>
    public string Name => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"E{Centre.Lon:F3} N{Centre.Lat:F3}");

    /// <summary>Where to look at it on a public map; CGCS2000 is WGS 84 to a decimetre.</summary>
    public string MapLink => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"https://www.openstreetmap.org/?mlat={Centre.Lat:F5}&mlon={Centre.Lon:F5}#map=15/{Centre.Lat:F5}/{Centre.Lon:F5}");
}

/// <summary>
/// How much a candidate looks like industry, 0 to 1: four parts of a tenth each for days (30 a year and more count in full), three for
/// months of the calendar (six in full), two for the share of the night, one for a steady power (a spread of 1 in full).
/// </summary>
static class HeatScore
{
    const double FullDays = 30;
    const double FullMonths = 6;

    public static double Of(int days, int months, double nightShare, double? spread, double years) =>
        (0.4 * Math.Min(1, days / (FullDays * Math.Max(1, years)))) + (0.3 * Math.Min(1, months / FullMonths)) + (0.2 * nightShare) + (0.1 / Math.Max(1, spread ?? FullMonths));
}
