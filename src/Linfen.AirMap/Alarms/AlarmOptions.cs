using System.ComponentModel.DataAnnotations;

namespace Linfen.AirMap.Alarms;

/// <summary>Settings under <c>Airmap:Alarms</c>.</summary>
public sealed record AlarmOptions
{
    /// <summary>What began longer ago than this when the city learns of it raises no alarm: a satellite's file of this morning wakes nobody at noon, unless somebody sees the fire then.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan FreshFor { get; init; } = TimeSpan.FromMinutes(30);
}
