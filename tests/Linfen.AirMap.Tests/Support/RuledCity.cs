using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Linfen.AirMap.Geo;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Support;

/// <summary>A server whose urban core lies under a zone of every kind, within the heat radius of a plant.</summary>
public sealed class RuledCity(MigratedCluster cluster) : IAsyncLifetime
{
    /// <summary>In 尧都区, 8 km from the plant of 大唐.</summary>
    static readonly LonLat Core = new(111.519, 36.088);

    static readonly string[] Kinds = ["coalFree", "heatNetwork", "builtUp", "urbanArea", "nonRoadMachineryControl", "fireworksBan"];

    AirMapServer? server;
    int placed;

    public AirMapServer Server => server ?? throw new InvalidOperationException("Not started yet.");

    public async ValueTask InitializeAsync()
    {
        server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));
        foreach (var kind in Kinds)
        {
            await server.PublishZoneAsync(kind, ZoneCalls.Around(Core, 6_000), minimumStage: kind == "nonRoadMachineryControl" ? 3 : null);
        }
    }

    /// <summary>Adds an entry under all these zones, under a name and at a place of its own.</summary>
    public async Task<JsonElement> AddAsync(string register, string fields)
    {
        var number = Interlocked.Increment(ref placed);
        var entry = JsonNode.Parse(fields)!.AsObject();
        entry["name"] = "对象" + number.ToString(CultureInfo.InvariantCulture);
        entry["lon"] = Core.Lon + number * 0.0002;
        entry["lat"] = Core.Lat;
        return await Server.AddAsync(register, entry);
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
