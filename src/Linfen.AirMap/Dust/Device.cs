using Linfen.AirMap.Geo;
using Linfen.AirMap.Subjects;

namespace Linfen.AirMap.Dust;

/// <summary>A monitor of the register as the line sees it: who it is, and how it speaks.</summary>
sealed record Device(Guid Id, string Mn, string Name, string? County, Guid? SiteId, bool Simulated, DeviceProfile Profile)
{
    /// <summary>Its own place, or its site's; null when neither is known.</summary>
    public LonLat? Place { get; init; }

    public static Device? Of(Subject monitor) => monitor.Fields.Text("mn") is { Length: > 0 } mn
        ? new(monitor.Id, mn, monitor.Name, monitor.County, monitor.ParentId, monitor.Simulated, DeviceProfile.Of(monitor.Fields))
        {
            Place = monitor.Position is { } point ? new(point.X, point.Y) : null,
        }
        : null;
}

/// <summary>In what unit a device says dust. Names are in the interface.</summary>
enum DustUnit
{
    Micrograms,
    Milligrams,
    Nanograms,
}

/// <param name="LenientCrc">Frames with a wrong check sum, or none, are taken.</param>
/// <param name="UnflaggedCounts">Values without a flag count as valid.</param>
sealed record DeviceProfile(DustUnit Unit, bool LenientCrc, bool UnflaggedCounts, string? Password)
{
    public const string Lenient = "lenient";
    public const string Strict = "strict";

    public double ToMicrograms => Unit switch
    {
        DustUnit.Milligrams => 1_000,
        DustUnit.Nanograms => 0.001,
        _ => 1,
    };

    public static DeviceProfile Of(FieldValues fields) => new(
        fields.Choice<DustUnit>("dustUnit") ?? DustUnit.Micrograms, fields.Text("crc") == Lenient, fields.Flag("unflaggedCounts") ?? false, fields.Text("password"));
}
