using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Linfen.AirMap.Hj212;
using Linfen.AirMap.Simulator.Dust;
using Linfen.AirMap.Simulator.Server;

namespace Linfen.AirMap.Simulator;

/// <summary><c>simulate dust</c>: monitors that speak HJ 212 over real TCP, well or badly.</summary>
static class DustCommand
{
    static readonly string[] Editions = ["mixed", "2005", "2017", "2025"];

    /// <summary>A server that restarts is back within this time.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Command Of(Option<Uri> url, Func<Func<TextWriter, Task<int>>, Task<int>> report)
    {
        var devices = new Option<int>("--devices") { Description = "how many", DefaultValueFactory = _ => 50 };
        var edition = new Option<string>("--edition") { Description = string.Join(", ", Editions), DefaultValueFactory = _ => "mixed" };
        edition.AcceptOnlyFromAmong(Editions);
        var faults = new Option<double>("--faults")
        {
            Description = "share of devices with something amiss, as 5%",
            DefaultValueFactory = _ => 0.05,
            CustomParser = argument => Share(argument.Tokens[0].Value) ?? SimulatorCommands.Complain<double>(argument, "is no share like 5%"),
        };
        var interval = Length("--interval", "between the packets of a device, as 1s, 30s", TimeSpan.FromSeconds(5));
        var length = Length("--for", "how long, as 60s, 5m, 1h", TimeSpan.FromSeconds(60));
        var port = new Option<int>("--port") { Description = "of the HJ 212 listener", DefaultValueFactory = _ => DefaultPort() };
        var seed = new Option<int?>("--seed") { Description = "plays the same again; a random play without it" };
        var command = new Command("dust", "dust monitors that call in by HJ 212") { devices, edition, faults, interval, length, url, port, seed };
        command.SetAction((said, stop) => report(output => PlayAsync(
            said.GetValue(url)!,
            new(
                said.GetValue(devices), said.GetValue(edition) switch { "2005" => Edition.Y2005, "2017" => Edition.Y2017, "2025" => Edition.Y2025, _ => null }, said.GetValue(faults),
                said.GetValue(interval), said.GetValue(length), said.GetValue(seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue / 2)),
            said.GetValue(port), output, stop)));
        return command;
    }

    static async Task<int> PlayAsync(Uri url, DustSettings settings, int port, TextWriter output, CancellationToken stop)
    {
        City city;
        using (var atFirst = AirMapServer.At(url, new Tally(), TimeSpan.Zero))
        {
            city = await atFirst.CityAsync(county: null, stop);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{url} · seed {settings.Seed}"));
        using var server = AirMapServer.At(url, new Tally(), Patience);
        var tally = await new DustRun(server, settings, url.Host, port, output).PerformAsync(city, stop);
        output.WriteLine(tally.Summary());
        return tally.Clean ? SimulatorCommands.Taken : SimulatorCommands.Refused;
    }

    static Option<TimeSpan> Length(string name, string description, TimeSpan otherwise) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => otherwise,
        CustomParser = argument => Span.TryParse(argument.Tokens[0].Value, out var parsed)
            ? parsed
            : SimulatorCommands.Complain<TimeSpan>(argument, "is no length of time like 60s, 5m or 1h"),
    };

    static double? Share(string text) =>
        text.EndsWith('%') && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= 100 ? percent / 100 : null;

    static int DefaultPort() => int.TryParse(Environment.GetEnvironmentVariable("AIRMAP_HJ212_PORT"), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 9212;
}
