using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Security.Cryptography;
using Linfen.AirMap.Simulator.Demo;
using Linfen.AirMap.Simulator.Fires;
using Linfen.AirMap.Simulator.Server;

namespace Linfen.AirMap.Simulator;

/// <summary>The verbs of the simulator, and what they answer to a shell: 0 all taken, 1 something refused, 2 no server.</summary>
public static class SimulatorCommands
{
    internal const int Taken = 0, Refused = 1;

    const int NotThere = 2, Interrupted = 130;

    /// <summary>A server that restarts is back within this time.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    static readonly Option<Uri> Url = new("--url")
    {
        Description = "where the server is",
        DefaultValueFactory = _ => new Uri($"http://127.0.0.1:{Environment.GetEnvironmentVariable("AIRMAP_HTTP_PORT") ?? "5080"}"),
        CustomParser = argument => Uri.TryCreate(argument.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : Complain<Uri>(argument, "is no address like http://127.0.0.1:5080"),
    };

    public static RootCommand Root() => new("Plays cameras, phones, drones, vehicles, satellites and dust monitors against a Linfen AirMap server; all of it is marked as simulated.")
    {
        Fires(),
        DustCommand.Of(Url, ReportAsync),
        Demo(),
        Clear(),
    };

    static Command Fires()
    {
        var rate = new Option<Rate>("--rate")
        {
            Description = "detections in a time, as 2/s, 50/s, 1/min",
            DefaultValueFactory = _ => new Rate(2),
            CustomParser = argument => Rate.TryParse(argument.Tokens[0].Value, out var parsed)
                ? parsed
                : Complain<Rate>(argument, "is no rate like 2/s, 50/s or 1/min"),
        };
        var length = new Option<TimeSpan>("--for")
        {
            Description = "how long, as 60s, 5m, 1h",
            DefaultValueFactory = _ => TimeSpan.FromSeconds(60),
            CustomParser = argument => Span.TryParse(argument.Tokens[0].Value, out var parsed)
                ? parsed
                : Complain<TimeSpan>(argument, "is no length of time like 60s, 5m or 1h"),
        };
        var seed = new Option<int?>("--seed") { Description = "plays the same again; a random play without it" };
        var county = new Option<string?>("--county") { Description = "six-digit code: fires in this county only" };
        var command = new Command("fires", "fires that start, grow, are seen by several sources and go out") { rate, length, Url, seed, county };
        command.SetAction((parsed, stop) => ReportAsync(async (output) =>
        {
            var settings = new PlaySettings(
                parsed.GetValue(rate), parsed.GetValue(length), parsed.GetValue(seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue), DateTimeOffset.UtcNow);
            return await PlayFiresAsync(parsed.GetValue(Url)!, settings, parsed.GetValue(county), output, stop);
        }));
        return command;
    }

    static Command Demo()
    {
        var seed = new Option<int?>("--seed") { Description = "which city; 1 without it" };
        var command = new Command("demo", "a plausible Linfen: zones, registers, findings of a year and fires of the last hours") { Url, seed };
        command.SetAction((parsed, stop) => ReportAsync(output => BuildDemoAsync(parsed.GetValue(Url)!, parsed.GetValue(seed), output, stop)));
        return command;
    }

    static Command Clear()
    {
        var command = new Command("clear", "removes everything simulated from the server") { Url };
        command.SetAction((parsed, stop) => ReportAsync(async (output) =>
        {
            using var server = AirMapServer.At(parsed.GetValue(Url)!, new Tally(), TimeSpan.Zero);
            var removed = await server.ClearAsync(stop);
            output.WriteLine($"removed {string.Join(", ", removed.Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Value} {kind.Key}")))}");
            return Taken;
        }));
        return command;
    }

    static async Task<int> BuildDemoAsync(Uri url, int? seed, TextWriter output, CancellationToken stop)
    {
        var started = TimeProvider.System.GetTimestamp();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{url} · the demonstration city"));
        using (var atFirst = AirMapServer.At(url, new Tally(), TimeSpan.Zero))
        {
            await atFirst.CityAsync(county: null, stop);
        }

        using var server = AirMapServer.At(url, new Tally(), Patience);
        var outcome = await new DemoRun(server, output).PerformAsync(seed, DateTimeOffset.UtcNow, stop);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{outcome.Brought} new, {outcome.Known} there already, in {TimeProvider.System.GetElapsedTime(started).TotalSeconds:F0} s. Open {url} – everything is marked as simulated; ./airmap simulate clear removes it."));
        return Taken;
    }

    static async Task<int> PlayFiresAsync(Uri url, PlaySettings settings, string? county, TextWriter output, CancellationToken stop)
    {
        var tally = new Tally();
        using var atFirst = AirMapServer.At(url, new Tally(), TimeSpan.Zero);
        var city = await atFirst.CityAsync(county, stop);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{url} · seed {settings.Seed}"));

        var progress = new ProgressLine(output, !Console.IsOutputRedirected);
        using var server = AirMapServer.At(url, tally, Patience);
        try
        {
            var play = new FirePlay(city, settings with { Start = DateTimeOffset.UtcNow });
            await new FireRun(server, tally, progress).PerformAsync(play.Emissions(), settings.For, stop);
        }
        finally
        {
            progress.End();
            output.WriteLine(tally.Summary());
        }

        return tally.Clean ? Taken : Refused;
    }

    /// <summary>Says what went wrong in a sentence; a stack trace is for bugs.</summary>
    internal static async Task<int> ReportAsync(Func<TextWriter, Task<int>> act)
    {
        try
        {
            return await act(Console.Out);
        }
        catch (Server.UnreachableException missing)
        {
            await Console.Error.WriteLineAsync($"{missing.Message} Start one with ./airmap up, or name another with --url.");
            return NotThere;
        }
        catch (Exception refused) when (refused is RefusedException or FormatException)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return Refused;
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
    }

    internal static T? Complain<T>(ArgumentResult argument, string complaint)
    {
        argument.AddError($"'{argument.Tokens[0].Value}' {complaint}.");
        return default;
    }
}
