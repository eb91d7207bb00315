using Xunit;

namespace Linfen.AirMap.Plan.Tests;

public sealed class BeijingTests
{
    [Fact]
    public void Sixteen_hours_UTC_is_already_tomorrow()
    {
        Assert.Equal(new DateOnly(2024, 4, 16), Beijing.DayOf(DateTimeOffset.Parse("2024-04-16T15:59:59Z")));
        Assert.Equal(new DateOnly(2024, 4, 17), Beijing.DayOf(DateTimeOffset.Parse("2024-04-16T16:00:00Z")));
    }

    [Fact]
    public void After_a_day_begins_with_the_next_midnight()
    {
        var deadline = new DateOnly(2024, 5, 31);

        Assert.Equal(DateTimeOffset.Parse("2024-06-01T00:00:00+08:00"), Beijing.After(deadline));
        Assert.False(Beijing.IsAfter(DateTimeOffset.Parse("2024-05-31T23:59:59+08:00"), deadline));
        Assert.True(Beijing.IsAfter(DateTimeOffset.Parse("2024-06-01T00:00:00+08:00"), deadline));
    }

    [Fact]
    public void The_responsible_unit_is_the_government_of_the_county() =>
        Assert.Equal("洪洞县人民政府", ResponsibleUnit.For("洪洞县"));
}
