using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Linfen.AirMap.Tables.GeoJson;

/// <summary>
/// A FeatureCollection whose features have all the columns, null where a cell is blank. Longitude and latitude go out as they are; no
/// member names the system, since RFC 7946 knows none.
/// </summary>
static class GeoJsonTableWriter
{
    const int FlushBytes = 64 * 1024;

    public static async Task WriteAsync(Stream target, IReadOnlyList<TableColumn> columns, IAsyncEnumerable<TableRow> rows, CancellationToken cancellation)
    {
        // Into memory first: serialising a shape flushes, and a response takes no synchronous writes.
        var buffer = new ArrayBufferWriter<byte>(2 * FlushBytes);
        // Chinese stays readable. The file is a download, never part of a page.
        await using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        json.WriteStartArray("features");
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            Feature(json, columns, row);
            if (json.BytesPending + buffer.WrittenCount > FlushBytes)
            {
                await PassOnAsync();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await PassOnAsync();

        async Task PassOnAsync()
        {
            await json.FlushAsync(cancellation);
            await target.WriteAsync(buffer.WrittenMemory, cancellation);
            buffer.ResetWrittenCount();
        }
    }

    static void Feature(Utf8JsonWriter json, IReadOnlyList<TableColumn> columns, TableRow row)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WritePropertyName("geometry");
        if (row.Shape is null)
        {
            json.WriteNullValue();
        }
        else
        {
            JsonSerializer.Serialize(json, row.Shape, GeoJsonTableReader.Options);
        }

        json.WriteStartObject("properties");
        foreach (var column in columns)
        {
            json.WritePropertyName(column.Name);
            Value(json, column.Type, row.Cells.GetValueOrDefault(column.Name, ""));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void Value(Utf8JsonWriter json, TableType type, string text)
    {
        switch (type)
        {
            case var _ when text.Length == 0:
                json.WriteNullValue();
                break;
            case TableType.Number when PlainNumber.IsPlain(text):
                json.WriteRawValue(text, skipInputValidation: true);
                break;
            case TableType.Flag when text is "true" or "false":
                json.WriteBooleanValue(text == "true");
                break;
            default:
                json.WriteStringValue(text);
                break;
        }
    }
}
