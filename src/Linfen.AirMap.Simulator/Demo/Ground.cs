using Linfen.AirMap.Geo;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Simulator.Demo;

/// <summary>A county with its town and townships on the server's own boundaries.</summary>
sealed record CountyGround(string Code, string Name, int Weight, LonLat Seat, IReadOnlyList<Township> Townships);

sealed record Township(string Name, LonLat Centre);

/// <summary>Finds places for things: most lie in and around towns, some anywhere, none outside the city.</summary>
sealed class Ground
{
    const double TownMetres = 1_700;
    const double VillageMetres = 2_600;

    readonly Dictionary<string, Land> _lands;

    /// <exception cref="FormatException">The server's counties are not those of Linfen.</exception>
    public Ground(City city, int seed)
    {
        _lands = city.Counties.ToDictionary(county => county.Code, county => new Land(county.Boundary), StringComparer.Ordinal);
        var dice = new Dice(seed, "townships");
        Counties = [.. city.Counties.Select(county => Lay(county, dice))];
        Centre = Counties.FirstOrDefault(county => county.Code == Gazetteer.Yaodu)
            ?? throw new FormatException($"The demonstration city lies around county {Gazetteer.Yaodu}, which this server does not know.");
    }

    public IReadOnlyList<CountyGround> Counties { get; }

    /// <summary>尧都区.</summary>
    public CountyGround Centre { get; }

    public Polygon UrbanArea { get; } = Outline.Ring(Gazetteer.UrbanOutline);

    public CountyGround Of(string code) => Counties.FirstOrDefault(county => county.Code == code) ?? Centre;

    public CountyGround CountyAt(LonLat place) => Counties.FirstOrDefault(county => _lands[county.Code].Contains(place)) ?? Centre;

    public CountyGround AnyCounty(Dice dice) => dice.Pick(Counties, county => county.Weight);

    /// <summary>Somewhere in a county as people live there: in its town, near a village, now and then anywhere.</summary>
    public LonLat Settled(CountyGround county, Dice dice) => dice.Whole(0, 99) switch
    {
        < 42 => InTown(county, dice),
        < 88 => Near(dice.Pick(county.Townships).Centre, VillageMetres, county, dice),
        _ => Anywhere(county, dice),
    };

    public LonLat InTown(CountyGround county, Dice dice) => Near(county.Seat, TownMetres, county, dice);

    public LonLat Anywhere(CountyGround county, Dice dice) => _lands[county.Code].AnyPlace(dice.Random);

    public LonLat OffSeat(CountyGround county, double bearing, double metres) => Inside(county, Geodesic.Destination(county.Seat, bearing, metres));

    /// <summary>Dense in the middle, thin outside.</summary>
    public LonLat Near(LonLat centre, double metres, CountyGround county, Dice dice) =>
        Inside(county, Geodesic.Destination(centre, dice.Between(0, 360), metres * (0.08 + Math.Pow(dice.Between(0, 1), 0.8) * dice.Between(0.4, 1.15))));

    /// <summary>Anywhere inside an area, not too near its edge.</summary>
    public static LonLat Within(Geometry area, Dice dice) => new Land(area).AnyPlace(dice.Random);

    LonLat Inside(CountyGround county, LonLat wanted)
    {
        // Beyond the border: the same way from the seat, but less far.
        for (var share = 1.0; share > 0; share -= 0.1)
        {
            var place = new LonLat(county.Seat.Lon + (wanted.Lon - county.Seat.Lon) * share, county.Seat.Lat + (wanted.Lat - county.Seat.Lat) * share);
            if (_lands[county.Code].Contains(place))
            {
                return place;
            }
        }

        return county.Seat;
    }

    CountyGround Lay(CountyLand county, Dice dice)
    {
        var facts = Gazetteer.Counties.FirstOrDefault(one => one.Code == county.Code);
        var land = _lands[county.Code];
        var seat = facts is not null && land.Contains(facts.Seat) ? facts.Seat : new LonLat(county.Boundary.InteriorPoint.X, county.Boundary.InteriorPoint.Y);
        var townships = new List<Township>();
        foreach (var name in facts?.Townships ?? ["城关镇"])
        {
            townships.Add(new(name, townships.Count == 0 ? seat : Apart(land, seat, townships, dice)));
        }

        return new(county.Code, county.Name, facts?.Weight ?? 1, seat, townships);
    }

    /// <summary>Of some places within a day's walk of the seat the one that lies farthest from the townships so far.</summary>
    static LonLat Apart(Land land, LonLat seat, List<Township> townships, Dice dice)
    {
        const int candidates = 5;
        const double farthestMetres = 19_000;
        return Enumerable.Range(0, candidates)
            .Select(_ => Enumerable.Repeat(0, 40).Select(_ => land.AnyPlace(dice.Random)).FirstOrDefault(place => Geodesic.DistanceMetres(place, seat) < farthestMetres, seat))
            .MaxBy(place => townships.Min(township => Geodesic.DistanceMetres(township.Centre, place)));
    }
}
