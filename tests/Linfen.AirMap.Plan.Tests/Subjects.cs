using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Plan.Tests;

/// <summary>
/// The facts of each kind of subject as a scenario writes them: the names are those of the records that the rule book takes, in lower
/// camel case. What a record does not know is an error.
/// </summary>
public static class Subjects
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false), new FlagText(), new MomentText(), new PlaceText() },
    };

    private static readonly Dictionary<string, Func<JsonObject, string?, ParameterSet, IReadOnlyList<Decision>>> Kinds = new(StringComparer.Ordinal)
    {
        ["fire"] = Fire,
        ["boiler"] = Located<BoilerFacts>(RuleBook.Decide),
        ["site"] = Located<SiteFacts>(RuleBook.Decide),
        ["monitor"] = Located<DustFacts>(RuleBook.Decide),
        ["machine"] = Located<MachineFacts>(RuleBook.Decide),
        ["land"] = Located<LandFacts>(RuleBook.Decide),
        ["yard"] = Located<YardFacts>(RuleBook.Decide),
        ["road"] = Located<RoadFacts>(RuleBook.Decide),
        ["station"] = Located<StationFacts>(RuleBook.Decide),
        ["park"] = Located<ParkFacts>(RuleBook.Decide),
        ["enterprise"] = Located<EnterpriseFacts>(RuleBook.Decide),
        ["finding"] = Located<FindingFacts>(RuleBook.Decide),
        ["county"] = (facts, at, law) => RuleBook.Decide(Read<CountyAirFacts>(facts), MomentText.Read(at), law),
    };

    public static IReadOnlyList<Decision> Decide(string kind, JsonObject facts, string? at, ParameterSet law) => Kinds[kind](facts, at, law);

    /// <summary>YAML knows maps, lists and words; what a word means is for the record to say.</summary>
    public static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        IDictionary<object, object> map => new JsonObject(map.Select(pair => KeyValuePair.Create((string)pair.Key, ToJson(pair.Value)))),
        IEnumerable<object> list => new JsonArray([.. list.Select(ToJson)]),
        _ => JsonValue.Create((string)value),
    };

    private static T Read<T>(JsonObject facts) => facts.Deserialize<T>(Options)!;

    private static Func<JsonObject, string?, ParameterSet, IReadOnlyList<Decision>> Located<T>(
        Func<T, DateTimeOffset, ParameterSet, IReadOnlyList<Decision>> decide) => (facts, at, law) =>
    {
        if (!facts.ContainsKey("place"))
        {
            facts["place"] = new JsonObject();
        }

        return decide(Read<T>(facts), MomentText.Read(at), law);
    };

    private static IReadOnlyList<Decision> Fire(JsonObject facts, string? at, ParameterSet law)
    {
        var fire = Read<FireSituation>(facts);
        return RuleBook.Decide(fire.ToFacts(), at is null ? fire.LastSeen ?? fire.Seen : MomentText.Read(at), law);
    }

    /// <summary>A fire is mostly seen once; then the moment that is asked about is that one.</summary>
    private sealed record FireSituation(
        FireState? State, string? County, DateTimeOffset Seen, DateTimeOffset? LastSeen, bool AttributedToHeatSource, bool OutsideCity,
        string? VerdictReason, double? FrpMegawatts)
    {
        public FireFacts ToFacts() => new()
        {
            State = State,
            County = County,
            FirstSeenAt = Seen,
            LastSeenAt = LastSeen ?? Seen,
            AttributedToHeatSource = AttributedToHeatSource,
            OutsideCity = OutsideCity,
            VerdictReason = VerdictReason,
            FrpMegawatts = FrpMegawatts,
        };
    }
}
