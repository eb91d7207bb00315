using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Subjects;

namespace Linfen.AirMap.Air;

/// <summary>A value as its sender says it, checked field by field; which station is meant is not known yet.</summary>
/// <param name="Station">Id, code or name.</param>
/// <param name="At">Start of the hour or Beijing day.</param>
/// <param name="Value">In the unit of the factor.</param>
/// <param name="Simulated">Null where the sender says nothing: then the station's mark counts.</param>
sealed record AirReading(string Station, AirFactor Factor, AirInterval Interval, DateTimeOffset At, double Value, bool Valid, bool? Simulated)
{
    /// <summary>When the interval is over.</summary>
    public DateTimeOffset End => At + (Interval == AirInterval.Hour ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1));
}

/// <summary>One element of a body of station values: a reading, or the reason why it is none.</summary>
sealed record AirLine(long Line, AirReading? Reading, string? Reason);

/// <summary>Reads elements of the call that takes station values. Reasons begin with a stable word.</summary>
static class AirReadingJson
{
    const int LongestElementBytes = 64 * 1024;

    const int LongestName = 200;

    static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    sealed class Refusal(string reason) : Exception(reason);

    public static AirLine Read(ReadOnlySequence<byte> element, long line)
    {
        if (element.Length > LongestElementBytes)
        {
            return new(line, null, "too-long: no station value is that long");
        }

        try
        {
            using var document = JsonDocument.Parse(element, new JsonDocumentOptions { MaxDepth = 16 });
            return new(line, Read(document.RootElement), null);
        }
        catch (Refusal refusal)
        {
            return new(line, null, refusal.Message);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new(line, null, "malformed-json: this element cannot be read");
        }
    }

    static AirReading Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new Refusal("not-an-object: a station value is a JSON object");
        }

        var station = Text(json, "station") ?? throw new Refusal("missing: station");
        var factor = AirFactorDescription.Find(Text(json, "factor") ?? throw new Refusal("missing: factor"))
            ?? throw new Refusal("factor-unknown: " + string.Join(", ", AirFactorDescription.All.Select(f => f.Name)));
        var interval = AirFactorDescription.Interval(Text(json, "interval") ?? throw new Refusal("missing: interval")) ?? throw new Refusal("interval-unknown: hour or day");
        var at = Times.Moment(Text(json, "at") ?? throw new Refusal("missing: at")) ?? throw new Refusal("time-invalid: RFC 3339 with an offset, e.g. 2026-03-15T10:00:00+08:00");
        if (at < Earliest)
        {
            throw new Refusal("time-implausible: before the year 2000");
        }

        return new(station, factor.Factor, interval, StartOf(at, interval), Value(json, factor), Flag(json, "valid") ?? true, Flag(json, "simulated"));
    }

    /// <summary>Whatever moment of an hour or day the sender names, its start is the identity.</summary>
    static DateTimeOffset StartOf(DateTimeOffset at, AirInterval interval) => interval == AirInterval.Day
        ? Beijing.StartOf(Beijing.DayOf(at)).ToUniversalTime()
        : new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);

    static double Value(JsonElement json, AirFactorDescription factor)
    {
        if (!json.TryGetProperty("value", out var given) || given.ValueKind == JsonValueKind.Null)
        {
            throw new Refusal("missing: value");
        }

        if (given.ValueKind != JsonValueKind.Number || !given.TryGetDouble(out var said) || !double.IsFinite(said))
        {
            throw new Refusal("not-a-number: value");
        }

        var value = factor.InUnit(said, Text(json, "unit")) ?? throw new Refusal($"unit-unknown: {AirFactorDescription.Micrograms} or {AirFactorDescription.Milligrams}");
        // Stations give a tenth at most (CO a thousandth of mg); what is finer is noise of somebody's arithmetic.
        value = Math.Round(value, 3);
        return value >= 0 && value <= factor.Most
            ? value
            : throw new Refusal(string.Create(CultureInfo.InvariantCulture, $"out-of-range: {factor.Name} is 0 to {factor.Most} {factor.Unit}; this is {value}"));
    }

    static string? Text(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!.Trim(),
            JsonValueKind.Number => value.GetRawText(),
            _ => throw new Refusal($"not-a-text: {name}"),
        };
        return text.Length > LongestName || text.Contains('\0', StringComparison.Ordinal)
            ? throw new Refusal($"too-long: {name} has at most {LongestName.ToString(CultureInfo.InvariantCulture)} characters, none of them NUL")
            : text.Length == 0 ? null : text;
    }

    static bool? Flag(JsonElement json, string name) => !json.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => null,
        _ => throw new Refusal($"not-a-flag: {name} is true or false"),
    };
}
