using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Plan.Articles;

/// <summary>Art. 39: PM2.5 of the along-Fen six and the development zone as an annual mean.</summary>
public static class Article39
{
    public const string Limit = "A39.Pm25.Limit";
    public const string ValidDays = "A39.Pm25.ValidDays";
    public const string DueHours = "A39.DueHours";

    public static readonly Rule Pm25 = new(
        "A39.Pm25", 39, "PM2.5 年均浓度超限", "PM2.5 above its annual limit", [SubjectKinds.County], [Article19.Counties, Limit, ValidDays, DueHours], [],
        ["市生态环境局"], []);

    public static Decision Decide(CountyAirFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = new Hearing(Pm25, at, law);
        hearing.RequireCounty(facts.County, Article19.Counties, "not-along-fen", orElse: facts.DevelopmentZone);
        hearing.Require(!BeginsLater(law, at), "before-deadline", Limit);
        var limit = hearing.Number(Limit);
        if (hearing.Number(ValidDays) is { } days && limit is { } most)
        {
            // A mean over too few days neither convicts nor acquits.
            var mean = facts.ValidDays >= days ? facts.AnnualMean : null;
            hearing.Require(mean is { } known ? known > (double)most : null, "below-limit", facts.AnnualMean is null ? "annual-mean" : "valid-days");
        }

        return hearing.Decide(facts.County, Severity.Serious, () =>
        [
            new("annualMeanMicrograms", facts.AnnualMean), new("validDays", facts.ValidDays), new("developmentZone", facts.DevelopmentZone),
        ]);
    }

    /// <summary>The limit is known and does not bind yet, which is no gap in the law.</summary>
    private static bool BeginsLater(ParameterSet law, DateTimeOffset at) =>
        law.Find(Limit) is { } limit && limit.Values.All(value => value.EffectiveFrom > Beijing.DayOf(at));
}
