using FsCheck.Xunit;
using Linfen.AirMap.Geo;
using Linfen.AirMap.HeatSources.Learning;
using NetTopologySuite.Geometries;
using Xunit;

namespace Linfen.AirMap.Tests.HeatSources;

public sealed class LearnerTests
{
    static readonly LonLat Works = new(111.5234, 36.0834);

    [Fact]
    public void A_furnace_of_forty_nights_is_learned_with_its_figures()
    {
        var source = Assert.Single(Furnace.Learned(Furnace.Nights(Works, 40)));

        Assert.Equal((40, 40, 40, 12, 1.0), (source.Sightings, source.Days, source.Nights, source.Months, source.NightShare));
        Assert.Equal((new DateOnly(2024, 1, 1), new DateOnly(2024, 12, 17)), (source.FirstLit, source.LastLit));
        Assert.InRange(source.MedianMegawatts!.Value, 3, 3.6);
        Assert.True(source.HighestMegawatts >= 3 * source.MedianMegawatts);
        Assert.InRange(Geodesic.DistanceMetres(Works, source.Centre), 0, 100);
        Assert.True(source.Extent.Covers(new Point(source.Centre.Lon, source.Centre.Lat)));
        Assert.True(source.Extent.IsValid);
        Assert.InRange(source.Score, 0.85, 1);
        Assert.StartsWith("https://www.openstreetmap.org/?mlat=36.08370&mlon=111.5233", source.MapLink, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_varies_much_explains_no_more_than_half_as_much_again_as_the_highest_that_was_seen()
    {
        // From 2 to 62 MW with a median of 11: quartiles alone would let it reach hundreds.
        var nights = Furnace.Nights(Works, 60, 6).Select((s, i) => s with { FrpMegawatts = Math.Round(2 * Math.Pow(31, i / 59.0), 2) });
        var source = Assert.Single(Furnace.Learned(nights));

        Assert.InRange(source.MedianMegawatts!.Value, 10, 12.5);
        Assert.InRange(source.HighestMegawatts!.Value, 1.4 * 62, 1.6 * 62);
    }

    [Property(MaxTest = 60)]
    public bool A_fire_of_one_day_is_never_learned_however_large_it_is(ushort day, byte pixels, short east, short north)
    {
        var place = new LonLat(east / 200.0, north / 500.0);
        return Furnace.Learned(Furnace.Field(place, day % 8_000, 1 + pixels)).Count == 0;
    }

    [Property(MaxTest = 30)]
    public bool A_field_that_burns_beside_a_furnace_becomes_no_part_of_it(byte day, byte pixels)
    {
        var field = Furnace.Field(new(Works.Lon + 0.012, Works.Lat), day, 1 + pixels % 40);
        return Furnace.Learned(Furnace.Nights(Works, 40).Concat(field)).Single().Extent.Equals(Furnace.Learned(Furnace.Nights(Works, 40)).Single().Extent);
    }

    [Property(MaxTest = 30)]
    public bool The_order_of_the_sightings_does_not_matter(int seed)
    {
        HeatSighting[] all =
        [
            .. Furnace.Nights(Works, 40), .. Furnace.Nights(new(Works.Lon + 0.01, Works.Lat + 0.01), 25, 11), .. Furnace.Nights(new(112.3, 36.4), 30, 8, 14), .. Furnace.Field(new(111.8, 36.2), 160, 30),
        ];
        var shuffled = all.ToArray();
        new Random(seed).Shuffle(shuffled);
        return Furnace.Learned(all).Select(Told).SequenceEqual(Furnace.Learned(shuffled).Select(Told), StringComparer.Ordinal);
    }

    [Fact]
    public void A_file_that_comes_twice_counts_its_days_once()
    {
        var once = Assert.Single(Furnace.Learned(Furnace.Nights(Works, 40)));
        var twice = Assert.Single(Furnace.Learned(Furnace.Nights(Works, 40).Concat(Furnace.Nights(Works, 40))));

        Assert.Equal((once.Days, once.Months, once.Centre, once.MedianMegawatts, once.Score), (twice.Days, twice.Months, twice.Centre, twice.MedianMegawatts, twice.Score));
        Assert.Equal(2 * once.Sightings, twice.Sightings);
    }

    [Fact]
    public void Cells_that_touch_are_one_source_and_those_a_cell_apart_are_two()
    {
        LonLat cell = new(111.525, 36.085);
        Assert.Single(Furnace.Learned(Furnace.Nights(cell, 40).Concat(Furnace.Nights(new(cell.Lon + 0.01, cell.Lat + 0.01), 40))));
        Assert.Equal(2, Furnace.Learned(Furnace.Nights(cell, 40).Concat(Furnace.Nights(new(cell.Lon + 0.02, cell.Lat), 40))).Count);
    }

    [Fact]
    public void A_source_across_the_antimeridian_is_one_and_lies_there()
    {
        var source = Assert.Single(Furnace.Learned(Furnace.Nights(new(179.995, -17.005), 40).Concat(Furnace.Nights(new(-179.995, -17.005), 40))));

        Assert.Equal((80, 2), (source.Sightings, source.Cells));
        Assert.InRange(Math.Abs(source.Centre.Lon), 179.99, 180);
        Assert.InRange(source.Extent.EnvelopeInternal.Width, 0, 0.03);
    }

    [Fact]
    public void Stubble_that_burns_every_June_and_October_for_ten_years_is_none()
    {
        var fields = from year in Enumerable.Range(0, 10)
                     from day in new[] { 160, 163, 280, 284 }
                     from sighting in Furnace.Field(Works, year * 365 + day, 3)
                     select sighting;
        Assert.Empty(Furnace.Learned(fields));
    }

    [Fact]
    public void What_is_never_lit_by_night_has_to_show_itself_on_more_days()
    {
        var roof = Furnace.Nights(Works, 7, 20).Select(s => s with { At = s.At.AddHours(-12), Night = false }).ToList();
        Assert.Empty(Furnace.Learned(roof));
        Assert.Single(Furnace.Learned(Furnace.Nights(Works, 7, 20)));
        Assert.Single(Furnace.Learned(Furnace.Nights(Works, 9, 20).Select(s => s with { At = s.At.AddHours(-12), Night = false })));
    }

    [Theory]
    [InlineData(111.5, 36.1, 4, true)]
    [InlineData(111.5, 36.1, 17.5, false)]
    [InlineData(-90, 16, 18.5, true)]
    [InlineData(-90, 16, 7, false)]
    public void The_sun_tells_day_from_night_where_the_file_does_not(double lon, double lat, double hourUtc, bool isUp) =>
        Assert.Equal(isUp, Sun.IsUp(new(lon, lat), Furnace.NewYear.AddDays(100).AddHours(hourUtc)));

    static string Told(HeatCandidate c) => string.Join('|', c.Name, c.Cells, c.Sightings, c.Days, c.Nights, c.Months, c.NightShare, c.MedianMegawatts, c.Spread, c.HighestMegawatts, c.Centre, c.Extent.AsText(), c.FirstLit, c.LastLit, c.Score);
}
