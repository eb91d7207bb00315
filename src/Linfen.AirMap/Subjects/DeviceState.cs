using System.Text.Json;

namespace Linfen.AirMap.Subjects;

/// <summary>When a monitor or station last delivered data (its own time); kept apart from the register, which people edit.</summary>
sealed class DeviceState
{
    public Guid SubjectId { get; private set; }

    public DateTimeOffset LastDataAt { get; private set; }

    /// <summary>When it was last heard, by our clock; null for what does not call in.</summary>
    public DateTimeOffset? HeardAt { get; private set; }

    /// <summary>Since when the log tells that it is silent; null while it is heard.</summary>
    public DateTimeOffset? SilentSince { get; private set; }

    public bool Simulated { get; private set; }

    /// <summary>JSON: list of <see cref="DustMean"/>; null for what measures no dust.</summary>
    public string? Dust { get; private set; }

    public IReadOnlyList<DustMean> Means => Dust is null ? [] : JsonSerializer.Deserialize<List<DustMean>>(Dust)!;

    DeviceState()
    {
    }
}

/// <summary>What a monitor measured over the averaging time of a factor, up to a moment.</summary>
/// <param name="Factor">As the plan names it: PM10, TSP.</param>
/// <param name="Average">µg/m³, of the values that count; null without any, or where they stand still (flat line).</param>
/// <param name="Background">µg/m³, of the county's stations.</param>
/// <param name="BelowSince">Since when all data have counted and not been above the limit.</param>
/// <param name="Flat">One and the same value over the whole time.</param>
sealed record DustMean(
    string Factor, double? Average, double? Background, int ValidMinutes, bool ExceededBefore, DateTimeOffset? BelowSince, bool Flat, DateTimeOffset At);
