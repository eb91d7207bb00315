using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Plan.Articles;

/// <summary>
/// One rule before one subject. All requirements together make a violation, and each is true, false or not known: a single one that is
/// known to be false acquits, whatever else is missing; otherwise the first that is not known leaves it undecidable.
/// </summary>
sealed class Hearing
{
    private readonly Rule _rule;
    private readonly DateTimeOffset _at;
    private readonly ParameterSet _law;
    private readonly List<AppliedParameter> _applied = [];
    private string? _reason;
    private string? _missing;

    /// <param name="at">The moment whose law applies.</param>
    public Hearing(Rule rule, DateTimeOffset at, ParameterSet law)
    {
        (_rule, _at, _law) = (rule, at, law);
        _reason = ActionPlan.IsInForce(at) ? null : "not-in-force";
    }

    /// <param name="holds">Null when the fact is not known.</param>
    /// <param name="otherwise">Why there is no violation when it does not hold.</param>
    /// <param name="missing">The fact that is missing when it is not known.</param>
    public void Require(bool? holds, string otherwise, string missing)
    {
        if (holds is null)
        {
            _missing ??= missing;
        }
        else if (!holds.Value)
        {
            _reason ??= otherwise;
        }
    }

    /// <summary>Requires at least one ground; returns the names of those that hold.</summary>
    public List<string> RequireAny(string otherwise, params ReadOnlySpan<Ground> grounds)
    {
        List<string> holding = [];
        string? unknown = null;
        foreach (var ground in grounds)
        {
            if (ground.Holds is null)
            {
                unknown ??= ground.Missing;
            }
            else if (ground.Holds.Value)
            {
                holding.Add(ground.Name);
            }
        }

        Require(holding.Count > 0 ? true : unknown is null ? false : null, otherwise, unknown ?? "");
        return holding;
    }

    /// <summary>Requires that the subject lies in a zone of the kind. Where none is in force there is no such duty.</summary>
    public ZoneFact? RequireZone(Place place, ZoneKind kind)
    {
        var zone = place.Zone(kind);
        Require(place.County is null ? null : zone is not null, Words.Outside(kind), "place");
        return zone;
    }

    /// <summary>Requires that the subject lies in the urban area: a fact of the city, so without any drawn it is not known what lies inside.</summary>
    public ZoneFact? RequireUrbanArea(Place place)
    {
        var zone = place.Zone(ZoneKind.UrbanArea);
        var drawn = zone is not null || place.KindsInForce.Contains(ZoneKind.UrbanArea);
        Require(
            place.County is null || !drawn ? null : zone is not null,
            Words.Outside(ZoneKind.UrbanArea),
            place.County is null ? "place" : "urban-area");
        return zone;
    }

    /// <summary>Requires that the county stands in a dated list.</summary>
    /// <param name="orElse">Something else that does as well.</param>
    public void RequireCounty(string? county, string listCode, string otherwise, bool orElse = false)
    {
        if (Names(listCode) is { } counties)
        {
            Require(orElse ? true : county is null ? null : counties.Contains(county, StringComparer.Ordinal), otherwise, "place");
        }
    }

    /// <summary>Requires that the day of the parameter is over.</summary>
    public void RequireAfter(string code)
    {
        if (Day(code) is { } day)
        {
            Require(Beijing.IsAfter(_at, day), "before-deadline", code);
        }
    }

    /// <summary>Requires that the day of the parameter has begun.</summary>
    public void RequireFrom(string code)
    {
        if (Day(code) is { } day)
        {
            Require(_at >= Beijing.StartOf(day), "before-deadline", code);
        }
    }

    /// <summary>A number of the law; null, and noted as missing, when it has none on that day.</summary>
    public decimal? Number(string code) => Apply<ParameterValue.Number>(code)?.Value;

    /// <summary>A day of the law; null, and noted as missing, when it has none on that day.</summary>
    public DateOnly? Day(string code) => Apply<ParameterValue.Day>(code)?.Value;

    /// <summary>A list of the law; null, and noted as missing, when it has none on that day.</summary>
    public IReadOnlyList<string>? Names(string code) => Apply<ParameterValue.Names>(code)?.Values;

    public Decision Decide(Place place, Severity severity, Func<IEnumerable<Fact>> facts, ZoneFact? zone = null) =>
        Decide(place.County, severity, facts, zone);

    /// <param name="county">Where the violation is counted; without one it cannot be decided.</param>
    /// <param name="facts">Told only when it is a violation.</param>
    /// <param name="zone">The zone that makes it one.</param>
    public Decision Decide(string? county, Severity severity, Func<IEnumerable<Fact>> facts, ZoneFact? zone = null)
    {
        Require(county is null ? null : true, "", "place");
        var due = Number(_rule.DueHours);
        if (_reason is not null)
        {
            return new Decision.Compliant(_rule.Code, _rule.Article, _reason);
        }

        if (_missing is not null || due is null)
        {
            return new Decision.Undecidable(_rule.Code, _rule.Article, _missing ?? _rule.DueHours);
        }

        return new Decision.Violation(_rule.Code, _rule.Article)
        {
            Severity = severity,
            Facts = [.. facts(), new("county", county), .. zone is null ? [] : new Fact[] { new("zone", zone.Name) }],
            Parameters = [.. _applied],
            Lead = _rule.Lead,
            Cooperating = _rule.Cooperating,
            Zone = zone,
            DueAfter = TimeSpan.FromHours((double)due.Value),
        };
    }

    private T? Apply<T>(string code)
        where T : ParameterValue
    {
        if (_law.At(code, _at) is { Value: T value } applied)
        {
            _applied.Add(applied);
            return value;
        }

        _missing ??= code;
        return null;
    }
}
