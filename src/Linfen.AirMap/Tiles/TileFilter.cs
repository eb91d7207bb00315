using System.Globalization;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Linfen.AirMap.Plan;
using Npgsql;

namespace Linfen.AirMap.Tiles;

/// <summary>
/// What of a tile is asked for: <c>f=a36,critical,overdue,county:141024</c>. Values of one kind widen, kinds narrow each other. Counties hold for every layer of
/// cases and registers, as a scope does; the rest for open violations alone.
/// </summary>
/// <param name="Articles">In order; empty for all.</param>
/// <param name="Severities">In order; empty for all.</param>
/// <param name="Overdue">Past their due time.</param>
/// <param name="Burning">Of fires that burn now.</param>
/// <param name="Opened">Became known on the Beijing day of now.</param>
/// <param name="Counties">In order; null for all.</param>
sealed record TileFilter(int[] Articles, short[] Severities, bool Overdue, bool Burning, bool Opened, string[]? Counties)
{
    public const string Grammar = "f is a36, critical, serious, ordinary, overdue, burning, opened and county:141024, with commas.";

    public static readonly TileFilter None = new([], [], false, false, false, null);

    /// <summary>Longer ones are no filter that anybody sets by hand, and would fill the cache with tags.</summary>
    const int MostParts = 40;

    const string CountyPart = "county:";

    public static bool TryParse(string? text, out TileFilter filter)
    {
        filter = None;
        var parts = text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        var (articles, severities, counties) = (new SortedSet<int>(), new SortedSet<short>(), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var part in parts)
        {
            if (part is "overdue" or "burning" or "opened")
            {
                continue;
            }

            if (part.Length is 2 or 3 && part[0] == 'a' && int.TryParse(part.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var article))
            {
                articles.Add(article);
            }
            else if (part is "critical" or "serious" or "ordinary")
            {
                severities.Add((short)Enum.Parse<Severity>(part, ignoreCase: true));
            }
            else if (part.StartsWith(CountyPart, StringComparison.Ordinal) && part.Length == CountyPart.Length + 6 && part.AsSpan(CountyPart.Length).IndexOfAnyExceptInRange('0', '9') < 0)
            {
                counties.Add(part[CountyPart.Length..]);
            }
            else
            {
                return false;
            }
        }

        bool Says(string word) => parts.Contains(word, StringComparer.Ordinal);
        filter = new([.. articles], [.. severities], Says("overdue"), Says("burning"), Says("opened"), counties.Count == 0 ? null : [.. counties]);
        return parts.Length <= MostParts;
    }

    /// <summary>Says something of violations beside where they are.</summary>
    public bool IsOfCases => Articles.Length > 0 || Severities.Length > 0 || Overdue || Burning || Opened;

    /// <summary>The same for layers without violations, which it says nothing of.</summary>
    public TileFilter For(IEnumerable<string> layers) => layers.Contains("violations", StringComparer.Ordinal) ? this : None with { Counties = Counties };

    /// <summary>What the caller sees of what he asked for: a filter shows nobody more than his scope.</summary>
    public Scope Within(Scope scope) =>
        Counties is null ? scope : scope.Codes is { } own ? Scope.Of(Counties.Where(c => own.Contains(c, StringComparer.Ordinal))) : Scope.Of(Counties);

    /// <summary>Which conditions there are, whatever they compare with: statements are as many as shapes.</summary>
    public string Shape => IsOfCases ? $"{(Articles.Length > 0 ? 'a' : '-')}{(Severities.Length > 0 ? 's' : '-')}{(Overdue ? 'o' : '-')}{(Burning ? 'b' : '-')}{(Opened ? 't' : '-')}" : "";

    /// <summary>For tags and cache: the same for the same violations at the same time; empty where all are shown.</summary>
    public string Key(DateTimeOffset now)
    {
        if (!IsOfCases)
        {
            return "";
        }

        // A due time passes without an event; a day too.
        var minute = Overdue ? (now.UtcTicks / TimeSpan.TicksPerMinute).ToString(CultureInfo.InvariantCulture) : "";
        var day = Opened ? Beijing.DayOf(now).DayNumber.ToString(CultureInfo.InvariantCulture) : "";
        return $"-f{string.Join('.', Articles)}_{string.Join('.', Severities)}_{minute}{(Burning ? "b" : "")}_{day}";
    }

    /// <summary>Further conditions of a statement on open violations; nothing where all are shown, whose statement stays what it was.</summary>
    /// <param name="first">Number of the first parameter that <see cref="AddTo"/> adds.</param>
    public string Conditions(int first)
    {
        var next = first;
        return string.Concat(
            Articles.Length > 0 ? $"article = ANY(${next++}) AND " : "",
            Severities.Length > 0 ? $"severity = ANY(${next++}) AND " : "",
            Overdue ? $"due_at < ${next++} AND " : "",
            Burning ? "EXISTS (SELECT FROM fires b WHERE b.id = subject_id AND b.status <= 1 AND b.attributed_to IS NULL) AND " : "",
            Opened ? $"known_at >= ${next} AND " : "");
    }

    public void AddTo(NpgsqlParameterCollection parameters, DateTimeOffset now)
    {
        if (Articles.Length > 0)
        {
            parameters.Add(Column.Integers(Articles));
        }

        if (Severities.Length > 0)
        {
            parameters.Add(Column.Smalls(Severities));
        }

        if (Overdue)
        {
            parameters.Add(Column.Time(now));
        }

        if (Opened)
        {
            parameters.Add(Column.Time(Beijing.StartOf(Beijing.DayOf(now))));
        }
    }
}
