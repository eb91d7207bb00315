using System.Net;
using System.Text.Json;
using Linfen.AirMap.Tests.Support;
using Xunit;
using Sighting = Linfen.AirMap.Tests.Support.Sighting;

namespace Linfen.AirMap.Tests.Fires;

/// <summary>A fire's file tells what happened to it besides being seen.</summary>
public sealed class FireChangesTests(OwnServer own) : IClassFixture<OwnServer>
{
    const double ReachDegrees = 0.04;

    readonly AirMapServer server = own.Server;

    [Fact]
    public async Task The_history_of_a_fire_tells_confirmation_split_merge_and_verdict_in_their_order()
    {
        var place = server.Places.NextWellInside(ReachDegrees);
        await server.ReportAsync(new Sighting("told-camera", server.Now.AddMinutes(-5), place));
        await server.ReportAsync(new Sighting("told-call", server.Now.AddMinutes(-4), FreshPlaces.EastOf(place, 200)) { SourceKind = "phone" });
        // Only seen once more: nothing else happened.
        await server.ReportAsync(new Sighting("told-again", server.Now.AddMinutes(-3), place));
        var fire = await server.FireOfDetectionAsync("told-camera");
        var call = (await server.ListAsync($"api/fires/{fire.Id()}/detections")).Find(d => d.Text("detectionId") == "told-call").Id();
        var parted = (await server.PostAsync($"api/fires/{fire.Id()}/split", $$"""{"detections":["{{call}}"]}""")).Json;
        await server.PassAsync(TimeSpan.FromSeconds(1));
        var whole = (await server.PostAsync($"api/fires/{fire.Id()}/merge", $$"""{"with":"{{parted.Id()}}"}""")).Json;
        Assert.Equal(HttpStatusCode.OK, (await server.VerdictAsync(whole, "confirmed", "seen")).Status);
        await server.VerdictAsync(whole, "out", "rain");

        var (kept, gone) = whole.Id() == fire.Id() ? (fire, parted) : (parted, fire);
        var ofKept = await ChangesAsync(kept.Id());
        var ofGone = await ChangesAsync(gone.Id());

        // Which of the two goes on is the fusion's to say.
        string[] before = kept.Id() == fire.Id() ? ["known", "corroborated", "parted", "suspected"] : ["split-off"];
        Assert.Equal([.. before, "corroborated", "joined", "verdict", "verdict"], ofKept.Select(What), StringComparer.Ordinal);
        Assert.Equal("merged", What(ofGone[^1]));
        Assert.Equal(kept.Id(), ofGone[^1].GetProperty("other").GetString());
        Assert.Equal(gone.Id(), ofKept.Single(c => What(c) == "joined").GetProperty("other").GetString());
        Assert.Equal(parted.Id(), ofKept.Concat(ofGone).Single(c => What(c) == "parted").GetProperty("other").GetString());
        Assert.Equal([("confirmed", "seen"), ("out", "rain")], ofKept.TakeLast(2).Select(c => (c.GetProperty("verdict").GetString(), c.GetProperty("reason").GetString())));
        (await server.GetAsync($"api/fires/{Guid.NewGuid()}/history")).IsProblem(404, "not-found");
    }

    async Task<List<JsonElement>> ChangesAsync(string id) => [.. (await server.GetAsync($"api/fires/{id}/history")).Json.GetProperty("changes").EnumerateArray()];

    static string What(JsonElement change) => change.GetProperty("what").GetString()!;
}
