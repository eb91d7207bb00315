using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.GisData;

/// <summary>GeoJSON (RFC 7946) with one feature a line, so that a change of one county is one line of a diff.</summary>
static class CountyFile
{
    /// <summary>Names stay readable; the file is served and read as JSON, never pasted into a page.</summary>
    static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(IReadOnlyList<County> counties, string path)
    {
        var features = string.Join(",\n", counties.Select(Feature));
        File.WriteAllText(path, "{\"type\":\"FeatureCollection\",\"features\":[\n" + features + "\n]}\n");
    }

    static string Feature(County county)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("type", "Feature");
            json.WriteStartObject("properties");
            json.WriteString("code", county.Code);
            json.WriteString("name", county.Name);
            json.WriteString("nameEn", county.NameEn);
            json.WriteEndObject();
            json.WriteStartObject("geometry");
            json.WriteString("type", "MultiPolygon");
            json.WriteStartArray("coordinates");
            foreach (var polygon in county.Area.Geometries.Cast<Polygon>())
            {
                WritePolygon(json, polygon);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    static void WritePolygon(Utf8JsonWriter json, Polygon polygon)
    {
        json.WriteStartArray();
        foreach (var ring in polygon.Holes.Prepend(polygon.Shell))
        {
            json.WriteStartArray();
            foreach (var vertex in ring.Coordinates)
            {
                json.WriteStartArray();
                json.WriteNumberValue(vertex.X);
                json.WriteNumberValue(vertex.Y);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
