using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Linfen.AirMap.Registers;

/// <summary>A GeoJSON FeatureCollection as rows of a register.</summary>
static class FeatureFile
{
    /// <exception cref="JsonException">When it is none.</exception>
    public static async IAsyncEnumerable<ImportRow> ReadAsync(Stream file, SubjectReader reader, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var document = await JsonDocument.ParseAsync(file, default, cancellation);
        if (!document.RootElement.TryGetProperty("features", out var features) || features.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("A FeatureCollection with features is needed.");
        }

        var number = 0;
        foreach (var feature in features.EnumerateArray())
        {
            yield return new(++number, await reader.ReadAsync(feature, null, cancellation));
        }
    }
}
