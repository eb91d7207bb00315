namespace Linfen.AirMap.Air;

/// <summary>The six pollutants of GB 3095. Numbers are stored.</summary>
public enum AirFactor : short
{
    Pm25 = 1,
    Pm10 = 2,
    So2 = 3,
    No2 = 4,
    O3 = 5,
    Co = 6,
}

/// <summary>Numbers are stored.</summary>
public enum AirInterval : short
{
    Hour = 1,
    Day = 2,
}

/// <summary>How a factor is named and in which unit it is kept.</summary>
/// <param name="Unit">As GB 3095 states it: mg/m³ for CO, µg/m³ for the others.</param>
/// <param name="Most">In <see cref="Unit"/>; above any hour that was ever measured here, dust storms included, so that a wrong unit does not pass.</param>
sealed record AirFactorDescription(AirFactor Factor, string Name, string Unit, double Most)
{
    public const string Micrograms = "µg/m³";

    public const string Milligrams = "mg/m³";

    public static IReadOnlyList<AirFactorDescription> All { get; } =
    [
        new(AirFactor.Pm25, "PM2.5", Micrograms, 2_000),
        new(AirFactor.Pm10, "PM10", Micrograms, 15_000),
        new(AirFactor.So2, "SO2", Micrograms, 5_000),
        new(AirFactor.No2, "NO2", Micrograms, 3_000),
        new(AirFactor.O3, "O3", Micrograms, 2_000),
        new(AirFactor.Co, "CO", Milligrams, 200),
    ];

    public static AirFactorDescription Of(AirFactor factor) => All[(int)factor - 1];

    public static AirFactorDescription? Find(string name) => All.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>A value in the unit that is kept; null for a unit that is not known. The micro sign has two code points, and many write u or ug/m3.</summary>
    public double? InUnit(double value, string? unit) => unit?.Replace('μ', 'µ').Replace('3', '³').ToLowerInvariant() switch
    {
        null => value,
        "µg/m³" or "ug/m³" => Unit == Micrograms ? value : value / 1_000,
        "mg/m³" => Unit == Milligrams ? value : value * 1_000,
        _ => null,
    };

    public static string NameOf(AirInterval interval) => interval == AirInterval.Hour ? "hour" : "day";

    public static AirInterval? Interval(string? name) => name?.ToLowerInvariant() switch
    {
        "hour" => AirInterval.Hour,
        "day" => AirInterval.Day,
        _ => null,
    };
}
