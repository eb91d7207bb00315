using Linfen.AirMap.Geo;
using Linfen.AirMap.Intake;
using Linfen.AirMap.Simulator.Fires;
using Linfen.AirMap.Tests.Intake.Firms;
using Xunit;

namespace Linfen.AirMap.Tests.Simulation;

public sealed class SimulatedOverpassTests
{
    /// <summary>00:48 UTC: the service writes it as 48.</summary>
    static readonly DateTimeOffset Acquired = new(2026, 11, 18, 0, 48, 0, TimeSpan.Zero);

    static readonly Pixel[] Pixels =
    [
        new(new LonLat(111.52451, 36.08123), 12.5, 331.2, 25),
        new(new LonLat(111.5278, 36.0799), 0.4, 308, 60),
        new(new LonLat(110.9, 35.9), 30, 367, 95),
    ];

    public static TheoryData<string, string> Satellites => new(Satellite.All.Select(s => (s.Source, s.Column)));

    [Theory]
    [MemberData(nameof(Satellites))]
    public async Task The_server_reads_what_the_simulated_satellite_saw(string source, string satellite)
    {
        var overpass = new Overpass(Satellite.All.Single(s => s.Column == satellite), Acquired, Pixels);

        var lines = await FirmsText.ReadAsync(overpass.ToFirmsCsv(), source, simulated: true);

        Assert.Equal([2L, 3L, 4L], lines.Select(line => line.Line));
        Assert.All(lines.Zip(Pixels), pair =>
        {
            var (line, pixel) = pair;
            Assert.Null(line.Reason);
            Assert.Equal(pixel.Place, line.Observation!.Position);
            Assert.Equal(Acquired, line.Observation.OccurredAt);
            Assert.Equal(pixel.FrpMegawatts, line.Observation.FrpMegawatts);
            Assert.Equal(SourceKind.Satellite, line.Observation.SourceKind);
            Assert.True(line.Observation.Simulated);
        });
    }

    [Fact]
    public async Task Confidence_arrives_as_low_nominal_and_high()
    {
        var overpass = new Overpass(Satellite.All[0], Acquired, Pixels);

        var lines = await FirmsText.ReadAsync(overpass.ToFirmsCsv(), overpass.Satellite.Source, simulated: true);

        Assert.Equal([0.2, 0.5, 0.9], lines.Select(line => line.Observation!.Confidence));
    }
}
