using System.Text.Json;
using Linfen.AirMap.Fires;
using Linfen.AirMap.Fires.Fusion;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Simulator;
using Linfen.AirMap.Simulator.Demo;
using Linfen.AirMap.Simulator.Server;
using Linfen.AirMap.Testing;
using NetTopologySuite.Geometries;
using Xunit;

namespace Linfen.AirMap.Tests.Simulation;

/// <summary>What the demonstration city is made of, before any server sees it.</summary>
public sealed class DemoCityTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 18, 2, 30, 15, TimeSpan.Zero);
    static readonly City Linfen = City.FromGeoJson(File.ReadAllText(Checkout.File("gis-data", "counties.geojson")));

    static readonly FindingKind[] Kinds =
        [.. Plan.Articles.FindingKinds.All.Select(kind => new FindingKind(kind.Code, kind.TitleZh))];

    static readonly DemoCity Demo = Make(seed: 1);

    [Fact]
    public void The_same_seed_and_moment_make_the_same_city_to_the_last_digit() => Assert.Equal(Wire(Make(seed: 7)), Wire(Make(seed: 7)), StringComparer.Ordinal);

    [Fact]
    public void Another_seed_makes_another_city() => Assert.NotEqual(Wire(Make(seed: 7)), Wire(Make(seed: 8)), StringComparer.Ordinal);

    /// <summary>Fires of the server that last too long end with the week, on Monday at five.</summary>
    [Fact]
    public void Fifteen_fires_are_fifteen_to_the_server_at_every_hour_of_a_Monday()
    {
        for (var now = new DateTimeOffset(2026, 11, 30, 0, 20, 0, TimeSpan.FromHours(8)); now.Day == 30; now = now.AddHours(1))
        {
            Sighting[] seen = [.. Make(seed: 1, now).Fires.SelectMany(fire => fire.Detections).Select(d => new Sighting(Guid.NewGuid(), d.At, Footprint.Of(new(d.Lon, d.Lat), d.RadiusMetres, null), simulated: true))];

            Assert.Equal(15, Grouping.Of(seen, new FireOptions()).Distinct().Count());
            Assert.All(seen, s => Assert.True(s.At < now));
        }
    }

    [Fact]
    public void Nothing_lies_outside_the_city() => Assert.All(Shapes(Demo).Where(shape => shape is Point or Polygon { Area: < 0.00002 }), shape =>
        Assert.True(Linfen.Contains(new LonLat(shape.Centroid.X, shape.Centroid.Y)), $"{shape} is outside"));

    [Fact]
    public void Every_zone_lies_wholly_in_the_city_and_is_valid()
    {
        var city = NetTopologySuite.Operation.Union.UnaryUnionOp.Union([.. Linfen.Counties.Select(county => county.Boundary)]);

        Assert.All(Demo.Zones.SelectMany(zone => zone.Versions), version =>
        {
            Assert.True(version.Shape.IsValid);
            Assert.True(city.Contains(version.Shape), $"{version.DocumentNumber} leaves the city");
        });
    }

    [Fact]
    public void The_urban_area_is_seven_to_nine_kilometres_across_and_no_circle()
    {
        var shape = Demo.Zones.Single(zone => zone.Kind == "urbanArea").Last.Shape;
        var box = shape.EnvelopeInternal;

        Assert.InRange(Geodesic.DistanceMetres(new(box.MinX, box.Centre.Y), new(box.MaxX, box.Centre.Y)), 7_000, 9_000);
        Assert.InRange(Geodesic.DistanceMetres(new(box.Centre.X, box.MinY), new(box.Centre.X, box.MaxY)), 7_000, 9_000);
        Assert.InRange(shape.Area / shape.ConvexHull().Area, 0.8, 0.97);
    }

    [Fact]
    public void Every_document_says_that_it_is_invented() =>
        Assert.All(Demo.Zones.SelectMany(zone => zone.Versions), version => Assert.Matches(@"^演示〔20\d\d〕\d+号$", version.DocumentNumber));

    [Fact]
    public void One_zone_begins_tomorrow_one_was_drawn_anew_and_one_was_taken_back()
    {
        Assert.Single(Demo.Zones, zone => zone.Last.From == new DateOnly(2026, 11, 19));
        Assert.Single(Demo.Zones, zone => zone.Versions.Count == 2);
        Assert.Single(Demo.Zones, zone => zone.RetiredAfter is not null);
    }

    [Fact]
    public void Every_entry_has_a_code_of_its_own_and_is_marked_as_simulated()
    {
        Assert.All(Demo.Registers, register => Assert.Equal(register.Entries.Count, register.Entries.Select(entry => entry.Code).Distinct(StringComparer.Ordinal).Count()));
        Assert.All(Demo.Registers.SelectMany(register => register.Entries), entry =>
        {
            Assert.StartsWith("DEMO-", entry.Code, StringComparison.Ordinal);
            Assert.True((bool)entry.Body()["simulated"]);
        });
    }

    [Fact]
    public void The_registers_are_as_large_as_promised() => Assert.Equal(
        "parks 7, stations 77, heating/boilers 300, sites 150, monitors 90, inspections 120, machines 60, land 180, land/yards 50, land/roads 30, enterprises 60",
        string.Join(", ", Demo.Registers.Select(register => $"{register.Path} {register.Entries.Count}")), StringComparer.Ordinal);

    [Fact]
    public void Findings_are_of_every_kind_from_the_past_year_and_none_from_the_future()
    {
        Assert.Equal(260, Demo.Findings.Count);
        Assert.Equal(Kinds.Select(kind => kind.Code).Order(StringComparer.Ordinal), Demo.Findings.Select(finding => finding.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.All(Demo.Findings, finding =>
        {
            Assert.InRange(finding.At, Now.AddDays(-366), Now);
            Assert.All(finding.Steps, step => Assert.InRange(step.At, finding.At, Now));
        });
    }

    [Fact]
    public void The_moment_and_the_seed_can_be_read_back_from_the_mark_on_the_server()
    {
        var zone = JsonSerializer.SerializeToElement(Demo.Zones[0].Body(Guid.Empty, Demo.Zones[0].Last), Simulator.Server.Wire.Json);

        Assert.Contains("种子 1，时刻 2026-11-18T02:30:15Z", zone.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    static DemoCity Make(int seed, DateTimeOffset? now = null) => new(Linfen, Kinds, new(seed, now ?? Now));

    static IEnumerable<Geometry> Shapes(DemoCity demo) =>
        demo.Registers.SelectMany(register => register.Entries).Select(entry => entry.Shape).OfType<Geometry>()
            .Concat(demo.Findings.Select(finding => Cgcs2000.Factory.CreatePoint(new Coordinate(finding.Place.Lon, finding.Place.Lat))))
            .Concat(demo.Fires.SelectMany(fire => fire.Detections).Select(detection => Cgcs2000.Factory.CreatePoint(new Coordinate(detection.Lon, detection.Lat))));

    static string Wire(DemoCity demo) => JsonSerializer.Serialize(
        new
        {
            Zones = demo.Zones.Select(zone => zone.Body(Guid.Empty, zone.Last)),
            Entries = demo.Registers.SelectMany(register => register.Entries).Select(entry => entry.Body()),
            Findings = demo.Findings.Select(finding => (object[])[finding.Body, .. finding.Steps.Select(step => step.Body)]),
            Fires = demo.Fires.Select(fire => (object[])[.. fire.Detections, fire.Word!]),
        },
        Simulator.Server.Wire.Json);
}
