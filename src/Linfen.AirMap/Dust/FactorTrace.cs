namespace Linfen.AirMap.Dust;

/// <summary>
/// The real-time values of one factor as they came, which the next one is compared with. Only upwards: a value that dips accuses nobody. What
/// comes late is not compared; means of minutes and hours are not either, since the device has made them of many values.
/// <para>
/// A leap by ten times and 1,000 µg/m³ (settings) does not count until another value, and not the very same one, is up there too: a lorry that
/// tips its load is still up a minute later, a spark in the sensor is back, and an instrument that got stuck repeats itself. So a dusty site is
/// told one value later, and sixty values of 100 with one of 19,000 among them are no exceedance.
/// </para>
/// <para>
/// The very same value for half an hour (a setting), ten times at least, is a stuck instrument whatever it shows, zero included: then none of the row counts.
/// </para>
/// <para>
/// After a value that is too high to be one by its unit the factor is not believed for an hour: where µg are taken for mg only the lowest
/// values look like dust, and those would be exceedances.
/// </para>
/// </summary>
sealed class FactorTrace
{
    const int FlatValues = 10;

    /// <summary>Values further apart are no neighbours.</summary>
    static readonly TimeSpan Gap = TimeSpan.FromMinutes(15);

    static readonly TimeSpan UnitDoubt = TimeSpan.FromHours(1);

    (DateTimeOffset At, Quality Quality)? last;
    DateTimeOffset unitDoubtUntil;

    /// <summary>What was last believed.</summary>
    double? ground;

    (DateTimeOffset Since, double Value)? leap;
    (DateTimeOffset Since, double Value, int Count, bool Told) run;

    /// <summary>What was found of the row of values that ends before the latest one.</summary>
    public readonly record struct Earlier(DateTimeOffset Since, DateTimeOffset Until, Quality From, Quality To);

    /// <param name="alone">What the value is worth by itself.</param>
    /// <param name="tooHigh">It is beyond what can be by its unit.</param>
    public (Quality Quality, Earlier? Earlier) Weigh(DateTimeOffset at, double? value, Quality alone, bool tooHigh, Hj212Options options)
    {
        if (last is { } known && at <= known.At)
        {
            return (at == known.At ? known.Quality : alone, null);
        }

        var before = last?.At;
        unitDoubtUntil = tooHigh ? at + UnitDoubt : unitDoubtUntil;
        if (before is null || at - before > Gap)
        {
            (ground, leap, run) = (null, null, default);
        }

        var (quality, earlier) = alone != Quality.Counts || value is not { } number ? (alone, null)
            : at < unitDoubtUntil ? (Quality.UnitImplausible, null)
            : Compare(at, number, before, options);
        last = (at, quality);
        return (quality, earlier);
    }

    (Quality Quality, Earlier? Earlier) Compare(DateTimeOffset at, double value, DateTimeOffset? before, Hj212Options options)
    {
        run = run.Count > 0 && run.Value.Equals(value) ? run with { Count = run.Count + 1 } : (at, value, 1, false);
        if (options.FlatMinutes > 0 && run.Count >= FlatValues && at - run.Since >= TimeSpan.FromMinutes(options.FlatMinutes))
        {
            var first = !run.Told;
            run.Told = true;
            (ground, leap) = (null, null);
            return (Quality.FlatLine, first ? new(run.Since, before!.Value, Quality.Counts, Quality.FlatLine) : null);
        }

        if (ground is not { } level || options.JumpFactor <= 0 || value < level * options.JumpFactor || value - level < options.JumpMicrograms)
        {
            (ground, leap) = (value, null);
            return (Quality.Counts, null);
        }

        if (leap is not { } begun || begun.Value.Equals(value))
        {
            leap ??= (at, value);
            return (Quality.Jump, null);
        }

        (ground, leap) = (value, null);
        return (Quality.Counts, new(begun.Since, before!.Value, Quality.Jump, Quality.Counts));
    }
}
