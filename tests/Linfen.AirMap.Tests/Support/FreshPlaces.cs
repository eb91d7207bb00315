using Linfen.AirMap.Atlas;
using Linfen.AirMap.Geo;

namespace Linfen.AirMap.Tests.Support;

/// <summary>
/// Places inside the city, each farther from the others than any two detections that may be one fire, and so far from the border
/// that what is told of some kilometres east or west of it lies in the city too.
/// </summary>
public sealed class FreshPlaces
{
    /// <summary>More than 5 km at this latitude; a fire reaches 2 km.</summary>
    const double StepDegrees = 0.06;

    /// <summary>More than 3 km at this latitude.</summary>
    const double AsideDegrees = 0.034;

    readonly List<LonLat> places;
    readonly Func<LonLat, string?> county;

    internal FreshPlaces(CityAtlas atlas)
    {
        county = place => atlas.Locate(place)?.Code;
        places = [.. from x in Enumerable.Range(0, 37)
                     from y in Enumerable.Range(0, 26)
                     let place = new LonLat(Math.Round(110.38 + (x * StepDegrees), 5), Math.Round(35.39 + (y * StepDegrees), 5))
                     where new[] { 0, -AsideDegrees, AsideDegrees }.All(aside => atlas.Locate(place with { Lon = place.Lon + aside }) is not null)
                     select place];
    }

    public LonLat Next() => Take(0);

    public LonLat NextIn(string code) => Take(places.FindIndex(place => CountyOf(place) == code));

    /// <summary>With so many degrees of the city on all sides.</summary>
    public LonLat NextWellInside(double degrees) => Take(places.FindIndex(place =>
        new[] { -degrees, degrees }.All(x => new[] { -degrees, degrees }.All(y => CountyOf(new(place.Lon + x, place.Lat + y)) is not null))));

    public string? CountyOf(LonLat place) => county(place);

    LonLat Take(int index)
    {
        var place = places[index];
        places.RemoveAt(index);
        return place;
    }

    /// <summary>So many metres east of a place, on the ellipsoid to a millimetre.</summary>
    public static LonLat EastOf(LonLat place, double metres)
    {
        var degrees = metres / Geodesic.DistanceMetres(place, place with { Lon = place.Lon + 0.01 }) * 0.01;
        return place with { Lon = place.Lon + degrees };
    }
}
