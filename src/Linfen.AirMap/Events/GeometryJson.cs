using System.Text.Json;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Events;

/// <summary>Writes geometry as GeoJSON (RFC 7946): longitude/latitude CGCS2000 with seven decimals (about 1 cm).</summary>
static class GeometryJson
{
    const int Decimals = 7;

    public static void Write(Utf8JsonWriter json, Geometry? shape)
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
                Write(json, part);
            }

            json.WriteEndArray();
        }
        else
        {
            json.WritePropertyName("coordinates");
            WriteCoordinates(json, shape);
        }

        json.WriteEndObject();
    }

    static void WriteCoordinates(Utf8JsonWriter json, Geometry shape)
    {
        switch (shape)
        {
            case Point point:
                Write(json, point.Coordinate);
                break;
            case LineString line:
                WriteAll(json, line.Coordinates);
                break;
            case Polygon polygon:
                json.WriteStartArray();
                foreach (var ring in polygon.InteriorRings.Prepend(polygon.ExteriorRing))
                {
                    WriteAll(json, ring.Coordinates);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStartArray();
                for (var i = 0; i < shape.NumGeometries; i++)
                {
                    WriteCoordinates(json, shape.GetGeometryN(i));
                }

                json.WriteEndArray();
                break;
        }
    }

    static void WriteAll(Utf8JsonWriter json, Coordinate[] coordinates)
    {
        json.WriteStartArray();
        foreach (var coordinate in coordinates)
        {
            Write(json, coordinate);
        }

        json.WriteEndArray();
    }

    static void Write(Utf8JsonWriter json, Coordinate at)
    {
        json.WriteStartArray();
        json.WriteNumberValue(Math.Round(at.X, Decimals));
        json.WriteNumberValue(Math.Round(at.Y, Decimals));
        json.WriteEndArray();
    }
}
