using System.Text.Json;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Events;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Plan.Parameters;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Zones;

/// <summary>The heat-supply radius (供热半径) of a plant as an area to draw; the rule itself measures the distance.</summary>
sealed record HeatCircle(HeatPlant Plant, decimal Kilometres, AppliedParameter Radius, Geometry Shape)
{
    const int Vertices = 360;

    /// <summary>Those of the operating plants that are large enough, by the radius and capacity of the day.</summary>
    public static List<HeatCircle> On(DateOnly day, Regulation regulation, ParameterSet law)
    {
        var at = Beijing.StartOf(day);
        return law.At(Article17.Radius, at) is { Value: ParameterValue.Number { Value: > 0 } radius } applied
            && law.At(Article17.Capacity, at)?.Value is ParameterValue.Number least
                ? [.. regulation.Plants.Where(p => p.Operating == true && p.CapacityMegawatts >= least.Value).OrderBy(p => p.Id)
                    .Select(p => new HeatCircle(p, radius.Value, applied, Around(p.Shape, (double)radius.Value * 1_000)))]
                : [];
    }

    public void Write(Utf8JsonWriter json, ZoneMeasures measures)
    {
        Feature.Begin(json, $"heat-radius-{Plant.Id}", Shape);
        json.WriteNumber("version", 1);
        json.WriteString("kind", ZoneKinds.HeatRadius);
        ZoneFeature.WriteTitle(json, "供热半径", "Heat-supply radius");
        json.WriteString("name", $"{Plant.Name}供热半径");
        json.WriteString("status", "published");
        json.WriteString("documentNumber", Radius.Citation);
        ZoneFeature.WriteDay(json, "effectiveFrom", Radius.EffectiveFrom);
        ZoneFeature.WriteDay(json, "effectiveTo", null);
        json.WriteString("plantId", Plant.Id);
        json.WriteNumber("radiusKilometres", Kilometres);
        ZoneFeature.WriteMeasure(json, measures.Of(Shape));
        json.WriteBoolean("derived", true);
        json.WriteBoolean("simulated", Plant.Simulated);
        Feature.End(json);
    }

    /// <summary>Of premises: the circles of all their corners and what lies between them.</summary>
    static Geometry Around(Geometry plant, double radiusMetres) => plant is Point p
        ? Geodesic.Circle(new(p.X, p.Y), radiusMetres, Vertices)
        : plant.Factory.CreateMultiPoint([.. plant.Coordinates.SelectMany(c => Geodesic.Circle(new(c.X, c.Y), radiusMetres, Vertices).Coordinates).Select(c => plant.Factory.CreatePoint(c))]).ConvexHull();
}
