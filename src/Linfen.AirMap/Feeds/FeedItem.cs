using System.Text.Json;
using System.Text.Json.Serialization;

namespace Linfen.AirMap.Feeds;

/// <param name="Code">Stable.</param>
public sealed record FeedError(string Code, string Words, DateTimeOffset At);

/// <summary>A feed as the interface tells it.</summary>
/// <param name="LastKnownAt">When its last new detection was stored; null before the first.</param>
/// <param name="Today">Detections stored on the present Beijing day.</param>
/// <param name="Kind"><c>firms</c>, <c>himawari</c> and <c>folder</c> are asked, <c>webhook</c> calls by a mapping, <c>delivered</c> by the ordinary doors.</param>
/// <param name="State"><c>fresh</c>; <c>stale</c> after <paramref name="StaleAfter"/> without a sign of life; <c>failing</c> when the last poll failed and it is not stale yet.</param>
/// <param name="StaleAfter">ISO 8601 duration; null for what is never stale.</param>
/// <param name="StaleAt">When it becomes or became stale unless something comes.</param>
/// <param name="LastGoodAt">The last sign of life: of a poll, one whose answer was as it should be.</param>
public sealed record FeedItem(
    string Feed, string SourceKind, DateTimeOffset? LastKnownAt, DateTimeOffset? LastOccurredAt, long Today, bool Simulated, string Kind, string State, string? StaleAfter,
    DateTimeOffset? StaleAt, DateTimeOffset? LastPolledAt, DateTimeOffset? LastGoodAt, FeedError? LastError, DateTimeOffset? NextPollAt)
{
    static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    internal static string ToText(FeedItem item) => JsonSerializer.Serialize(item, Readable);
}
