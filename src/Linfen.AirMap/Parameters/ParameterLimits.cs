using System.Globalization;
using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Parameters;

/// <summary>What a number of a unit can plausibly be: a slip of the keyboard is caught before it is law.</summary>
/// <param name="Least">Taken itself only where <paramref name="Included"/>.</param>
/// <param name="Most">Taken itself.</param>
sealed record ParameterLimits(decimal Least, decimal Most, bool Included)
{
    static readonly Dictionary<string, ParameterLimits> ByUnit = new(StringComparer.Ordinal)
    {
        ["km"] = Above(0, 200),
        ["MW"] = Above(0, 10_000),
        ["t/h"] = Above(0, 10_000),
        ["h"] = Above(0, 8_760),
        ["min"] = Above(0, 1_440),
        ["day"] = From(1, 366),
        ["stage"] = From(0, 6),
        ["m²"] = Above(0, 10_000_000),
        ["µg/m³"] = Above(0, 10_000),
        ["目"] = Above(0, 10_000),
        ["station"] = From(1, 10_000),
    };

    /// <summary>Factors and shares have no unit.</summary>
    const string NoUnit = "1";

    static readonly ParameterLimits Share = Above(0, 1);
    static readonly ParameterLimits Factor = From(1, 100);
    static readonly ParameterLimits Other = From(0, decimal.MaxValue);

    static readonly (DateOnly First, DateOnly Last) Days = (new(1990, 1, 1), new(2100, 12, 31));

    /// <summary>What is wrong with a value of the parameter; null when it can be.</summary>
    public static string? FaultOf(DatedParameter parameter, ParameterValue value) => value switch
    {
        ParameterValue.Number number when !Of(parameter).Holds(number.Value) =>
            string.Create(CultureInfo.InvariantCulture, $"value: {number.Value} cannot be; {Of(parameter)}{(parameter.Unit == NoUnit ? "" : " " + parameter.Unit)}"),
        ParameterValue.Day day when day.Value < Days.First || day.Value > Days.Last =>
            string.Create(CultureInfo.InvariantCulture, $"value: {day.Value:yyyy-MM-dd} cannot be; a day from {Days.First:yyyy-MM-dd} to {Days.Last:yyyy-MM-dd}"),
        _ => null,
    };

    public override string ToString() => this == Other ? "not negative" : string.Create(CultureInfo.InvariantCulture, $"{(Included ? "from" : "more than")} {Least} {(Included ? "to" : "and at most")} {Most}");

    bool Holds(decimal value) => (Included ? value >= Least : value > Least) && value <= Most;

    static ParameterLimits Of(DatedParameter parameter) =>
        parameter.Unit == NoUnit ? (parameter.Code.EndsWith("Share", StringComparison.Ordinal) ? Share : Factor) : ByUnit.GetValueOrDefault(parameter.Unit, Other);

    static ParameterLimits Above(decimal least, decimal most) => new(least, most, false);

    static ParameterLimits From(decimal least, decimal most) => new(least, most, true);
}
