using Linfen.AirMap.Feeds;
using Xunit;

namespace Linfen.AirMap.Tests.Feeds;

/// <summary>What a poller asks for and when, without a server.</summary>
public sealed class FeedRulesTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 15, 2, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan Settle = TimeSpan.FromHours(12);

    static IEnumerable<string> Asked(DateTimeOffset? covered, DateTimeOffset now, int mostDays = 30) =>
        FirmsDays.ToAsk(covered, now, Settle, mostDays).Select(d => $"{d.Count}/{(d.IsToday ? "today" : d.First.ToString("MM-dd", System.Globalization.CultureInfo.InvariantCulture))}");

    [Fact]
    public void Yesterday_is_asked_for_until_its_late_data_must_have_come()
    {
        Assert.Equal(["1/03-14", "1/today"], Asked(null, Now), StringComparer.Ordinal);
        Assert.Equal(["1/03-14", "1/today"], Asked(Now.AddMinutes(-10), Now), StringComparer.Ordinal);
        Assert.Equal(["1/today"], Asked(Now.AddHours(10), Now.AddHours(10.2)), StringComparer.Ordinal);
    }

    [Fact]
    public void Missed_days_are_asked_for_five_at_a_time_the_oldest_first_and_no_more_than_the_setting()
    {
        Assert.Equal(["5/03-02", "5/03-07", "3/03-12", "1/today"], Asked(new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero), Now), StringComparer.Ordinal);
        Assert.Equal(["2/03-13", "1/today"], Asked(new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), Now, mostDays: 3), StringComparer.Ordinal);
    }

    [Fact]
    public void A_clock_that_was_set_back_asks_for_today()
    {
        Assert.Equal(["1/today"], Asked(Now.AddDays(40), Now), StringComparer.Ordinal);
    }

    [Fact]
    public void Partial_answers_move_the_mark_to_where_the_next_poll_goes_on()
    {
        var first = FirmsDays.ToAsk(new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero), Now, Settle, 30)[0];
        Assert.Equal("5/03-07", Asked(first.CoveredUntil(Now, Settle), Now).First());
    }

    [Theory]
    [InlineData(1, null, 27, 33)]
    [InlineData(2, null, 54, 66)]
    [InlineData(4, null, 216, 264)]
    [InlineData(60, null, 1620, 1980)]
    [InlineData(1, 600, 600, 600)]
    [InlineData(1, 90000, 3600, 3600)]
    [InlineData(1, -5, 27, 33)]
    public void Pauses_double_are_spread_and_bounded(int failures, int? retryAfter, int least, int most)
    {
        TimeSpan? asked = retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        Assert.Equal(least, FeedPace.After(failures, asked, 0).TotalSeconds, 0.001);
        Assert.Equal(most, FeedPace.After(failures, asked, 1).TotalSeconds, 0.001);
    }

    [Fact]
    public void A_budget_has_room_again_ten_minutes_later()
    {
        var budget = new FirmsBudget(3);
        Assert.Null(budget.TryTake(2, Now));
        Assert.Equal(TimeSpan.FromMinutes(9), budget.TryTake(2, Now.AddMinutes(1)));
        Assert.Null(budget.TryTake(1, Now.AddMinutes(1)));
        Assert.Null(budget.TryTake(2, Now.AddMinutes(10)));
    }

    [Theory]
    [InlineData("http://files.example/{yyyyMM}/{dd}/{HH}/H09_{yyyyMMdd}_{HHmm}_L2WLF010_FLDK.06001_06001.csv", "http://files.example/202603/15/02/H09_20260315_0210_L2WLF010_FLDK.06001_06001.csv")]
    [InlineData("https://files.example/{HHmm}.csv?day={yyyyMMdd}", "https://files.example/0210.csv?day=20260315")]
    [InlineData("http://files.example/{HH}.csv", null)]
    [InlineData("http://files.example/latest.csv", null)]
    [InlineData("ftp://ftp.example/{yyyyMMdd}_{HHmm}.csv", null)]
    [InlineData("http://user:secret@files.example/{yyyyMMdd}_{HHmm}.csv", null)]
    [InlineData("nonsense {HHmm}", null)]
    public void The_address_of_a_slot_has_its_time_in_it(string pattern, string? expected)
    {
        Assert.Equal(expected is not null, HimawariAddress.TryParse(pattern, out var address));
        if (expected is not null)
        {
            Assert.Equal(expected, address!.Of(HimawariAddress.SlotOf(Now.AddMinutes(14))).ToString());
        }
    }
}
