using System.Text.Json;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Simulator;
using Linfen.AirMap.Simulator.Fires;
using Linfen.AirMap.Simulator.Server;
using Linfen.AirMap.Testing;
using NetTopologySuite.Geometries;
using Xunit;

namespace Linfen.AirMap.Tests.Simulation;

public sealed class FirePlayTests
{
    static readonly DateTimeOffset Start = new(2026, 11, 18, 2, 0, 0, TimeSpan.Zero);
    static readonly string Counties = File.ReadAllText(Checkout.File("gis-data", "counties.geojson"));
    static readonly City WholeCity = City.FromGeoJson(Counties);

    [Fact]
    public void The_same_seed_plays_the_same_to_the_last_digit() =>
        Assert.Equal(Wire(Play(seed: 7)), Wire(Play(seed: 7)), StringComparer.Ordinal);

    [Fact]
    public void Another_seed_plays_something_else() =>
        Assert.NotEqual(Wire(Play(seed: 7)), Wire(Play(seed: 8)), StringComparer.Ordinal);

    [Fact]
    public void Every_detection_is_marked_as_simulated_on_the_wire() =>
        Assert.All(Play().OfType<Sighting>(), sighting =>
        {
            using var sent = JsonDocument.Parse(JsonSerializer.Serialize(sighting.Detection, Simulator.Server.Wire.Json));
            Assert.True(sent.RootElement.GetProperty("simulated").GetBoolean());
        });

    [Fact]
    public void Everything_lies_inside_the_city_once_it_is_CGCS2000_again() =>
        Assert.All(Positions(Play()), place => Assert.True(CountyAt(place) is not null, $"{place} is outside"));

    [Fact]
    public void A_play_for_one_county_stays_in_that_county()
    {
        var play = Play(City.FromGeoJson(Counties, "141081"));

        Assert.NotEmpty(play);
        Assert.All(Positions(play), place => Assert.Equal("141081", CountyAt(place)));
    }

    [Fact]
    public void An_unknown_county_is_refused_with_the_known_ones() =>
        Assert.Contains("141002 尧都区", Assert.Throws<FormatException>(() => City.FromGeoJson(Counties, "110101")).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_kind_of_source_takes_part()
    {
        var play = Play();

        Assert.Equal(["drone", "phone", "vehicle", "video"], play.OfType<Sighting>().Select(s => s.Detection.SourceKind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.NotEmpty(play.OfType<OverpassFile>());
        Assert.Equal(["confirmed", "out", "refuted"], play.OfType<WordFromTheSpot>().Select(w => w.Verdict).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void The_rate_is_kept()
    {
        var play = Play(rate: "10/s");

        Assert.InRange(play.Sum(emission => emission.Detections), 2999, 3010);
        Assert.All(play.Zip(play.Skip(1)), pair => Assert.True(pair.First.After <= pair.Second.After));
        Assert.All(play, emission => Assert.True(emission.After < TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public void A_camera_looks_at_the_same_fire_again_after_20_to_60_seconds_or_when_its_turn_comes()
    {
        var pauses = Play().OfType<Sighting>()
            .Where(sighting => sighting.Detection.SourceKind == "video")
            .GroupBy(sighting => sighting.Detection.DetectionId.Split('/')[0], StringComparer.Ordinal)
            .SelectMany(camera => camera.Zip(camera.Skip(1), (first, second) => second.After - first.After))
            .ToList();

        Assert.Contains(pauses, pause => pause >= TimeSpan.FromSeconds(20) && pause <= TimeSpan.FromSeconds(70));
    }

    [Fact]
    public void Detection_ids_never_repeat()
    {
        var ids = Play(rate: "50/s").OfType<Sighting>().Select(sighting => sighting.Detection.DetectionId).ToList();

        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Nothing_is_seen_before_it_happened()
    {
        Assert.All(Play(), emission =>
        {
            var now = Start + emission.After;
            var seen = emission switch
            {
                Sighting sighting => sighting.Detection.At,
                OverpassFile file => file.Overpass.AcquiredAt,
                WordFromTheSpot word => word.At,
                _ => DateTimeOffset.MaxValue,
            };
            Assert.True(seen <= now, $"{seen:O} is after {now:O}");
        });
    }

    [Fact]
    public void Satellite_files_come_hours_after_the_acquisition_as_they_do_in_life() =>
        Assert.All(Play().OfType<OverpassFile>(), file =>
            Assert.InRange((Start + file.After - file.Overpass.AcquiredAt).TotalMinutes, 90, 201));

    static List<Emission> Play(City? city = null, int seed = 20261118, string rate = "4/s") =>
        Rate.TryParse(rate, out var parsed)
            ? [.. new FirePlay(city ?? WholeCity, new PlaySettings(parsed, TimeSpan.FromMinutes(5), seed, Start)).Emissions()]
            : throw new ArgumentException(rate, nameof(rate));

    static string Wire(IEnumerable<Emission> play) => string.Join('\n', play.Select(emission => emission switch
    {
        Sighting sighting => JsonSerializer.Serialize(sighting.Detection, Simulator.Server.Wire.Json),
        OverpassFile file => file.Overpass.ToFirmsCsv(),
        _ => emission.ToString(),
    }));

    static IEnumerable<LonLat> Positions(IEnumerable<Emission> play) => play.SelectMany(emission => emission switch
    {
        Sighting { Detection: var sent } => CoordinateSystem.TryParse(sent.Crs, out var crs) ? [crs.ToCgcs2000(sent.Lon, sent.Lat)] : [],
        OverpassFile file => file.Overpass.Pixels.Select(pixel => pixel.Place),
        WordFromTheSpot word => [word.Place],
        _ => Enumerable.Empty<LonLat>(),
    });

    static string? CountyAt(LonLat place) =>
        WholeCity.Counties.FirstOrDefault(county => county.Boundary.Covers(Cgcs2000.Factory.CreatePoint(new Coordinate(place.Lon, place.Lat))))?.Code;
}
