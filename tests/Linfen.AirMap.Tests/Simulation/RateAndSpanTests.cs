using Linfen.AirMap.Simulator;
using Xunit;

namespace Linfen.AirMap.Tests.Simulation;

public sealed class RateAndSpanTests
{
    [Theory]
    [InlineData("2/s", 2)]
    [InlineData("50/s", 50)]
    [InlineData("0.5/s", 0.5)]
    [InlineData("1/min", 1 / 60.0)]
    [InlineData("30/m", 0.5)]
    [InlineData("36/h", 0.01)]
    public void A_rate_is_read_as_people_write_it(string text, double perSecond)
    {
        Assert.True(Rate.TryParse(text, out var rate));
        Assert.Equal(perSecond, rate.PerSecond, 12);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("/s")]
    [InlineData("0/s")]
    [InlineData("-1/s")]
    [InlineData("2/day")]
    [InlineData("2/s/s")]
    [InlineData("NaN/s")]
    [InlineData("1e9/s")]
    [InlineData("999999999/s")]
    public void What_is_no_rate_is_refused(string text) => Assert.False(Rate.TryParse(text, out _));

    [Theory]
    [InlineData("60s", 60)]
    [InlineData("5m", 300)]
    [InlineData("5min", 300)]
    [InlineData("1h", 3600)]
    [InlineData("1.5h", 5400)]
    public void A_length_of_time_is_read_as_people_write_it(string text, double seconds)
    {
        Assert.True(Span.TryParse(text, out var span));
        Assert.Equal(seconds, span.TotalSeconds, 9);
    }

    [Theory]
    [InlineData("")]
    [InlineData("60")]
    [InlineData("s")]
    [InlineData("0s")]
    [InlineData("-5m")]
    [InlineData("5 m")]
    [InlineData("1.2.3s")]
    [InlineData("99999h")]
    public void What_is_no_length_of_time_is_refused(string text) => Assert.False(Span.TryParse(text, out _));
}
