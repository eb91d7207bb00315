using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Plan.Articles;

/// <summary>
/// Art. 28, by what the monitors of a site measure: TSP against a limit of its own, PM10 by how far it rises above what the county's air
/// carries anyway.
/// </summary>
public static class Article28Dust
{
    public const string TspLimit = "A28.Dust.Tsp.Limit";
    public const string TspMinutes = "A28.Dust.Tsp.AveragingMinutes";
    public const string Pm10AboveBackground = "A28.Dust.Pm10.AboveBackground";
    public const string Pm10Minutes = "A28.Dust.Pm10.AveragingMinutes";
    public const string ValidShare = "A28.Dust.ValidShare";
    public const string ClearMinutes = "A28.Dust.ClearMinutes";
    public const string CriticalFactor = "A28.Dust.CriticalFactor";
    public const string DueHours = "A28.Dust.DueHours";

    public static readonly Rule Dust = new(
        "A28.Dust", 28, "工地扬尘超标", "Construction dust above its limit", [SubjectKinds.Monitor],
        [TspLimit, TspMinutes, Pm10AboveBackground, Pm10Minutes, ValidShare, ClearMinutes, CriticalFactor, DueHours], [],
        Article28.Lead, Article28.Cooperating);

    /// <param name="at">The end of the averaging time: a reading is judged by the law of its moment.</param>
    public static Decision Decide(DustFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = new Hearing(Dust, at, law);
        var isPm10 = facts.Factor == DustFacts.Pm10;
        hearing.Require(isPm10 || facts.Factor == DustFacts.Tsp, "no-limit", "factor");
        var measured = isPm10 ? facts.Average - facts.Background : facts.Average;
        var severity = Severity.Serious;
        if (hearing.Number(isPm10 ? Pm10AboveBackground : TspLimit) is { } limit && hearing.Number(isPm10 ? Pm10Minutes : TspMinutes) is { } minutes
            && hearing.Number(ValidShare) is { } share && hearing.Number(CriticalFactor) is { } factor && hearing.Number(ClearMinutes) is { } clear)
        {
            var valid = facts.ValidMinutes >= minutes * share;
            bool? exceeds = valid && measured is { } known ? known > (double)limit : null;
            var cleared = at - facts.HourBelowSince >= TimeSpan.FromMinutes((double)clear);
            hearing.Require(exceeds == false && facts.ExceededBefore ? !cleared : exceeds, "below-limit", Missing(facts, valid));
            severity = exceeds == true && measured >= (double)(limit * factor) ? Severity.Critical : Severity.Serious;
        }

        return hearing.Decide(facts.Place, severity, () => Told(facts, isPm10));
    }

    private static string Missing(DustFacts facts, bool valid) => (facts.Average, valid) switch
    {
        (null, _) => "average",
        (_, false) => "valid-data",
        _ => "background",
    };

    private static List<Fact> Told(DustFacts facts, bool isPm10)
    {
        List<Fact> told = [new("factor", facts.Factor), new("averageMicrograms", facts.Average)];
        if (isPm10)
        {
            told.Add(new("backgroundMicrograms", facts.Background));
        }

        told.Add(new("validMinutes", facts.ValidMinutes));
        told.Add(new("exceededBefore", facts.ExceededBefore));
        return told;
    }
}
