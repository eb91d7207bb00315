using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Air;

/// <summary>Stations and their values as a platform sends them.</summary>
static class AirCalls
{
    public const string Intake = "api/intake/air";

    public static async Task<JsonElement> StationAsync(this AirMapServer server, LonLat place, params (string Name, object? Value)[] more)
    {
        var body = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["code"] = "S-" + Guid.NewGuid().ToString("N")[..10],
            ["name"] = "测试站 " + Guid.NewGuid().ToString("N")[..6],
            ["kind"] = "other",
            ["lon"] = place.Lon,
            ["lat"] = place.Lat,
        };
        foreach (var (name, value) in more)
        {
            body[name] = value;
        }

        return await server.AddAsync("stations", body);
    }

    public static string Code(this JsonElement station) => station.GetProperty("code").GetString()!;

    public static string Key(this JsonElement station) => station.GetProperty("id").GetString()!;

    public static Dictionary<string, object?> Value(string station, string factor, DateTimeOffset at, double value, string interval = "hour") => new(StringComparer.Ordinal)
    {
        ["station"] = station,
        ["factor"] = factor,
        ["at"] = at.ToString("O", CultureInfo.InvariantCulture),
        ["value"] = value,
        ["interval"] = interval,
    };

    /// <summary>Daily means of PM2.5 for the days that end with the given one.</summary>
    public static IEnumerable<Dictionary<string, object?>> Days(string station, DateOnly last, int count, double value) =>
        Enumerable.Range(0, count).Select(i => Value(station, "PM2.5", Plan.Beijing.StartOf(last.AddDays(-i)), value, "day"));

    public static async Task<AirCounts> SendAsync(this AirMapServer server, params IEnumerable<Dictionary<string, object?>> values) =>
        AirCounts.Read(await server.PostAsync(Intake, JsonSerializer.Serialize(values)));

    /// <summary>The entry of an area in <c>GET /api/air</c>; null where there is none.</summary>
    public static async Task<JsonElement?> AreaAsync(this AirMapServer server, string? code, bool simulated = false, bool developmentZone = false)
    {
        var areas = (await server.OneAsync("api/air")).GetProperty("counties").EnumerateArray()
            .Where(a => a.GetProperty("code").GetString() == code && a.GetProperty("simulated").GetBoolean() == simulated && a.GetProperty("developmentZone").GetBoolean() == developmentZone).ToList();
        return areas.Count == 0 ? null : Assert.Single(areas);
    }

    public static async Task<string?> MissingAsync(this AirMapServer server, Guid subject)
    {
        var rows = await server.AskAllAsync($"select missing from airmap.undecidables where rule = 'A39.Pm25' and subject_id = '{subject}'");
        return rows.SingleOrDefault();
    }
}

sealed record AirCounts(long Received, long Stored, long Duplicates, long Corrected, long RejectedCount, IReadOnlyList<Rejection> Rejected)
{
    static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static AirCounts Read(Answer answer)
    {
        Assert.True((int)answer.Status == 200, $"{answer.Status}: {answer.Text}");
        return Of(answer.Json);
    }

    /// <summary>Of an answer that went well or not.</summary>
    public static AirCounts Of(JsonElement json)
    {
        var counts = json.Deserialize<AirCounts>(Web)!;
        Assert.Equal(counts.Received, counts.Stored + counts.Duplicates + counts.Corrected + counts.RejectedCount);
        return counts;
    }

    public (long Stored, long Duplicates, long Corrected, long Rejected) Figures => (Stored, Duplicates, Corrected, RejectedCount);
}
