using System.Text;

namespace Linfen.AirMap.Intake.Himawari;

/// <summary>Where each column of a Himawari wildfire file stands, by its name without unit and case.</summary>
sealed record HimawariHeader
{
    /// <summary>The product has 14 columns; far more are no such file.</summary>
    const int MostColumns = 64;

    public required int Columns { get; init; }

    public required int Year { get; init; }

    public required int Month { get; init; }

    public required int Day { get; init; }

    public required int Time { get; init; }

    public required int Latitude { get; init; }

    public required int Longitude { get; init; }

    public required int? Area { get; init; }

    public required int? Volcano { get; init; }

    public required int? Reliability { get; init; }

    public required int? Power { get; init; }

    public required int? Quality { get; init; }

    /// <summary>The power is in megawatts and not in watts per square metre of the grid cell.</summary>
    public required bool PowerIsMegawatts { get; init; }

    /// <summary>Null for a line that names no columns, such as the first with the times of observation and processing.</summary>
    /// <exception cref="UnreadableBodyException"><c>not-himawari-csv</c> where the line names columns and lacks one that is needed.</exception>
    public static HimawariHeader? Read(ReadOnlySpan<byte> line)
    {
        var cells = Encoding.UTF8.GetString(line).TrimStart('#').Split(',');
        var names = cells.Select(NameOf).ToList();
        if (!names.Contains("lat") && !names.Contains("latitude"))
        {
            return null;
        }

        int? Find(params string[] spellings) => spellings.Select(s => names.IndexOf(s)).FirstOrDefault(i => i >= 0, -1) is >= 0 and var at ? at : null;
        var power = Find("frp");
        int Needed(string name, int? column) => column ?? throw new UnreadableBodyException("not-himawari-csv", $"The header lacks {name}; the 10-minute product (L2WLF) has it.");
        return names.Count > MostColumns ? throw new UnreadableBodyException("not-himawari-csv", $"The header has {names.Count} columns.") : new()
        {
            Columns = names.Count,
            Year = Needed("Year", Find("year")),
            Month = Needed("Month", Find("month")),
            Day = Needed("Day", Find("day")),
            Time = Needed("Time", Find("time", "hhmm")),
            Latitude = Needed("Lat", Find("lat", "latitude")),
            Longitude = Needed("Lon", Find("lon", "longitude")),
            Area = Find("area"),
            Volcano = Find("volcano"),
            Reliability = Find("reliability"),
            Power = power,
            Quality = Find("qf"),
            PowerIsMegawatts = power is { } column && cells[column].Contains("MW", StringComparison.OrdinalIgnoreCase),
        };
    }

    static string NameOf(string cell) => cell.Split('(')[0].Trim().Trim('"').ToLowerInvariant();
}
