using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Data;

/// <summary>A combined heat and power plant (热电联产电厂) as far as its position is known.</summary>
public sealed class Plant
{
    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public double CapacityMegawatts { get; private set; }

    public Point Position { get; private set; } = Point.Empty;

    public string Source { get; private set; } = "";

    Plant()
    {
    }

    public Plant(Guid id, string name, double capacityMegawatts, Point position, string source)
    {
        Id = id;
        Name = name;
        CapacityMegawatts = capacityMegawatts;
        Position = position;
        Source = source;
    }
}
