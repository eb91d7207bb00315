using System.Text;

namespace Linfen.AirMap.Intake.Firms;

/// <summary>
/// Where each column stands. The editions order and name them differently, so a row is read by name and unknown columns are
/// passed over; brightness columns are not read at all, since every edition means something else by them.
/// </summary>
public sealed class FirmsHeader
{
    /// <summary>FIRMS has 15 columns; far more are no FIRMS file.</summary>
    public const int MostColumns = 256;

    private static readonly string[] Required = ["latitude", "longitude", "acq_date", "acq_time"];

    private readonly List<string> _names;

    private FirmsHeader(List<string> names) => _names = names;

    public int Columns => _names.Count;

    public required int Latitude { get; init; }

    public required int Longitude { get; init; }

    public required int AcquisitionDate { get; init; }

    public required int AcquisitionTime { get; init; }

    public required int? Satellite { get; init; }

    public required int? Instrument { get; init; }

    public required int? Confidence { get; init; }

    public required int? Scan { get; init; }

    public required int? Track { get; init; }

    public required int? RadiativePower { get; init; }

    public required int? Type { get; init; }

    public required int? DayNight { get; init; }

    /// <param name="line">The first line that is not empty, without its line end.</param>
    /// <param name="source">A source that names one satellite replaces the <c>satellite</c> column.</param>
    public static FirmsHeader Read(ReadOnlySpan<byte> line, FirmsSource? source)
    {
        RefuseWhatIsNoTable(line);
        var names = Encoding.UTF8.GetString(line).Split(',')
            .Select(name => name.Trim().Trim('"').Trim().ToLowerInvariant()).ToList();
        // A comma at the end of the line begins no column.
        var columns = names.FindLastIndex(name => name.Length > 0) + 1;
        names.RemoveRange(columns, names.Count - columns);
        var missing = Required.Append("satellite")
            .Where(name => !names.Contains(name, StringComparer.Ordinal) && !(name == "satellite" && source?.Satellite is not null))
            .ToList();
        if (missing.Count > 0)
        {
            throw NotFirms("The first line is no FIRMS header: it lacks " + string.Join(", ", missing) + ".");
        }

        var doubled = names.Where(name => name.Length > 0).GroupBy(name => name, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Count() > 1);
        if (doubled is not null || names.Count > MostColumns)
        {
            throw NotFirms(doubled is null
                ? $"The header has {names.Count} columns."
                : $"The header names a column twice: {Excerpt.Of(Encoding.UTF8.GetBytes(doubled.Key))}.");
        }

        return Locate(names);
    }

    public string NameOf(int column) => _names[column];

    private static FirmsHeader Locate(List<string> names)
    {
        int? Find(string name) => names.IndexOf(name) is >= 0 and var index ? index : null;
        return new FirmsHeader(names)
        {
            Latitude = names.IndexOf("latitude"),
            Longitude = names.IndexOf("longitude"),
            AcquisitionDate = names.IndexOf("acq_date"),
            AcquisitionTime = names.IndexOf("acq_time"),
            Satellite = Find("satellite"),
            Instrument = Find("instrument"),
            Confidence = Find("confidence"),
            Scan = Find("scan"),
            Track = Find("track"),
            RadiativePower = Find("frp"),
            Type = Find("type"),
            DayNight = Find("daynight"),
        };
    }

    private static void RefuseWhatIsNoTable(ReadOnlySpan<byte> line)
    {
        if (line.Contains((byte)0))
        {
            throw NotFirms("The body is binary or UTF-16, not a FIRMS CSV in UTF-8: its first line holds NUL bytes.");
        }

        if (line.IndexOf("Invalid MAP_KEY"u8) >= 0)
        {
            throw NotFirms("This is the refusal of the FIRMS API, not data: \"Invalid MAP_KEY.\" means a wrong key or a spent quota.");
        }

        if (line[0] is (byte)'<')
        {
            throw NotFirms("The body is HTML or XML, not a FIRMS CSV.");
        }
    }

    private static UnreadableBodyException NotFirms(string message) => new("not-firms-csv", message);
}
