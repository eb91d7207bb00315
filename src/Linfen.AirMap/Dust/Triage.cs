using Linfen.AirMap.Hj212;

namespace Linfen.AirMap.Dust;

/// <summary>
/// Before anybody is accused: does a value count? What a device sent is kept either way, and what does not count is seen in the health list and
/// in the quarantine. A value is weighed by itself (flag, unit, range), by the device's clock, and by its neighbours in time (<see cref="FactorTrace"/>).
/// </summary>
static class Triage
{
    /// <summary>µg/m³. Below, the air of a construction site does not get; above, no dust storm does: the unit is another one.</summary>
    public const double LeastDust = 1;

    public const double MostDust = 20_000;

    public static DeviceData Of(Device device, Packet packet, DeviceMemory memory, DateTimeOffset now, Hj212Options options)
    {
        var at = packet.DataTime!.Value.ToUniversalTime();
        var isLive = packet.Command is CommandCode.RealTime or CommandCode.RealTime2025;
        var readings = new Reading[packet.Factors.Count];
        var reappraisals = new List<Reappraisal>();
        lock (memory)
        {
            if (isLive && !packet.Resent)
            {
                memory.Lag.Hear(at, now, TimeSpan.FromMinutes(options.ClockBehindMinutes));
            }

            var clockOff = at - now > TimeSpan.FromMinutes(options.ClockAheadMinutes) || memory.Lag.IsBehind;
            for (var i = 0; i < readings.Length; i++)
            {
                var reading = Read(device, packet, packet.Factors[i], at);
                var (quality, earlier) = clockOff ? (Quality.ClockOff, null)
                    : isLive && FactorCode.IsDust(reading.Key.Factor) ? Compare(memory, reading, options)
                    : (reading.Quality, null);
                readings[i] = reading with { Quality = quality };
                if (earlier is { } row)
                {
                    reappraisals.Add(new(reading.Key with { At = row.Until }, row.Since, row.From, row.To));
                }
            }
        }

        return new(device, packet, readings) { Reappraisals = reappraisals };
    }

    static Reading Read(Device device, Packet packet, FactorValues factor, DateTimeOffset at)
    {
        var scale = FactorCode.IsDust(factor.Code) ? device.Profile.ToMicrograms : 1;
        var value = factor.Value(packet.Command) * scale;
        return new(
            new(device.Mn, device.Simulated, (short)packet.Command, factor.Code, at), value, factor.Min * scale, factor.Max * scale, factor.Cou,
            factor.Flag, Weigh(device.Profile, factor, value));
    }

    static (Quality Quality, FactorTrace.Earlier? Earlier) Compare(DeviceMemory memory, Reading reading, Hj212Options options) =>
        memory.TraceOf(reading.Key.Factor).Weigh(
            reading.Key.At, reading.Value, reading.Quality, reading.Quality == Quality.UnitImplausible && reading.Value > MostDust, options);

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
