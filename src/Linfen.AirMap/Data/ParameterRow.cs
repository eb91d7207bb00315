using System.Text.Json;
using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Data;

/// <summary>One dated value of a parameter of the plan, with its unit and citation.</summary>
public sealed class ParameterRow
{
    public string Code { get; private set; } = "";

    /// <summary>First Beijing calendar day on which it is the law.</summary>
    public DateOnly EffectiveFrom { get; private set; }

    /// <summary>Last day, when the value has an end of its own.</summary>
    public DateOnly? EffectiveTo { get; private set; }

    public string Title { get; private set; } = "";

    public string Unit { get; private set; } = "";

    /// <summary>The article that the parameter serves.</summary>
    public string Serves { get; private set; } = "";

    /// <summary>JSON: a number, a day or a list of names.</summary>
    public string Value { get; private set; } = "";

    /// <summary>Where this value comes from.</summary>
    public string Citation { get; private set; } = "";

    ParameterRow()
    {
    }

    public static IEnumerable<ParameterRow> From(DatedParameter parameter) => parameter.Values.Select(value => new ParameterRow
    {
        Code = parameter.Code,
        EffectiveFrom = value.EffectiveFrom,
        EffectiveTo = value.EffectiveTo,
        Title = parameter.Title,
        Unit = parameter.Unit,
        Serves = parameter.Citation,
        Value = JsonSerializer.Serialize(value.Value),
        Citation = value.Citation,
    });

    public static ParameterSet ToSet(IEnumerable<ParameterRow> rows) => new(rows
        .GroupBy(row => row.Code, StringComparer.Ordinal)
        .Select(group => new DatedParameter(
            group.Key,
            group.First().Title,
            group.First().Unit,
            group.First().Serves,
            [.. group.OrderBy(row => row.EffectiveFrom).Select(row => row.ToValue())])));

    DatedValue ToValue() => new(EffectiveFrom, JsonSerializer.Deserialize<ParameterValue>(Value)!, Citation, EffectiveTo);
}
