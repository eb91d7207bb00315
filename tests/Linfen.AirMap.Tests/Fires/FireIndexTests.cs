using Linfen.AirMap.Fires;
using Linfen.AirMap.Fires.Fusion;
using Linfen.AirMap.Geo;
using Microsoft.Extensions.Options;
using Xunit;
using Seen = Linfen.AirMap.Fires.Fusion.Sighting;

namespace Linfen.AirMap.Tests.Fires;

/// <summary>What intake works on stays in memory, however much it is; what it worked on once does not.</summary>
public sealed class FireIndexTests
{
    static readonly DateTimeOffset Noon = new(2026, 11, 25, 4, 0, 0, TimeSpan.Zero);
    static readonly FireOptions Settings = new();

    static (Fire, IReadOnlyList<Seen>) FireOf(DateTimeOffset at, int sightings)
    {
        var members = Enumerable.Range(0, sightings).Select(n => new Seen(Guid.NewGuid(), at, Footprint.Of(new LonLat(111.5, 36.1), 50, null), simulated: false)).ToList();
        return (Fire.Open(Guid.NewGuid(), members[0], "测试县", history: false, Settings, at), members);
    }

    static IReadOnlyList<DateOnly> DaysAround(DateTimeOffset at) => [DateOnly.FromDateTime(at.UtcDateTime.AddDays(-1)), DateOnly.FromDateTime(at.UtcDateTime), DateOnly.FromDateTime(at.UtcDateTime.AddDays(1))];

    [Fact]
    public void Days_with_more_than_the_usual_bound_are_not_read_again_for_every_change()
    {
        var index = new FireIndex(Options.Create(Settings));
        index.Revalidate(1);
        index.Load(DaysAround(Noon), [FireOf(Noon, FireIndex.MostSightings + 1)]);
        index.Revalidate(1);
        Assert.Empty(index.Missing([(Noon, Noon)]));
    }

    [Fact]
    public void An_archive_that_goes_by_does_not_stay()
    {
        var index = new FireIndex(Options.Create(Settings));
        index.Revalidate(1);
        index.Load(DaysAround(Noon.AddYears(-2)), [FireOf(Noon.AddYears(-2), 10)]);
        index.Load(DaysAround(Noon.AddYears(-1)), [FireOf(Noon.AddYears(-1), FireIndex.MostSightings)]);
        index.Revalidate(1);
        Assert.NotEmpty(index.Missing([(Noon.AddYears(-1), Noon.AddYears(-1))]));
    }
}
