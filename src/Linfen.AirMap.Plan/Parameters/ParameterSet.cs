namespace Linfen.AirMap.Plan.Parameters;

/// <summary>All dated parameters; immutable, so that one decision sees one state.</summary>
public sealed class ParameterSet
{
    public static readonly ParameterSet Empty = new([]);

    private readonly Dictionary<string, DatedParameter> _byCode;

    public ParameterSet(IEnumerable<DatedParameter> parameters) =>
        _byCode = parameters.ToDictionary(parameter => parameter.Code, StringComparer.Ordinal);

    public IEnumerable<DatedParameter> All => _byCode.Values;

    public DatedParameter? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>The value on the Beijing day of an instant; null where none holds: there are no defaults in code.</summary>
    public AppliedParameter? At(string code, DateTimeOffset at) =>
        Find(code) is { } parameter && parameter.On(Beijing.DayOf(at)) is { } value
            ? new AppliedParameter(code, value.Value, parameter.Unit, value.Citation, value.EffectiveFrom)
            : null;

    /// <summary>
    /// Every instant at which a decision over these parameters may change by law alone: values begin and end, and where a value is a day
    /// both its beginning and its end count, for "from" and "after".
    /// </summary>
    public IReadOnlyList<DateTimeOffset> Boundaries(IEnumerable<string> codes) =>
        [.. codes.Select(Find).OfType<DatedParameter>().SelectMany(parameter => parameter.Values).SelectMany(Boundaries).Distinct().Order()];

    private static IEnumerable<DateTimeOffset> Boundaries(DatedValue value)
    {
        yield return Beijing.StartOf(value.EffectiveFrom);
        if (value.EffectiveTo is { } last)
        {
            yield return Beijing.After(last);
        }

        if (value.Value is ParameterValue.Day day)
        {
            yield return Beijing.StartOf(day.Value);
            yield return Beijing.After(day.Value);
        }
    }
}
