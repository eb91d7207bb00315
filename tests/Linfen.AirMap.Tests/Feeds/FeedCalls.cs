using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Feeds;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.Intake.Firms;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Linfen.AirMap.Tests.Feeds;

/// <summary>What tests of feeds do to a server.</summary>
static class FeedCalls
{
    /// <summary>Asks what is due, and looks for turns.</summary>
    public static async Task RoundAsync(this AirMapServer server, TimeSpan? pass = null)
    {
        server.Clock!.Advance(pass ?? TimeSpan.Zero);
        await server.Services.GetRequiredService<FeedRounds>().TickAsync(CancellationToken.None);
        await server.Services.GetRequiredService<FeedClock>().TickAsync(CancellationToken.None);
    }

    public static async Task<JsonElement> FeedAsync(this AirMapServer server, string name, bool simulated = false) =>
        (await server.OneAsync("api/feeds")).GetProperty("feeds").EnumerateArray().Single(f => f.GetProperty("feed").GetString() == name && f.GetProperty("simulated").GetBoolean() == simulated);

    public static string State(this JsonElement feed) => feed.GetProperty("state").GetString()!;

    public static string? ErrorCode(this JsonElement feed) => feed.GetProperty("lastError") is { ValueKind: JsonValueKind.Object } error ? error.GetProperty("code").GetString() : null;

    /// <summary>What the log told of a feed, in order.</summary>
    public static Task<List<string>> ToldOfAsync(this AirMapServer server, string feed) =>
        server.AskAllAsync($"select type from airmap.events where type like 'feed.%' and subject_id = '{feed}' order by seq");

    public static Task<long> DetectionsAsync(this AirMapServer server) => server.AskAsync<long>("select count(*) from airmap.detections");

    public static string ViirsRow(LonLat place, DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture,
        $"{place.Lat:F5},{place.Lon:F5},331.5,0.42,0.38,{at.UtcDateTime:yyyy-MM-dd},{at.UtcDateTime.Hour * 100 + at.UtcDateTime.Minute},N20,VIIRS,n,2.0NRT,290.1,4.5,D");

    public static string ViirsFile(params string[] rows) => string.Join('\n', rows.Prepend(FirmsText.ViirsApi)) + "\n";
}
