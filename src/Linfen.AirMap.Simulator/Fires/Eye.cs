using Linfen.AirMap.Geo;

namespace Linfen.AirMap.Simulator.Fires;

/// <summary>Somebody or something that sees fires and reports them one by one.</summary>
public abstract record Eye(string Id)
{
    public abstract string SourceKind { get; }

    /// <summary>The coordinate system in which it reports.</summary>
    public virtual CoordinateSystem Crs => CoordinateSystem.Wgs84;

    public abstract Glimpse Look(SimulatedFire fire, TimeSpan after, Random random);

    /// <summary>When it reports the same fire again; null when once was enough.</summary>
    public abstract TimeSpan? Again(Random random);

    protected static LonLat Near(LonLat place, double metres, Random random) =>
        Geodesic.Destination(place, random.NextDouble() * 360, metres * Math.Sqrt(random.NextDouble()));

    protected static TimeSpan Between(double fromSeconds, double toSeconds, Random random) =>
        TimeSpan.FromSeconds(fromSeconds + (toSeconds - fromSeconds) * random.NextDouble());
}

/// <summary>What one look gave: where in CGCS2000 the eye thinks the fire is, and how well it knows.</summary>
public readonly record struct Glimpse(LonLat Position, double RadiusMetres, double Confidence, double? Bearing = null, double? FrpMegawatts = null);

/// <summary>A camera on a tower: exact in bearing, vague in distance, and it looks again and again.</summary>
public sealed record CameraPost(string Id, LonLat Place) : Eye(Id)
{
    public const double RangeMetres = 8_000;
    const double BearingErrorDegrees = 0.3;
    const double DistanceErrorShare = 0.04;

    public override string SourceKind => "video";

    public override CoordinateSystem Crs => CoordinateSystem.Cgcs2000;

    public bool Reaches(LonLat place) => Geodesic.DistanceMetres(Place, place) <= RangeMetres;

    public override Glimpse Look(SimulatedFire fire, TimeSpan after, Random random)
    {
        var distance = Geodesic.DistanceMetres(Place, fire.Place);
        var bearing = (BearingDegreesTo(fire.Place) + BearingErrorDegrees * Swing(random) + 360) % 360;
        var guessed = distance * (1 + DistanceErrorShare * Swing(random));
        var radius = Math.Max(60, distance * DistanceErrorShare) + fire.RadiusMetresAt(after) / 2;
        var confidence = Math.Clamp(0.9 - 0.4 * distance / RangeMetres + 0.09 * Swing(random), 0.3, 0.99);
        return new Glimpse(Geodesic.Destination(Place, bearing, guessed), radius, confidence, bearing);
    }

    public override TimeSpan? Again(Random random) => Between(20, 60, random);

    /// <summary>On the plane: over a camera's range the sphere turns it by hundredths of a degree.</summary>
    double BearingDegreesTo(LonLat place) =>
        double.RadiansToDegrees(Math.Atan2(
            (place.Lon - Place.Lon) * Math.Cos(double.DegreesToRadians(Place.Lat)),
            place.Lat - Place.Lat));

    static double Swing(Random random) => 2 * random.NextDouble() - 1;
}

/// <summary>A person with a phone, whose map shifts coordinates; tells it once.</summary>
public sealed record Phone(string Id) : Eye(Id)
{
    public override string SourceKind => "phone";

    public override CoordinateSystem Crs => CoordinateSystem.Gcj02;

    public override Glimpse Look(SimulatedFire fire, TimeSpan after, Random random)
    {
        var accuracy = 5 + 40 * random.NextDouble();
        return new Glimpse(Near(fire.Place, accuracy + fire.RadiusMetresAt(after), random), accuracy + fire.RadiusMetresAt(after), 0.5 + 0.3 * random.NextDouble());
    }

    public override TimeSpan? Again(Random random) => null;
}

/// <summary>A drone hovering over the fire with a thermal camera; reports often until it flies on.</summary>
public sealed record Drone(string Id) : Eye(Id)
{
    const double StaysShare = 0.7;

    public override string SourceKind => "drone";

    public override Glimpse Look(SimulatedFire fire, TimeSpan after, Random random) =>
        new(Near(fire.Place, 8, random), 10 + fire.RadiusMetresAt(after) / 4, 0.9 + 0.09 * random.NextDouble(), FrpMegawatts: fire.FrpMegawattsAt(after));

    public override TimeSpan? Again(Random random) => random.NextDouble() < StaysShare ? Between(15, 30, random) : null;
}

/// <summary>A monitoring vehicle (走航车) that passes by and smells smoke; seldom sees the fire twice.</summary>
public sealed record Vehicle(string Id) : Eye(Id)
{
    const double ReturnsShare = 0.25;

    public override string SourceKind => "vehicle";

    public override Glimpse Look(SimulatedFire fire, TimeSpan after, Random random) =>
        new(Near(fire.Place, 150, random), 150 + fire.RadiusMetresAt(after), 0.4 + 0.4 * random.NextDouble());

    public override TimeSpan? Again(Random random) => random.NextDouble() < ReturnsShare ? Between(40, 120, random) : null;
}
