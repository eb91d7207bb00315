using System.Diagnostics;
using System.Globalization;
using System.Net;
using Linfen.AirMap.Hj212;
using Linfen.AirMap.Simulator.Server;

namespace Linfen.AirMap.Simulator.Dust;

/// <summary>Registers simulated monitors over the interface, and lets them call in over TCP.</summary>
public sealed class DustRun(AirMapServer server, DustSettings settings, string host, int port, TextWriter output)
{
    const int AtOnce = 6;

    static readonly DeviceFault[] Faults = [.. Enum.GetValues<DeviceFault>().Where(f => f != DeviceFault.None)];

    static readonly Edition[] Editions = Enum.GetValues<Edition>();

    public async Task<DustTally> PerformAsync(City city, CancellationToken stop)
    {
        var numbers = Enumerable.Range(1, settings.Devices).ToList();
        var random = new Random(settings.Seed);
        var places = numbers.ConvertAll(_ => city.AnyPlace(random));
        await Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (n, _) => await RegisterAsync(n, places[n - 1], stop));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{settings.Devices} simulated monitors are registered and call {host}:{port}, one packet every {settings.Interval.TotalSeconds:0.##} s"));

        var tally = new DustTally();
        var faulty = (int)Math.Round(settings.Devices * settings.Faults);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(numbers.Select(n => CallAsync(n, n <= faulty ? Faults[n % Faults.Length] : DeviceFault.None, tally, clock, stop)));
        return tally;
    }

    async Task CallAsync(int number, DeviceFault fault, DustTally tally, Stopwatch clock, CancellationToken stop)
    {
        using var device = new SimulatedDevice(
            Mn(number), settings.Edition ?? Editions[number % Editions.Length], fault, settings, host, port, tally, new Random(settings.Seed + number));
        await device.RunAsync(clock, stop);
    }

    async Task RegisterAsync(int number, Geo.LonLat place, CancellationToken stop)
    {
        try
        {
            await server.SayAsync(
                HttpMethod.Post, "api/monitors",
                new { code = $"SIM-DUST-{number:00000}", name = $"模拟扬尘监测{number:00000}", mn = Mn(number), lon = place.Lon, lat = place.Lat, note = "模拟数据", simulated = true }, null, stop);
        }
        catch (RefusedException known) when (known.Status == HttpStatusCode.Conflict)
        {
            // From an earlier run.
        }
    }

    static string Mn(int number) => $"SIM{number:000000000000000000000}";
}
