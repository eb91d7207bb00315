using Linfen.AirMap.Data;
using Npgsql;

namespace Linfen.AirMap.Accounts;

/// <summary>Where somebody may see and do things. It goes into the query: what is outside is as if it were not there.</summary>
/// <param name="Counties">Six-digit codes in order; null for the whole city.</param>
public sealed record Scope(IReadOnlyList<string>? Counties)
{
    public static readonly Scope City = new((IReadOnlyList<string>?)null);

    /// <summary>Sees nothing that lies anywhere.</summary>
    public static readonly Scope Nowhere = new([]);

    public bool IsCity => Counties is null;

    /// <summary>The same for the same counties, for caches and tags; empty for the whole city.</summary>
    public string Key { get; } = Counties is null ? "" : "-" + string.Join('.', Counties);

    public string[]? Codes { get; } = Counties is null ? null : [.. Counties];

    public static Scope Of(IEnumerable<string>? counties) => counties is null ? City : new([.. counties.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    /// <summary>What has no county concerns the whole city.</summary>
    public bool Holds(string? county) => Counties is null || (county is not null && Counties.Contains(county, StringComparer.Ordinal));

    /// <summary>A further condition of a statement; nothing for the whole city, whose statement stays what it was.</summary>
    public string And(string column, string parameter) => IsCity ? "" : $" AND {column} = ANY({parameter})";

    /// <summary>The parameter that <see cref="And"/> names; none for the whole city.</summary>
    public void AddTo(NpgsqlParameterCollection parameters)
    {
        if (Codes is not null)
        {
            parameters.Add(Column.Texts(Codes));
        }
    }

    public bool Equals(Scope? other) => other is not null && Key == other.Key && IsCity == other.IsCity;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Key);
}
