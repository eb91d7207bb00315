using System.Text.Json;
using System.Text.Json.Serialization;

namespace Linfen.AirMap.Simulator.Server;

/// <summary>What the server says of a delivery.</summary>
public sealed record IntakeAnswer(int Received, int Stored, int Duplicates, int Outside, int Quarantined, int RejectedCount, IReadOnlyList<RejectedLine>? Rejected);

public sealed record RejectedLine(long Line, string Reason);

/// <summary>An answer in JSON, and the tag of the version that it shows.</summary>
public sealed record Said(JsonElement Json, string? Tag);

/// <summary>The one way in which this program writes and reads JSON.</summary>
public static class Wire
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
