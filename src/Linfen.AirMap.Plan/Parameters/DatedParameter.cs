namespace Linfen.AirMap.Plan.Parameters;

/// <summary>A value with the Beijing calendar days on which it holds, both ends included, and where it comes from.</summary>
public sealed record DatedValue(DateOnly EffectiveFrom, ParameterValue Value, string Citation, DateOnly? EffectiveTo = null)
{
    public bool HoldsOn(DateOnly day) => day >= EffectiveFrom && (EffectiveTo is not { } last || day <= last);
}

/// <summary>
/// A threshold, radius, date or list of the plan. An amendment adds a value; earlier ones stay, so that past events are
/// judged by the value of their day.
/// </summary>
/// <param name="Code">Article and name, e.g. <c>A17.HeatRadius.Radius</c>.</param>
/// <param name="Title">What an official calls it.</param>
/// <param name="Unit">Of a number (<c>km</c>, <c>h</c>, <c>µg/m³</c>); <c>date</c> of a day; what a list holds (<c>county</c>).</param>
/// <param name="Citation">The article that the parameter serves.</param>
/// <param name="Values">In the order of their days; each holds until the next one begins or its own end.</param>
public sealed record DatedParameter(
    string Code, string Title, string Unit, string Citation, IReadOnlyList<DatedValue> Values)
{
    public DatedValue? On(DateOnly day)
    {
        // A later value supersedes an earlier one that has no end of its own; after its own end nothing holds.
        var latest = Values.Where(value => value.EffectiveFrom <= day).MaxBy(value => value.EffectiveFrom);
        return latest is not null && latest.HoldsOn(day) ? latest : null;
    }
}

/// <summary>The value that a decision used, complete enough to be kept as evidence.</summary>
public sealed record AppliedParameter(string Code, ParameterValue Value, string Unit, string Citation, DateOnly EffectiveFrom);
