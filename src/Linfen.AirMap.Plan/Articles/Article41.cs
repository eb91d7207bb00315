using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Plan.Articles;

/// <summary>Art. 41: township stations are online, and the parks along the Fen have stations that are.</summary>
public static class Article41
{
    public const string TownshipAfter = "A41.Township.After";
    public const string AlongFenAfter = "A41.AlongFen.After";
    public const string Silence = "A41.Station.Silence";
    public const string DueHours = "A41.DueHours";

    public static readonly Rule Station = new(
        "A41.Station", 41, "空气站未联网或未覆盖", "Air station offline or missing", [SubjectKinds.Station, SubjectKinds.Park],
        [TownshipAfter, AlongFenAfter, Article19.Counties, Silence, DueHours], [], ["市生态环境局"], ["市财政局"]);

    public static Decision Decide(StationFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = new Hearing(Station, at, law);
        hearing.Require(facts.Kind is { } kind ? kind is StationKind.Township or StationKind.Park : null, "other-kind", "kind");
        if (facts.Kind == StationKind.Park)
        {
            RequireCoverage(hearing, facts.Place);
        }
        else if (facts.Kind == StationKind.Township)
        {
            hearing.RequireAfter(TownshipAfter);
        }

        var limit = hearing.Number(Silence) is { } hours ? TimeSpan.FromHours((double)hours) : (TimeSpan?)null;
        var grounds = hearing.RequireAny(
            "online", new("offline", !facts.Online, "online"), new("silent", limit is null ? null : at - facts.SilentSince > limit, Silence));
        return hearing.Decide(facts.Place, Severity.Ordinary, () =>
        [
            new("kind", Words.Value(facts.Kind)), new("grounds", grounds), new("online", facts.Online), new("lastDataAt", facts.LastDataAt),
            new("installedAt", facts.InstalledAt),
        ]);
    }

    public static Decision Decide(ParkFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = new Hearing(Station, at, law);
        hearing.Require(!facts.HasStation, "covered", "has-station");
        RequireCoverage(hearing, facts.Place);
        return hearing.Decide(facts.Place, Severity.Ordinary, () => [new("hasStation", facts.HasStation)]);
    }

    private static void RequireCoverage(Hearing hearing, Place place)
    {
        hearing.RequireAfter(AlongFenAfter);
        hearing.RequireCounty(place.County, Article19.Counties, "not-along-fen");
    }
}
