using System.Text.Json;

namespace Linfen.AirMap.Tables.GeoJson;

/// <summary>
/// What must be known of a FeatureCollection before its first row: where the features lie, all their properties, the coordinate system,
/// and that it is well-formed to its end. Found in the memory of one token.
/// </summary>
sealed class FeatureOutline
{
    /// <summary>Geometry collections nest; nothing else in GeoJSON is deeper than ten.</summary>
    public const int MaxDepth = 64;

    const int BufferBytes = 64 * 1024;

    readonly TableLimits limits;
    readonly List<string> columns = [];
    readonly HashSet<string> known = new(StringComparer.Ordinal);
    readonly string?[] path = new string?[MaxDepth + 2];
    bool isCollection;
    long feature;
    long featureStart;

    FeatureOutline(TableLimits limits) => this.limits = limits;

    /// <summary>First byte of the array of features.</summary>
    public long Start { get; private set; } = -1;

    /// <summary>The byte behind the array.</summary>
    public long End { get; private set; } = -1;

    public IReadOnlyList<string> Columns => columns;

    /// <summary>As the file writes it.</summary>
    public string? Crs { get; private set; }

    public static async Task<FeatureOutline> ReadAsync(Stream file, TableLimits limits, CancellationToken cancellation)
    {
        var outline = new FeatureOutline(limits);
        try
        {
            await outline.ScanAsync(file, cancellation);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new TableException("not-geojson", "The file is no well-formed GeoJSON, or nested too deeply.", outline.feature > 0 ? outline.feature : null, e);
        }

        return outline.isCollection && outline.Start >= 0
            ? outline
            : throw new TableException("not-a-feature-collection", "The file is JSON, but no GeoJSON FeatureCollection.");
    }

    async Task ScanAsync(Stream file, CancellationToken cancellation)
    {
        var buffer = new byte[BufferBytes];
        var state = new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth });
        file.Position = 0;
        var filled = await file.ReadAtLeastAsync(buffer, 3, throwOnEndOfStream: false, cancellation);
        var at = buffer.AsSpan(0, filled).StartsWith("\uFEFF"u8) ? 3 : 0;
        long before = at;
        Keep(buffer, at, ref filled);
        for (var isFinal = false; !isFinal;)
        {
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length < limits.FeatureBytes ? buffer.Length * 2 : throw TooLarge());
            }

            var read = await file.ReadAsync(buffer.AsMemory(filled), cancellation);
            filled += read;
            isFinal = read == 0;
            var consumed = Scan(buffer.AsSpan(0, filled), before, isFinal, ref state);
            before += consumed;
            Keep(buffer, consumed, ref filled);
            if (featureStart > 0 && before - featureStart > limits.FeatureBytes)
            {
                throw TooLarge();
            }
        }
    }

    TableException TooLarge() => new("feature-too-large", $"A feature has more than {limits.FeatureBytes} bytes.", feature > 0 ? feature : null);

    static void Keep(byte[] buffer, int from, ref int filled)
    {
        buffer.AsSpan(from, filled - from).CopyTo(buffer);
        filled -= from;
    }

    int Scan(ReadOnlySpan<byte> bytes, long before, bool isFinal, ref JsonReaderState state)
    {
        var json = new Utf8JsonReader(bytes, isFinal, state);
        while (json.Read())
        {
            Take(ref json, before);
        }

        state = json.CurrentState;
        return (int)json.BytesConsumed;
    }

    /// <summary>Depths: 1 members of the collection, 2 features, 3 their members, 4 their properties.</summary>
    void Take(ref Utf8JsonReader json, long before)
    {
        var depth = json.CurrentDepth;
        switch (json.TokenType)
        {
            case JsonTokenType.PropertyName when depth <= 4:
                path[depth] = json.GetString();
                if (depth == 4 && path[1] == "features" && path[3] == "properties")
                {
                    AddColumn(path[4]!);
                }

                break;
            case JsonTokenType.StartArray when depth == 1 && path[1] == "features" && Start < 0:
                Start = before + json.TokenStartIndex;
                break;
            case JsonTokenType.EndArray when depth == 1 && path[1] == "features" && End < 0:
                End = before + json.BytesConsumed;
                featureStart = 0;
                break;
            case JsonTokenType.StartObject when depth == 2 && path[1] == "features":
                (feature, featureStart) = (feature + 1, before + json.TokenStartIndex);
                path[3] = null;
                break;
            case JsonTokenType.String when depth == 1 && path[1] == "type":
                isCollection = json.ValueTextEquals("FeatureCollection"u8);
                break;
            case JsonTokenType.String when depth == 3 && path[1] == "crs" && path[2] == "properties" && path[3] == "name":
                Crs = json.GetString();
                break;
            default:
                break;
        }
    }

    void AddColumn(string name)
    {
        name = Header.Clean(name);
        if (name.Length == 0 || !known.Add(name))
        {
            return;
        }

        columns.Add(name.Length > limits.CellCharacters ? throw new TableException("header-too-long", "A property's name is too long.", feature)
            : columns.Count >= limits.Columns ? throw new TableException("too-many-columns", $"The features have more than {limits.Columns} properties.", feature)
            : name);
    }
}
