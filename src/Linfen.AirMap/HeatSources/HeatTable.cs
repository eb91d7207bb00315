using System.Globalization;
using Linfen.AirMap.HeatSources.Learning;
using Linfen.AirMap.Tables;

namespace Linfen.AirMap.HeatSources;

/// <summary>Learned sources as a table, under the names of the register's columns: the file can be imported into it.</summary>
static class HeatTable
{
    static readonly (string Name, TableType Type)[] Common =
    [
        ("name", TableType.Text), ("county", TableType.Text), ("countyName", TableType.Text), ("score", TableType.Number), ("cells", TableType.Number), ("sightings", TableType.Number),
        ("days", TableType.Number), ("nights", TableType.Number), ("months", TableType.Number), ("nightShare", TableType.Number), ("medianMegawatts", TableType.Number),
        ("spread", TableType.Number), ("highestMegawatts", TableType.Number), ("firstLit", TableType.Day), ("lastLit", TableType.Day),
    ];

    static readonly (string Name, TableType Type)[] Later =
    [
        ("explained", TableType.Number), ("explainedDays", TableType.Number), ("lastExplained", TableType.Day), ("powerOutliers", TableType.Number), ("positionOutliers", TableType.Number),
    ];

    static readonly (string Name, TableType Type)[] Places = [("lon", TableType.Number), ("lat", TableType.Number), ("map", TableType.Text)];

    /// <param name="format">csv (areas as well-known text) or GeoJSON.</param>
    /// <param name="evaluated">With what each explains later.</param>
    public static Task WriteAsync(Stream target, TableFormat format, IReadOnlyList<LearnedSource> sources, bool evaluated, CancellationToken cancellation)
    {
        var withShape = format == TableFormat.GeoJson;
        List<TableColumn> columns = [.. Common.Concat(evaluated ? Later : []).Concat(Places).Select(c => new TableColumn(c.Name, c.Type))];
        if (!withShape)
        {
            columns.Add(new("wkt", TableType.Text));
        }

        var rows = sources.Select((s, i) => new TableRow(i + 1, Cells(s, !withShape), withShape ? s.Candidate.Extent : null));
        return TableWriter.WriteAsync(target, format, columns, rows.ToAsyncEnumerable(), cancellation);
    }

    static Dictionary<string, string> Cells(LearnedSource source, bool withText)
    {
        var c = source.Candidate;
        var cells = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = c.Name,
            ["score"] = Number(c.Score, 3),
            ["cells"] = Number(c.Cells),
            ["sightings"] = Number(c.Sightings),
            ["days"] = Number(c.Days),
            ["nights"] = Number(c.Nights),
            ["months"] = Number(c.Months),
            ["nightShare"] = Number(c.NightShare, 3),
            ["firstLit"] = Day(c.FirstLit),
            ["lastLit"] = Day(c.LastLit),
            ["lon"] = Number(c.Centre.Lon, 5),
            ["lat"] = Number(c.Centre.Lat, 5),
            ["map"] = c.MapLink,
            ["explained"] = Number(source.Explained),
            ["explainedDays"] = Number(source.ExplainedDays),
            ["powerOutliers"] = Number(source.PowerOutliers),
            ["positionOutliers"] = Number(source.PositionOutliers),
        };
        Put("county", source.County?.Code);
        Put("countyName", source.County?.Name);
        Put("medianMegawatts", Number(c.MedianMegawatts));
        Put("spread", Number(c.Spread));
        Put("highestMegawatts", Number(c.HighestMegawatts));
        Put("lastExplained", source.LastExplained is { } day ? Day(day) : null);
        Put("wkt", withText ? c.Extent.AsText() : null);
        return cells;

        void Put(string name, string? value)
        {
            if (value is not null)
            {
                cells[name] = value;
            }
        }
    }

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    static string? Number(double? value) => value is { } number ? Number(number, 2) : null;

    static string Number(double value, int decimals) => Math.Round(value, decimals).ToString(CultureInfo.InvariantCulture);
}
