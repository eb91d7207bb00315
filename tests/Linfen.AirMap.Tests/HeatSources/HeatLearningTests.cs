using System.Text;
using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Geo;
using Linfen.AirMap.HeatSources.Learning;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.HeatSources;

/// <summary>Learning from what is stored, into the register.</summary>
public sealed class HeatLearningTests(OwnServer own) : IClassFixture<OwnServer>
{
    readonly AirMapServer server = own.Server;

    async Task StoreAsync(IEnumerable<HeatSighting> seen)
    {
        var counts = (await server.PostAsync(Reading.Firms, Encoding.UTF8.GetBytes(Furnace.Csv(seen, typed: false)))).Accepted();
        Assert.Equal(0, counts.RejectedCount);
    }

    async Task<(int Created, int Changed, int Unchanged, int Decided)> LearnAsync()
    {
        var answer = await server.PostAsync("api/heat-sources/learn", "{}");
        Assert.True((int)answer.Status == 200, answer.Text);
        int Of(string name) => answer.Json.GetProperty(name).GetInt32();
        return (Of("created"), Of("changed"), Of("unchanged"), Of("decided"));
    }

    async Task<JsonElement> SourceAtAsync(LonLat place) => Assert.Single(await server.ListAsync("api/heat-sources?" + Reading.Around(place)));

    [Fact]
    public async Task Stored_detections_become_candidates_once_and_what_was_decided_stays()
    {
        var (works, field) = (server.FreshPlace(), server.FreshPlace());
        await StoreAsync(Furnace.Nights(works, 40).Concat(Furnace.Field(field, 200, 8)));

        var first = await LearnAsync();
        var source = await SourceAtAsync(works);
        Assert.True(first.Created >= 1);
        Assert.Equal(("candidate", "learned", 40, 40), (source.Text("status"), source.Text("origin"), source.Number("days"), source.Number("nights")));
        Assert.Equal("Polygon", source.GetProperty("geometry").GetProperty("type").GetString());
        Assert.Empty(await server.ListAsync("api/heat-sources?" + Reading.Around(field)));

        var head = await server.HeadAsync();
        var again = await LearnAsync();
        Assert.Equal((0, 0), (again.Created, again.Changed));
        Assert.Equal(head, await server.HeadAsync());

        // It goes on burning: the candidate is told anew, once it is decided nothing is.
        await StoreAsync(Furnace.Nights(works, 3).Select(s => s with { At = s.At.AddDays(370) }));
        Assert.Equal(1, (await LearnAsync()).Changed);
        Assert.Equal(43, (await SourceAtAsync(works)).Number("days"));
        await server.ApproveAsync((await SourceAtAsync(works)).GetProperty("properties"));
        await StoreAsync(Furnace.Nights(works, 3).Select(s => s with { At = s.At.AddDays(401) }));
        var (created, changed, _, decided) = await LearnAsync();
        Assert.Equal((0, 0), (created, changed));
        Assert.True(decided >= 1);
        Assert.Equal(("approved", 43), ((await SourceAtAsync(works)).Text("status"), (await SourceAtAsync(works)).Number("days")));
    }

    [Fact]
    public async Task An_officer_of_a_county_learns_from_what_lies_in_it()
    {
        var (mine, other) = (server.Places.NextIn("141024"), server.Places.NextIn("141029"));
        await StoreAsync(Furnace.Nights(mine, 40).Concat(Furnace.Nights(other, 40)));
        using var officer = await Visitor.AsAsync(server, Role.CountyOfficer, "141024");

        Assert.Equal(200, (int)(await officer.PostAsync("api/heat-sources/learn", "{}")).Status);

        await SourceAtAsync(mine);
        Assert.Empty(await server.ListAsync("api/heat-sources?" + Reading.Around(other)));
    }
}
