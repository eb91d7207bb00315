using Linfen.AirMap.Dust;
using Xunit;

namespace Linfen.AirMap.Tests.Dust;

/// <summary>Values by those before and after them: a leap that returns, a row that stands still, a unit that is another one.</summary>
public sealed class FactorTraceTests
{
    static readonly DateTimeOffset Start = new(2026, 3, 15, 2, 0, 0, TimeSpan.Zero);
    static readonly Hj212Options Options = new();

    /// <summary>What becomes of values of one minute each, with what later ones change about earlier ones.</summary>
    static List<Quality> Weigh(params double[] values) => Weigh(Options, values);

    static List<Quality> Weigh(Hj212Options options, params double[] values)
    {
        var (trace, found) = (new FactorTrace(), new List<Quality>());
        for (var i = 0; i < values.Length; i++)
        {
            var tooHigh = values[i] > Triage.MostDust;
            var (quality, earlier) = trace.Weigh(Start.AddMinutes(i), values[i], tooHigh ? Quality.UnitImplausible : Quality.Counts, tooHigh, options);
            found.Add(quality);
            for (var n = 0; earlier is { } row && n < i; n++)
            {
                var at = Start.AddMinutes(n);
                found[n] = at >= row.Since && at <= row.Until && found[n] == row.From ? row.To : found[n];
            }
        }

        return found;
    }

    [Fact]
    public void A_leap_that_returns_does_not_count() => Assert.Equal(
        [Quality.Counts, Quality.Jump, Quality.Counts, Quality.Counts], Weigh(100, 19_000, 110, 105));

    [Fact]
    public void A_leap_that_another_value_bears_out_counts_from_its_first_value() => Assert.Equal(
        Enumerable.Repeat(Quality.Counts, 4), Weigh(100, 1_500, 1_400, 1_600));

    [Fact]
    public void An_instrument_that_leaps_and_stands_still_there_is_not_borne_out_by_itself()
    {
        var found = Weigh([100, .. Enumerable.Repeat(1_500.0, 120)]);
        Assert.Equal(Quality.Counts, found[0]);
        Assert.DoesNotContain(Quality.Counts, found.Skip(1));
        Assert.Equal(Quality.FlatLine, found[^1]);
    }

    [Fact]
    public void What_rises_step_by_step_or_by_little_is_no_leap()
    {
        Assert.DoesNotContain(Quality.Jump, Weigh(100, 900, 5_000, 12_000, 100, 12));
        Assert.DoesNotContain(Quality.Jump, Weigh(10, 900, 12));
        Assert.DoesNotContain(Quality.Jump, Weigh(new Hj212Options { JumpFactor = 0 }, 10, 19_000, 12));
    }

    [Fact]
    public void Values_across_a_pause_are_not_compared()
    {
        var trace = new FactorTrace();
        trace.Weigh(Start, 100, Quality.Counts, tooHigh: false, Options);
        Assert.Equal((Quality.Counts, null), trace.Weigh(Start.AddMinutes(30), 5_000, Quality.Counts, tooHigh: false, Options));
    }

    [Fact]
    public void Of_a_row_that_stands_still_for_half_an_hour_nothing_counts()
    {
        Assert.All(Weigh([.. Enumerable.Repeat(120.0, 31)]), q => Assert.Equal(Quality.FlatLine, q));
        Assert.All(Weigh([.. Enumerable.Repeat(0.0, 31)]), q => Assert.Equal(Quality.FlatLine, q));
        Assert.All(Weigh([.. Enumerable.Repeat(120.0, 29)]), q => Assert.Equal(Quality.Counts, q));
        Assert.Equal([Quality.Counts, Quality.FlatLine, Quality.FlatLine, Quality.Counts], Weigh([110, .. Enumerable.Repeat(120.0, 40), 130]).Where((_, i) => i is 0 or 1 or 40 or 41));
    }

    [Fact]
    public void Low_values_after_one_that_is_off_by_a_thousand_are_not_believed_for_an_hour()
    {
        var found = Weigh([132_000, .. Enumerable.Repeat(15_000.0, 59).Select((v, i) => v + i), 140_000, 15_000]);
        Assert.All(found, q => Assert.Equal(Quality.UnitImplausible, q));
    }

    [Fact]
    public void What_comes_late_or_again_changes_nothing_for_those_after_it()
    {
        var trace = new FactorTrace();
        trace.Weigh(Start, 100, Quality.Counts, tooHigh: false, Options);
        Assert.Equal((Quality.Jump, null), trace.Weigh(Start.AddMinutes(1), 5_000, Quality.Counts, tooHigh: false, Options));
        Assert.Equal((Quality.Jump, null), trace.Weigh(Start.AddMinutes(1), 5_000, Quality.Counts, tooHigh: false, Options));
        Assert.Equal((Quality.Counts, null), trace.Weigh(Start.AddMinutes(-5), 5_000, Quality.Counts, tooHigh: false, Options));
        Assert.Equal((Quality.Counts, null), trace.Weigh(Start.AddMinutes(2), 100, Quality.Counts, tooHigh: false, Options));
    }

    [Fact]
    public void A_clock_is_behind_when_live_data_are_late_for_half_an_hour_on_end()
    {
        var (lag, limit) = (new ClockLag(), TimeSpan.FromMinutes(20));
        for (var i = 0; i < 30; i++)
        {
            lag.Hear(Start.AddMinutes(i - 60), Start.AddMinutes(i), limit);
            Assert.False(lag.IsBehind);
        }

        lag.Hear(Start.AddMinutes(-30), Start.AddMinutes(30), limit);
        Assert.True(lag.IsBehindAt(Start.AddMinutes(40)));
        lag.Hear(Start.AddMinutes(41), Start.AddMinutes(41), limit);
        Assert.False(lag.IsBehind);
    }

    [Fact]
    public void A_clock_that_stands_still_is_behind_and_one_that_catches_up_is_not()
    {
        var (still, late, limit) = (new ClockLag(), new ClockLag(), TimeSpan.FromMinutes(20));
        for (var i = 0; i <= 60; i++)
        {
            still.Hear(Start.AddHours(-1), Start.AddMinutes(i), limit);
            late.Hear(Start.AddHours(-40).AddMinutes(i * 30), Start.AddMinutes(i), limit);
            Assert.False(late.IsBehind);
        }

        Assert.True(still.IsBehind);
    }
}
