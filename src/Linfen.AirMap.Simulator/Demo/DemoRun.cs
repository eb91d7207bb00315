using System.Globalization;
using System.Net;
using Linfen.AirMap.Simulator.Server;

namespace Linfen.AirMap.Simulator.Demo;

/// <summary>What a run did: how many things it brought, and how many stood there already.</summary>
public sealed record DemoOutcome(DemoSettings Settings, int Brought, int Known);

/// <summary>Builds the city on a server through its public interface, one kind of thing after the other.</summary>
public sealed class DemoRun(AirMapServer server, TextWriter output)
{
    /// <summary>The server writes one after the other; a few at once keep it from waiting for the network.</summary>
    const int AtOnce = 6;

    int _brought, _known;

    /// <param name="seed">Null takes that of the city that stands, or 1.</param>
    /// <exception cref="FormatException">Another city stands there already.</exception>
    public async Task<DemoOutcome> PerformAsync(int? seed, DateTimeOffset now, CancellationToken stop)
    {
        var zones = await ZoneDesk.StandingAsync(server, stop);
        var settings = Agreed(seed, now, zones.Values.Select(zone => DemoMark.Read(zone.Note)).FirstOrDefault(mark => mark is not null));
        var city = new DemoCity(await server.CityAsync(null, stop), await KindsAsync(stop), settings);
        output.WriteLine($"seed {settings.Seed}");
        await BuildAsync(city, zones, stop);
        return new(settings, _brought, _known);
    }

    async Task BuildAsync(DemoCity city, IReadOnlyDictionary<string, StandingZone> standing, CancellationToken stop)
    {
        var desk = new ZoneDesk(server, city.Settings.Seed);
        await EachAsync("zones", city.Zones, 1, async zone => await desk.BringAsync(zone, standing.GetValueOrDefault(zone.Name), city.Settings.Today, stop), stop);
        foreach (var register in city.Registers)
        {
            await EachAsync(register.Title, register.Entries, AtOnce, entry => BringAsync($"api/{register.Path}", entry.Body(), stop), stop);
        }

        await EachAsync("findings", city.Findings, AtOnce, finding => BringAsync(finding, stop), stop);
        await EachAsync("fires", city.Fires, 1, fire => BringAsync(fire, stop), stop);
    }

    static DemoSettings Agreed(int? seed, DateTimeOffset now, DemoSettings? standing)
    {
        if (standing is not null && seed is not null && seed != standing.Seed)
        {
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture, $"The demonstration city of seed {standing.Seed} stands there already. ./airmap simulate clear removes it."));
        }

        // Whole seconds, as they are kept on the server.
        return standing ?? new(seed ?? 1, new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero));
    }

    async Task<IReadOnlyList<FindingKind>> KindsAsync(CancellationToken stop)
    {
        var answer = await server.SayAsync(HttpMethod.Get, "api/finding-kinds", null, null, stop);
        return [.. answer.Json.GetProperty("kinds").EnumerateArray().Select(kind => new FindingKind(kind.GetProperty("code").GetString()!, kind.GetProperty("titleZh").GetString()!))];
    }

    /// <summary>Whether it is new there; what is known already has the same code.</summary>
    async Task<bool> BringAsync(string path, object body, CancellationToken stop)
    {
        try
        {
            await server.SayAsync(HttpMethod.Post, path, body, null, stop);
            return true;
        }
        catch (RefusedException known) when (known.Status == HttpStatusCode.Conflict)
        {
            return false;
        }
    }

    async Task<bool> BringAsync(FiledFinding finding, CancellationToken stop)
    {
        var before = await server.HasAsync($"api/findings/{finding.Id}", stop);
        await BringAsync("api/findings", finding.Body, stop);
        foreach (var step in finding.Steps)
        {
            await BringAsync($"api/findings/{finding.Id}/{step.Verb}", step.Body, stop);
        }

        return !before;
    }

    async Task<bool> BringAsync(FieldFire fire, CancellationToken stop)
    {
        var stored = 0;
        foreach (var detection in fire.Detections)
        {
            stored += (await server.DeliverAsync(detection, stop)).Stored;
        }

        if (stored > 0 && fire.Word is { } word)
        {
            await server.SpeakAsync(word, stop);
        }

        return stored > 0;
    }

    async Task EachAsync<T>(string title, IReadOnlyList<T> things, int atOnce, Func<T, Task<bool>> bring, CancellationToken stop)
    {
        var brought = 0;
        await Parallel.ForEachAsync(things, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = stop }, async (thing, _) =>
        {
            if (await bring(thing))
            {
                Interlocked.Increment(ref brought);
            }
        });
        (_brought, _known) = (_brought + brought, _known + things.Count - brought);
        var known = things.Count - brought;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {title,-12} {brought,4}{(known > 0 ? $"  ({known} there already)" : "")}"));
    }
}
