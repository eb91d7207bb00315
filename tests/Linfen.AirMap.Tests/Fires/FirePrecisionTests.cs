using Linfen.AirMap.Tests.HeatSources;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Fires;

/// <summary>How often those who report are right is what people found, exercises left out.</summary>
public sealed class FirePrecisionTests(OwnServer own) : IClassFixture<OwnServer>
{
    const string NotFound = """{"verdict":"refuted","reason":"not-found"}""";

    readonly AirMapServer server = own.Server;

    async Task<(long Fires, long Real, long Refuted)> OfAsync(string sourceKind, string query = "")
    {
        var rows = (await server.GetAsync("api/fires/precision?" + query)).Json.GetProperty("precision").EnumerateArray().Where(r => r.GetProperty("sourceKind").GetString() == sourceKind).ToList();
        return (rows.Sum(r => r.GetProperty("fires").GetInt64()), rows.Sum(r => r.GetProperty("real").GetInt64()), rows.Sum(r => r.GetProperty("refuted").GetInt64()));
    }

    async Task VerifyAsync(System.Text.Json.JsonElement fire, string verdict) => Assert.Equal(200, (int)(await server.PostAsync($"api/fires/{fire.Id()}/verdict", verdict)).Status);

    [Fact]
    public async Task Verdicts_count_for_whoever_reported_and_exercises_only_when_asked_for()
    {
        var before = await OfAsync("drone");
        var exercised = await OfAsync("drone", "simulated=only");
        await VerifyAsync(await server.FireOfAsync(new("precision-real", server.Now, server.FreshPlace()) { SourceKind = "drone" }), """{"verdict":"confirmed"}""");
        await VerifyAsync(await server.FireOfAsync(new("precision-none", server.Now, server.FreshPlace()) { SourceKind = "drone" }), NotFound);
        await VerifyAsync(await server.FireOfAsync(new("precision-play", server.Now, server.FreshPlace()) { SourceKind = "drone", Simulated = true }), NotFound);

        Assert.Equal((before.Fires + 2, before.Real + 1, before.Refuted + 1), await OfAsync("drone"));
        Assert.Equal((exercised.Fires + 1, exercised.Real, exercised.Refuted + 1), await OfAsync("drone", "simulated=only"));
    }

    [Fact]
    public async Task What_a_heat_source_explains_counts_once_somebody_gave_a_verdict()
    {
        var place = server.FreshPlace();
        await server.ApprovedAsync(place);
        var before = await OfAsync("satellite");
        var fire = await server.FireOfAsync(HeatCalls.Pixel(server.Now, place));
        Assert.Equal(before, await OfAsync("satellite"));

        await VerifyAsync(fire, """{"verdict":"refuted","reason":"industrial"}""");

        Assert.Equal((before.Fires + 1, before.Real, before.Refuted + 1), await OfAsync("satellite"));
    }
}
