using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Linfen.AirMap.Plan.Tests;

/// <summary>true or false.</summary>
sealed class FlagText : JsonConverter<bool>
{
    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => bool.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => throw new NotSupportedException();
}

/// <summary>A time with its offset: without one it would be another instant on every machine.</summary>
sealed class MomentText : JsonConverter<DateTimeOffset>
{
    public static DateTimeOffset Read(string? text) => text is not null && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 10)
        ? DateTimeOffset.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.None)
        : throw new FormatException($"no time with an offset: {text}");

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(reader.GetString());

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => throw new NotSupportedException();
}

/// <summary>A place as <c>{ county, in: [zone kinds], zones: [zones in full], elsewhere: [kinds in force only in other places] }</c>.</summary>
sealed class PlaceText : JsonConverter<Place>
{
    public override Place Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var written = JsonSerializer.Deserialize<Written>(ref reader, options)!;
        var zones = (written.In ?? []).Select(kind => new ZoneFact(kind, Guid.Empty, 1, kind.ToString(), ActionPlan.InForceFrom, null))
            .Concat((written.Zones ?? []).Select(zone => zone with { Version = 1 })).ToList();
        return new() { County = written.County, Zones = zones, KindsInForce = zones.Select(zone => zone.Kind).Concat(written.Elsewhere ?? []).ToHashSet() };
    }

    public override void Write(Utf8JsonWriter writer, Place value, JsonSerializerOptions options) => throw new NotSupportedException();

    private sealed record Written(string? County, List<ZoneKind>? In, List<ZoneFact>? Zones, List<ZoneKind>? Elsewhere);
}
