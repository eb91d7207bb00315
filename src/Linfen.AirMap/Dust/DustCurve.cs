namespace Linfen.AirMap.Dust;

/// <summary>All that a picture of one factor of a monitor needs, and a violation rests on.</summary>
/// <param name="Factor">As the plan names it: TSP, PM10.</param>
/// <param name="Step">minute, 15min, hour: how long each point stands for.</param>
/// <param name="Limits">By days of the law; empty where the law knows none.</param>
/// <param name="Background">What the county's stations measured, hour by hour; only where the limit counts from there.</param>
/// <param name="Points">Oldest first; where nothing came there is none.</param>
/// <param name="Exceeding">When the running mean was above the limit on enough valid data.</param>
public sealed record DustCurve(
    Guid Monitor, string Mn, string Name, string? County, bool Simulated, string Factor, string Code, string Unit, string Step, DateTimeOffset From, DateTimeOffset To,
    IReadOnlyList<CurveLimit> Limits, IReadOnlyList<CurveBackground> Background, IReadOnlyList<CurvePoint> Points, IReadOnlyList<CurveSpan> Exceeding);

/// <param name="Limit">µg/m³; above the background where <paramref name="AboveBackground"/>.</param>
/// <param name="Minutes">Averaging time.</param>
/// <param name="Share">Of the averaging time that has to be valid.</param>
public sealed record CurveLimit(DateTimeOffset From, DateTimeOffset To, double Limit, int Minutes, double Share, bool AboveBackground);

/// <param name="At">Start of the hour.</param>
public sealed record CurveBackground(DateTimeOffset At, double Value);

/// <param name="At">Start of the step.</param>
/// <param name="Value">Mean of what counts; null where nothing does.</param>
/// <param name="Mean">Mean over the averaging time that ends here; of a longer step the highest one.</param>
/// <param name="Doubtful">Mean of what does not count.</param>
/// <param name="Why">Why that does not count.</param>
public sealed record CurvePoint(DateTimeOffset At, double? Value, double? Min, double? Max, double? Mean, double? Doubtful, IReadOnlyList<string>? Why);

public sealed record CurveSpan(DateTimeOffset From, DateTimeOffset To);
