namespace Linfen.AirMap.Simulator.Demo;

/// <summary>Everything that the demonstration city holds, the table of contents. Pure: no clock, no network.</summary>
public sealed class DemoCity
{
    /// <param name="city">The server's own counties.</param>
    /// <param name="kinds">The kinds of findings that the server takes.</param>
    /// <exception cref="FormatException">The counties are not those of Linfen.</exception>
    public DemoCity(City city, IReadOnlyList<FindingKind> kinds, DemoSettings settings)
    {
        Settings = settings;
        var ground = new Ground(city, settings.Seed);
        var zones = new ZonePlan(ground, settings);
        Zones = zones.All;
        Registers =
        [
            .. new Stations(ground, zones, settings).Registers,
            new Boilers(ground, zones, settings).Register(),
            .. new Sites(ground, zones, settings).Registers,
            .. new BareLand(ground, settings).Registers,
            new Enterprises(ground, settings).Register(),
        ];
        Findings = new PatrolYear(ground, zones, kinds, settings).All();
        Fires = new FieldFires(ground, settings).All();
    }

    public DemoSettings Settings { get; }

    public IReadOnlyList<PlannedZone> Zones { get; }

    /// <summary>What belongs to something else comes after it.</summary>
    public IReadOnlyList<FilledRegister> Registers { get; }

    public IReadOnlyList<FiledFinding> Findings { get; }

    public IReadOnlyList<FieldFire> Fires { get; }
}
