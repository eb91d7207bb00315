using Linfen.AirMap.Atlas;
using Linfen.AirMap.Events;
using Linfen.AirMap.Plan.Parameters;
using Linfen.AirMap.Rulings;
using Linfen.AirMap.Subjects;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Registers;

/// <summary>Registers on which the law itself rests: heat radii of plants, who answers inside a park, what an approved heat source explains.</summary>
static class RegisterLaw
{
    public const string Plant = "plant";

    public const string Park = "park";

    public const string HeatSource = "heatSource";

    const string Boiler = "boiler";

    const string Radius = "A17.HeatRadius.Radius";

    /// <summary>Metres beyond the radius that are judged again too, so that no rounding of the search leaves one out.</summary>
    const double Margin = 1_000;

    /// <summary>The regulation with some plants, parks and heat sources as they are now, and without others.</summary>
    public static Regulation After(Regulation before, IReadOnlyCollection<Subject> present, IReadOnlyCollection<Subject> deleted)
    {
        var touched = present.Concat(deleted).Select(s => s.Id).ToHashSet();
        return new(
            before.Zones,
            [.. before.Plants.Where(p => !touched.Contains(p.Id)), .. present.Where(s => s.Kind == Plant && s.Shape is not null).Select(ToPlant)],
            [.. before.Parks.Where(p => !touched.Contains(p.Id)), .. present.Where(IsPark).Select(ToPark)],
            new([.. before.Heat.Sources.Where(h => !touched.Contains(h.Id)), .. present.Where(IsApproved).Select(ToHeatSource)]));
    }

    /// <summary>Marks what the change can affect: the boilers around a plant.</summary>
    public static void Mark(LedgerTransaction transaction, Rulebase rules, IEnumerable<Subject> touched)
    {
        transaction.ChangesLaw();
        var largest = rules.Law.Find(Radius)?.Values.Select(v => v.Value).OfType<ParameterValue.Number>().Select(n => (double)n.Value * 1_000).DefaultIfEmpty().Max() ?? 0;
        var before = rules.Atlas.Regulation.Plants.ToDictionary(p => p.Id, p => p.Shape);
        foreach (var plant in touched.Where(s => s.Kind == Plant))
        {
            foreach (var shape in new[] { plant.Shape, before.GetValueOrDefault(plant.Id) }.OfType<Geometry>().Distinct())
            {
                transaction.Write(Wakes.Near(shape.AsBinary(), largest + Margin, Boiler, transaction.KnownAt));
            }
        }
    }

    static bool IsPark(Subject subject) => subject.Kind == Park && subject.Shape is { Dimension: Dimension.Surface } && subject.Fields.Has("authority");

    static bool IsApproved(Subject subject) => subject.Kind == HeatSource && subject.Shape is not null && subject.Fields.Text("status") == "approved";

    static HeatSourceInForce ToHeatSource(Subject s) => new(
        s.Id, s.Name, s.Shape!, (double)(s.Fields.Number("radiusMetres") ?? 0), (double?)s.Fields.Number("highestMegawatts"), s.Fields.Day("operatingFrom"), s.Fields.Day("operatingTo"), s.Simulated);

    static HeatPlant ToPlant(Subject s) => new(s.Id, s.Name, s.Fields.Number("capacityMegawatts"), RegulationReader.IsOperating(s.Fields.Text("status")), s.Shape!, s.Simulated);

    static ParkArea ToPark(Subject s) => new(s.Id, s.Name, s.Fields.Text("authority")!, s.Shape!, s.Simulated);
}
