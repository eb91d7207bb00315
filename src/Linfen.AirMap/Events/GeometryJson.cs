using System.Text.Json;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Events;

/// <summary>Writes geometry as GeoJSON (RFC 7946): longitude/latitude CGCS2000 with seven decimals (about 1 cm).</summary>
static class GeometryJson
{
    public const int Decimals = 7;

    public static void Write(Utf8JsonWriter json, Geometry? shape, int decimals = Decimals)
    {
        if (shape is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("type", shape.GeometryType);
        if (shape is GeometryCollection collection and not (MultiPoint or MultiLineString or MultiPolygon))
        {
            json.WriteStartArray("geometries");
            foreach (var part in collection.Geometries)
            {
                Write(json, part, decimals);
            }

            json.WriteEndArray();
        }
        else
        {
            json.WritePropertyName("coordinates");
            WriteCoordinates(json, shape, decimals);
        }

        json.WriteEndObject();
    }

    static void WriteCoordinates(Utf8JsonWriter json, Geometry shape, int decimals)
    {
        switch (shape)
        {
            case Point point:
                Write(json, point.Coordinate, decimals);
                break;
            case LineString line:
                WriteAll(json, line.Coordinates, decimals);
                break;
            case Polygon polygon:
                json.WriteStartArray();
                foreach (var ring in polygon.InteriorRings.Prepend(polygon.ExteriorRing))
                {
                    WriteAll(json, ring.Coordinates, decimals);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStartArray();
                for (var i = 0; i < shape.NumGeometries; i++)
                {
                    WriteCoordinates(json, shape.GetGeometryN(i), decimals);
                }

                json.WriteEndArray();
                break;
        }
    }

    static void WriteAll(Utf8JsonWriter json, Coordinate[] coordinates, int decimals)
    {
        json.WriteStartArray();
        foreach (var coordinate in coordinates)
        {
            Write(json, coordinate, decimals);
        }

        json.WriteEndArray();
    }

    static void Write(Utf8JsonWriter json, Coordinate at, int decimals)
    {
        json.WriteStartArray();
        json.WriteNumberValue(Math.Round(at.X, decimals));
        json.WriteNumberValue(Math.Round(at.Y, decimals));
        json.WriteEndArray();
    }
}
