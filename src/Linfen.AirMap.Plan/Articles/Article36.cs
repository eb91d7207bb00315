using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Plan.Articles;

/// <summary>
/// Art. 36: no open burning of straw, leaves, garbage or other biomass, anywhere in the city. Every fire is taken as such
/// until a verdict or a registered heat source says otherwise.
/// </summary>
public static class Article36
{
    public const string OpenBurning = "A36.OpenBurning";
    public const int Number = 36;

    /// <summary>Hours from <c>knownAt</c> within which the responsible unit has to end the burning.</summary>
    public const string DueHours = "A36.DueHours";

    private static readonly string[] Lead = ["市农业农村局", "市发展改革委", "市生态环境局"];

    public static readonly Rule OpenBurningRule =
        new(OpenBurning, Number, "露天焚烧", "Open burning", [SubjectKinds.Fire], [DueHours], [], Lead, []);

    /// <param name="facts">The fire as it is known.</param>
    /// <param name="at">
    /// The moment that is asked about. A fire is a momentary fact: it is judged by the law of its last sighting, so a later
    /// <paramref name="at"/> (a verdict, a lapse, a clock tick) does not move it under a newer law.
    /// </param>
    /// <param name="parameters">The dated parameters.</param>
    public static Decision Decide(FireFacts facts, DateTimeOffset at, ParameterSet parameters)
    {
        var sighted = at < facts.LastSeenAt ? at : facts.LastSeenAt;
        if (!ActionPlan.IsInForce(sighted))
        {
            return Compliant("not-in-force");
        }

        return facts.State switch
        {
            null => Undecidable("state"),
            FireState.History => Compliant("history"),
            FireState.Out => Compliant("out"),
            FireState.Refuted => string.IsNullOrWhiteSpace(facts.VerdictReason)
                ? Undecidable("verdict-reason")
                : Compliant("refuted"),
            _ => DecideUnended(facts, facts.State.Value, sighted, parameters),
        };
    }

    private static Decision DecideUnended(FireFacts facts, FireState state, DateTimeOffset sighted, ParameterSet parameters)
    {
        if (facts.OutsideCity)
        {
            return Compliant("outside-city");
        }

        if (facts.AttributedToHeatSource)
        {
            return Compliant("attributed-to-heat-source");
        }

        if (string.IsNullOrEmpty(facts.County))
        {
            return Undecidable("place");
        }

        if (parameters.At(DueHours, sighted) is not { Value: ParameterValue.Number hours } dueHours)
        {
            return Undecidable(DueHours);
        }

        return new Decision.Violation(OpenBurning, Number)
        {
            Severity = state == FireState.Lapsed ? Severity.Serious : Severity.Critical,
            Facts = Tell(facts, state),
            Parameters = [dueHours],
            Lead = Lead,
            Cooperating = [],
            DueAfter = TimeSpan.FromHours((double)hours.Value),
        };
    }

    private static List<Fact> Tell(FireFacts facts, FireState state)
    {
        List<Fact> told =
        [
            new("state", state.ToString().ToLowerInvariant()),
            new("county", facts.County),
            new("firstSeenAt", facts.FirstSeenAt),
            new("lastSeenAt", facts.LastSeenAt),
            new("detections", facts.Detections),
            new("attributedToHeatSource", facts.AttributedToHeatSource),
        ];
        if (facts.FrpMegawatts is { } megawatts)
        {
            told.Add(new("frpMegawatts", megawatts));
        }

        return told;
    }

    private static Decision.Compliant Compliant(string reason) => new(OpenBurning, Number, reason);

    private static Decision.Undecidable Undecidable(string missingFact) => new(OpenBurning, Number, missingFact);
}
