using System.Text.Json;
using Linfen.AirMap.Simulator.Server;

namespace Linfen.AirMap.Simulator.Demo;

/// <summary>A simulated zone as the server lists it, in its newest version.</summary>
sealed record StandingZone(string Id, int Version, string Status, string? Note);

/// <summary>Draws and publishes zones, and goes on where an interrupted run stopped.</summary>
sealed class ZoneDesk(AirMapServer server, int seed)
{
    public static async Task<IReadOnlyDictionary<string, StandingZone>> StandingAsync(AirMapServer server, CancellationToken stop)
    {
        var answer = await server.SayAsync(HttpMethod.Get, "api/zones?status=all&simulated=only&limit=1000", null, null, stop);
        return answer.Json.GetProperty("features").EnumerateArray()
            .Select(feature => feature.GetProperty("properties"))
            .Where(zone => !(zone.TryGetProperty("derived", out var derived) && derived.ValueKind == JsonValueKind.True))
            .GroupBy(zone => zone.GetProperty("name").GetString()!, StringComparer.Ordinal)
            .ToDictionary(
                versions => versions.Key,
                versions => Read(versions.MaxBy(zone => zone.GetProperty("version").GetInt32())),
                StringComparer.Ordinal);
    }

    /// <summary>Takes the steps that are still to be taken; false when there was none.</summary>
    public async Task<bool> BringAsync(PlannedZone zone, StandingZone? standing, DateOnly today, CancellationToken stop)
    {
        var id = standing?.Id;
        var done = Done(standing);
        for (var version = 0; version < zone.Versions.Count; version++)
        {
            var planned = zone.Versions[version];
            if (done < 2 * version + 1)
            {
                id = await DrawAsync(id, zone.Body(Dice.Id(seed, "zone/" + zone.Name), planned), stop);
            }

            if (done < 2 * version + 2)
            {
                await ActAsync(id!, "publish", planned.Publication(today), stop);
            }
        }

        if (zone.RetiredAfter is { } lastDay && done < int.MaxValue)
        {
            await ActAsync(id!, "retire", new { LastDay = lastDay.ToString("O"), Reason = "演示：到期废止" }, stop);
        }

        return done < 2 * zone.Versions.Count;
    }

    /// <summary>Two steps make a version: it is drawn, it is published.</summary>
    static int Done(StandingZone? standing) => standing switch
    {
        null => 0,
        { Status: "retired" } => int.MaxValue,
        { Status: "draft" } => 2 * standing.Version - 1,
        _ => 2 * standing.Version,
    };

    async Task<string> DrawAsync(string? id, object body, CancellationToken stop)
    {
        var answer = id is null
            ? await server.SayAsync(HttpMethod.Post, "api/zones", body, null, stop)
            : await server.SayAsync(HttpMethod.Put, $"api/zones/{id}", body, await TagAsync(id, stop), stop);
        return answer.Json.GetProperty("properties").GetProperty("id").GetString()!;
    }

    async Task ActAsync(string id, string verb, object body, CancellationToken stop) =>
        await server.SayAsync(HttpMethod.Post, $"api/zones/{id}/{verb}", body, await TagAsync(id, stop), stop);

    async Task<string?> TagAsync(string id, CancellationToken stop) =>
        (await server.SayAsync(HttpMethod.Get, $"api/zones/{id}", null, null, stop)).Tag;

    static StandingZone Read(JsonElement zone) => new(
        zone.GetProperty("id").GetString()!, zone.GetProperty("version").GetInt32(), zone.GetProperty("status").GetString()!,
        zone.TryGetProperty("note", out var note) && note.ValueKind == JsonValueKind.String ? note.GetString() : null);
}
