using System.Text.Json;
using Linfen.AirMap.Geo;

namespace Linfen.AirMap.Simulator.Server;

/// <summary>A simulated fire as the server lists it.</summary>
sealed record KnownFire(string Id, LonLat Place)
{
    /// <summary>The server joins sightings up to two kilometres apart, and puts the fire where it was seen best.</summary>
    const double SameFireMetres = 2_000;

    public static List<KnownFire> ReadAll(string geoJson)
    {
        using var document = JsonDocument.Parse(geoJson);
        return [.. document.RootElement.GetProperty("features").EnumerateArray()
            .Where(feature => feature.GetProperty("properties").GetProperty("simulated").GetBoolean())
            .Select(feature =>
            {
                var position = feature.GetProperty("geometry").GetProperty("coordinates");
                return new KnownFire(feature.GetProperty("id").ToString(), new LonLat(position[0].GetDouble(), position[1].GetDouble()));
            })];
    }

    public static KnownFire? Nearest(IEnumerable<KnownFire> fires, LonLat place) =>
        fires.Select(fire => (Fire: fire, Metres: Geodesic.DistanceMetres(fire.Place, place)))
            .Where(near => near.Metres <= SameFireMetres)
            .OrderBy(near => near.Metres)
            .Select(near => near.Fire)
            .FirstOrDefault();
}
