using System.Runtime.CompilerServices;
using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;

namespace Linfen.AirMap.Tables.GeoJson;

/// <summary>A FeatureCollection (RFC 7946, and the older drafts that name a coordinate system), feature by feature.</summary>
static class GeoJsonTableReader
{
    /// <summary>Coordinates stay those of the file, so that the geometry carries no SRID.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        Converters = { new GeoJsonConverterFactory(new GeometryFactory(new PrecisionModel(), 0)) },
        MaxDepth = FeatureOutline.MaxDepth,
    };

    /// <param name="file">Seekable; it is closed with the table.</param>
    public static async Task<Table> OpenAsync(Stream file, TableLimits limits, CancellationToken cancellation)
    {
        var outline = await FeatureOutline.ReadAsync(file, limits, cancellation);
        var crs = outline.Crs is null ? null : CrsName.Of(outline.Crs);
        return new(TableFormat.GeoJson, outline.Columns, RowsAsync(file, outline, limits, CancellationToken.None), limits.Rows, file)
        {
            Crs = crs,
            CrsFault = outline.Crs is not null && crs is null ? $"The coordinate system '{Excerpt(outline.Crs)}' is not known here." : null,
        };
    }

    static string Excerpt(string text) => text.Length <= 100 ? text : text[..100] + "…";

    static async IAsyncEnumerable<TableRow> RowsAsync(
        Stream file, FeatureOutline outline, TableLimits limits, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var features = new StreamSection(file, outline.Start, outline.End);
        var number = 0L;
        await foreach (var feature in JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(features, Options, cancellation))
        {
            yield return Row(++number, feature, limits);
        }
    }

    static TableRow Row(long number, JsonElement feature, TableLimits limits)
    {
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        if (feature.ValueKind != JsonValueKind.Object)
        {
            return new(number, cells, null, "not-a-feature: it is no JSON object");
        }

        string? fault = null;
        if (feature.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in properties.EnumerateObject())
            {
                fault ??= Put(cells, property, limits);
            }
        }

        var shape = Shape(feature, ref fault);
        return new(number, cells, shape, fault);
    }

    static string? Put(Dictionary<string, string> cells, JsonProperty property, TableLimits limits)
    {
        var name = Header.Clean(property.Name);
        try
        {
            var text = property.Value.ValueKind switch
            {
                JsonValueKind.String => Header.Clean(property.Value.GetString()!),
                JsonValueKind.Null => "",
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                _ => property.Value.GetRawText(),
            };
            if (text.Length > limits.CellCharacters)
            {
                return $"cell-too-long: {name} has more than {limits.CellCharacters} characters";
            }

            if (text.Length > 0 && name.Length > 0)
            {
                cells[name] = text;
            }

            return null;
        }
        catch (InvalidOperationException)
        {
            return $"text-invalid: {name} holds half a character";
        }
    }

    static Geometry? Shape(JsonElement feature, ref string? fault)
    {
        if (!feature.TryGetProperty("geometry", out var geometry) || geometry.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        try
        {
            return geometry.Deserialize<Geometry>(Options);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException or NotSupportedException or FormatException
            or IndexOutOfRangeException or KeyNotFoundException or NullReferenceException or InvalidCastException)
        {
            // The converter has no one exception for what it does not understand.
            fault ??= "geometry-invalid: it is no GeoJSON geometry";
            return null;
        }
    }
}
