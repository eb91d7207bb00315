using Linfen.AirMap.Hj212;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Dust;

/// <summary>What the law of a moment says of a factor: how long to average, where the limit is, how much of the time must be valid.</summary>
/// <param name="Name">As the plan names the factor.</param>
/// <param name="Limit">µg/m³; of PM10 above the background.</param>
sealed record DustLimit(string Name, string Code, bool AboveBackground, double Limit, int Minutes, double Share, double Critical, int ClearMinutes)
{
    /// <summary>How far back a mean and its end reach.</summary>
    public TimeSpan Window => TimeSpan.FromMinutes(Minutes + ClearMinutes);

    public static IReadOnlyList<DustLimit> At(ParameterSet law, DateTimeOffset at)
    {
        double? Number(string code) => law.At(code, at)?.Value is ParameterValue.Number number ? (double)number.Value : null;
        var (share, critical, clear) = (Number(Article28Dust.ValidShare), Number(Article28Dust.CriticalFactor), Number(Article28Dust.ClearMinutes));
        DustLimit? Of(string name, string code, bool above, string limit, string minutes) =>
            Number(limit) is { } most && Number(minutes) is { } span && share is { } valid && critical is { } factor && clear is { } cleared
                ? new(name, code, above, most, (int)span, valid, factor, (int)cleared)
                : null;
        return
        [
            .. new[]
            {
                Of(DustFacts.Tsp, FactorCode.Tsp, false, Article28Dust.TspLimit, Article28Dust.TspMinutes),
                Of(DustFacts.Pm10, FactorCode.Pm10, true, Article28Dust.Pm10AboveBackground, Article28Dust.Pm10Minutes),
            }.OfType<DustLimit>(),
        ];
    }
}
