using System.Globalization;

namespace Linfen.AirMap.Events;

/// <summary>
/// What the database tells every server process after a commit: how far the log goes, whom it concerns and which layers it touches.
/// At most 17 counties and a handful of layers, so always far below the 8000 bytes of a notification.
/// </summary>
/// <param name="Counties">Codes; null when the whole city is concerned.</param>
/// <param name="Layers">First parts of the event types, e.g. <c>fire</c>.</param>
sealed record Ring(Guid Epoch, long Last, IReadOnlySet<string>? Counties, IReadOnlySet<string> Layers)
{
    public static Ring From(Guid epoch, long last, IReadOnlyCollection<LedgerTransaction.PendingEvent> events)
    {
        var everywhere = events.Any(e => e.County is null);
        return new(
            epoch,
            last,
            everywhere ? null : events.Select(e => e.County!).ToHashSet(StringComparer.Ordinal),
            events.Select(e => EventTypes.LayerOf(e.Type)).ToHashSet(StringComparer.Ordinal));
    }

    public string ToPayload() =>
        string.Create(CultureInfo.InvariantCulture, $"{Epoch:N};{Last};{(Counties is null ? "*" : string.Join(',', Counties))};{string.Join(',', Layers)}");

    public static Ring Parse(string payload)
    {
        var parts = payload.Split(';');
        return new(
            Guid.ParseExact(parts[0], "N"),
            long.Parse(parts[1], CultureInfo.InvariantCulture),
            parts[2] == "*" ? null : parts[2].Split(',').ToHashSet(StringComparer.Ordinal),
            parts[3].Split(',').ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Both as one: the later head, all counties and all layers.</summary>
    public Ring Join(Ring other) => new(
        other.Epoch,
        Math.Max(Last, other.Last),
        Counties is null || other.Counties is null ? null : Counties.Union(other.Counties, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal),
        Layers.Union(other.Layers, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal));
}
