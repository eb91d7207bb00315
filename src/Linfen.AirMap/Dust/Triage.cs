using Linfen.AirMap.Hj212;

namespace Linfen.AirMap.Dust;

/// <summary>Before anybody is accused: does a value count? What a device sent is kept either way.</summary>
static class Triage
{
    /// <summary>µg/m³. Below, the air of a construction site does not get; above, no dust storm does: the unit is another one.</summary>
    const double LeastDust = 1;

    const double MostDust = 20_000;

    public static IReadOnlyList<Reading> Of(Device device, Packet packet, DateTimeOffset now, TimeSpan ahead)
    {
        var at = packet.DataTime!.Value.ToUniversalTime();
        var isAhead = at - now > ahead;
        var readings = new Reading[packet.Factors.Count];
        for (var i = 0; i < readings.Length; i++)
        {
            var factor = packet.Factors[i];
            var scale = FactorCode.IsDust(factor.Code) ? device.Profile.ToMicrograms : 1;
            var value = factor.Value(packet.Command) * scale;
            readings[i] = new(
                new(device.Mn, device.Simulated, (short)packet.Command, factor.Code, at), value, factor.Min * scale, factor.Max * scale, factor.Cou,
                factor.Flag, isAhead ? Quality.ClockOff : Weigh(device.Profile, factor, value));
        }

        return readings;
    }

    static Quality Weigh(DeviceProfile profile, FactorValues factor, double? value) => factor.Flag switch
    {
        DataState.Valid => Plausible(factor.Code, value),
        DataState.None => profile.UnflaggedCounts ? Plausible(factor.Code, value) : Quality.Unflagged,
        _ => Quality.Flagged,
    };

    static Quality Plausible(string code, double? value) => value switch
    {
        null or < 0 when FactorCode.IsDust(code) => Quality.OutOfRange,
        (> 0 and < LeastDust) or > MostDust when FactorCode.IsDust(code) => Quality.UnitImplausible,
        _ => Quality.Counts,
    };
}
