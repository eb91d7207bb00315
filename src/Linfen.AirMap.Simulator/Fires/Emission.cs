using Linfen.AirMap.Geo;

namespace Linfen.AirMap.Simulator.Fires;

/// <summary>Something that the play sends, so long after its start.</summary>
public abstract record Emission(TimeSpan After)
{
    /// <summary>How many detections it carries.</summary>
    public abstract int Detections { get; }
}

/// <summary>One eye saw one fire.</summary>
public sealed record Sighting(TimeSpan After, SentDetection Detection) : Emission(After)
{
    public override int Detections => 1;
}

/// <summary>A satellite's pass arrives as a FIRMS file, hours after the acquisition.</summary>
public sealed record OverpassFile(TimeSpan After, Overpass Overpass) : Emission(After)
{
    public override int Detections => Overpass.Pixels.Count;
}

/// <summary>Somebody on the spot says what the fire at a place is: confirmed, out or refuted.</summary>
public sealed record WordFromTheSpot(TimeSpan After, LonLat Place, string Verdict, string Reason, DateTimeOffset At) : Emission(After)
{
    public override int Detections => 0;
}

/// <summary>One detection as it goes over the wire; the names are those of the public interface.</summary>
public sealed record SentDetection
{
    public required string SourceKind { get; init; }

    public required string DetectionId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required double Lon { get; init; }

    public required double Lat { get; init; }

    public required string Crs { get; init; }

    public required double RadiusMetres { get; init; }

    public double? Bearing { get; init; }

    public double? Confidence { get; init; }

    public double? FrpMegawatts { get; init; }

    /// <summary>Always: nothing that this program sends may be taken for real.</summary>
    public bool Simulated { get; } = true;
}
