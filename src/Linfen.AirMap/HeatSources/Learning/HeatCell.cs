using Linfen.AirMap.Geo;

namespace Linfen.AirMap.HeatSources.Learning;

/// <summary>
/// What is kept of all that was seen in one cell. Sums are of whole hundred-thousandths of a degree, as FIRMS writes places: they come out the
/// same in whatever order the sightings come.
/// </summary>
sealed class HeatCell
{
    /// <summary>Steps of a degree.</summary>
    public const int Fine = 100_000;

    long eastings;
    long northings;

    public int Sightings { get; private set; }

    public int ByNight { get; private set; }

    public int West { get; private set; } = int.MaxValue;

    public int East { get; private set; } = int.MinValue;

    public int South { get; private set; } = int.MaxValue;

    public int North { get; private set; } = int.MinValue;

    public LitDays Days { get; } = new();

    public PowerScale Power { get; } = new();

    public LonLat Centre => new(eastings / (double)Sightings / Fine, northings / (double)Sightings / Fine);

    public void Add(int x, int y, in HeatSighting seen)
    {
        Sightings++;
        ByNight += seen.Night ? 1 : 0;
        (eastings, northings) = (eastings + x, northings + y);
        (West, East, South, North) = (Math.Min(West, x), Math.Max(East, x), Math.Min(South, y), Math.Max(North, y));
        Days.Add(LitDays.DayOf(seen.Position.Lon, seen.At), seen.Night);
        if (seen.FrpMegawatts is { } megawatts)
        {
            Power.Add(megawatts);
        }
    }

    /// <summary>Takes another cell in; of the whole source the sums are those of its cells.</summary>
    /// <param name="turned">Degrees to add to its longitudes, where the source lies across the antimeridian.</param>
    public void Add(HeatCell other, int turned)
    {
        var shift = turned * Fine;
        Sightings += other.Sightings;
        ByNight += other.ByNight;
        (eastings, northings) = (eastings + other.eastings + (long)shift * other.Sightings, northings + other.northings);
        (West, East) = (Math.Min(West, other.West + shift), Math.Max(East, other.East + shift));
        (South, North) = (Math.Min(South, other.South), Math.Max(North, other.North));
        Days.Add(other.Days);
        Power.Add(other.Power);
    }
}
