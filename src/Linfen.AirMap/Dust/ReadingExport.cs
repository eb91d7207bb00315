using System.Globalization;
using System.Runtime.CompilerServices;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hj212;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Tables;
using Linfen.AirMap.Tables.Xlsx;
using Npgsql;

namespace Linfen.AirMap.Dust;

/// <summary>
/// Readings of a monitor as a file. A Beijing day at a time: neither the database sorts nor we hold more, however long the file is.
/// </summary>
static class ReadingExport
{
    const int DaysByItself = 30;
    const int MostDays = 366;

    public static async Task<IResult> AnswerAsync(
        string mn, HttpContext context, DeviceBook book, NpgsqlDataSource database, AuditTrail audit, TimeProvider clock, CancellationToken cancellation,
        string? format = null, string? factor = null, string interval = "raw", string? from = null, string? to = null, string? lang = null)
    {
        if (format is not (null or "" or "csv" or "xlsx"))
        {
            return Problems.Of(400, "format-unsupported", "format is one of csv, xlsx.");
        }

        if (!ReadingQueries.Delivered.ContainsKey(interval) && !ReadingQueries.Computed.ContainsKey(interval))
        {
            return Problems.Of(400, "query-invalid", $"interval is one of {string.Join(", ", ReadingQueries.Delivered.Keys.Concat(ReadingQueries.Computed.Keys))}.");
        }

        if (!ListQuery.TryTime(from, out var begin) || !ListQuery.TryTime(to, out var end))
        {
            return Problems.Of(400, "query-invalid", "from and to are RFC 3339 times with an offset.");
        }

        if (await book.FindAsync(mn) is not { } device || !context.User.Scope().Holds(device.County))
        {
            return Problems.NotFound("such monitor");
        }

        // The end is not in it, and what came this very second is.
        var last = end ?? clock.GetUtcNow().AddSeconds(1);
        var first = begin ?? last.AddDays(-DaysByItself);
        if (first >= last || last - first > TimeSpan.FromDays(MostDays))
        {
            return Problems.Of(400, "query-invalid", $"from lies before to, and at most {MostDays} days.");
        }

        var wish = new Wish(device, interval, factor, first, last);
        var isSheet = format == "xlsx";
        if (isSheet && await IsTooLongAsync(wish, database, cancellation))
        {
            return Problems.Of(400, "too-many-rows", $"A sheet holds at most {XlsxTableWriter.MostRows - 1} readings. Ask for fewer days, or for csv.");
        }

        var asked = AccountJson.Of(new { format = isSheet ? "xlsx" : "csv", mn, interval, factor, from = Feature.Time(first), to = Feature.Time(last) });
        await audit.WriteAsync(AuditEntry.Done("readings.exported", "monitor", device.Id, device.County, after: asked), Author.Of(context), cancellation);
        var (words, name) = (ExportWords.In(lang), string.Create(CultureInfo.InvariantCulture, $"{mn}-{interval}-{Beijing.DayOf(first):yyyyMMdd}-{Beijing.DayOf(last):yyyyMMdd}"));
        return TypedResults.Stream(
            target => TableWriter.WriteAsync(target, isSheet ? TableFormat.Xlsx : TableFormat.Csv, words.Columns, Rows(wish, words, database, cancellation), cancellation),
            isSheet ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8",
            $"{name}.{(isSheet ? "xlsx" : "csv")}");
    }

    sealed record Wish(Device Device, string Interval, string? Factor, DateTimeOffset From, DateTimeOffset To)
    {
        public bool IsComputed => ReadingQueries.Computed.ContainsKey(Interval);

        public string Sql => IsComputed ? ReadingQueries.MeansSql : ReadingQueries.RowsSql;
    }

    /// <summary>Means of a year always fit; of what devices sent it has to be counted.</summary>
    static async Task<bool> IsTooLongAsync(Wish wish, NpgsqlDataSource database, CancellationToken cancellation)
    {
        if (wish.IsComputed)
        {
            return false;
        }

        await using var command = database.CreateCommand(
            """
            SELECT count(*) FROM (SELECT FROM readings
                WHERE mn = $1 AND simulated = $2 AND at >= $3 AND at < $4 AND (cardinality($5) = 0 OR factor = ANY($5)) AND command = ANY($7) LIMIT $6) r
            """);
        ReadingQueries.Fill(command, wish.Device, wish.Interval, wish.Factor, wish.From, wish.To, (int)XlsxTableWriter.MostRows);
        return (long)(await command.ExecuteScalarAsync(cancellation))! >= XlsxTableWriter.MostRows;
    }

    static async IAsyncEnumerable<TableRow> Rows(Wish wish, ExportWords words, NpgsqlDataSource database, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var line = 0L;
        for (var from = wish.From; from < wish.To;)
        {
            var midnight = Beijing.StartOf(Beijing.DayOf(from).AddDays(1));
            var to = midnight < wish.To ? midnight : wish.To;
            await using var command = new NpgsqlCommand($"SELECT * FROM ({wish.Sql}) r ORDER BY 2, 1", connection);
            ReadingQueries.Fill(command, wish.Device, wish.Interval, wish.Factor, from, to, int.MaxValue);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                yield return new(++line, words.Cells(wish.Device, ReadingQueries.Read(reader)), null);
            }

            from = to;
        }
    }
}

/// <summary>Header and words of the file: the names of the interface, or Chinese.</summary>
sealed class ExportWords
{
    static readonly (string Name, string Chinese, TableType Type)[] All =
    [
        ("monitor", "监测设备", TableType.Text), ("mn", "设备编号 MN", TableType.Text), ("county", "县（市、区）代码", TableType.Text), ("factor", "监测因子", TableType.Text), ("code", "因子编码", TableType.Text),
        ("at", "时间", TableType.Text), ("value", "数值", TableType.Number), ("min", "最小值", TableType.Number), ("max", "最大值", TableType.Number), ("unit", "单位", TableType.Text),
        ("flag", "数据标记", TableType.Text), ("valid", "计入判定", TableType.Text), ("quality", "不计入原因", TableType.Text), ("knownAt", "入库时间", TableType.Text), ("simulated", "模拟数据", TableType.Text),
    ];

    static readonly ExportWords English = new(isChinese: false);

    static readonly ExportWords Chinese = new(isChinese: true);

    /// <summary>Why a value does not count.</summary>
    static readonly Dictionary<string, string> Qualities = new(StringComparer.Ordinal)
    {
        ["flagged"] = "设备标记为无效", ["unflagged"] = "设备未作标记", ["unitImplausible"] = "单位可疑", ["outOfRange"] = "超出可能范围", ["clockOff"] = "设备时钟偏差",
        ["jump"] = "数值突跳", ["flatLine"] = "数值长时间不变",
    };

    readonly bool isChinese;
    readonly Dictionary<string, string> titles;

    ExportWords(bool isChinese)
    {
        this.isChinese = isChinese;
        titles = All.ToDictionary(c => c.Name, c => isChinese ? c.Chinese : c.Name, StringComparer.Ordinal);
        Columns = [.. All.Select(c => new TableColumn(titles[c.Name], c.Type))];
    }

    public IReadOnlyList<TableColumn> Columns { get; }

    public static ExportWords In(string? language) => language == "zh" ? Chinese : English;

    public IReadOnlyDictionary<string, string> Cells(Device device, MonitorReading reading)
    {
        var cells = new Dictionary<string, string>(All.Length, StringComparer.Ordinal);
        var factor = FactorCode.Find(reading.Factor);
        Put("monitor", device.Name);
        Put("mn", device.Mn);
        Put("county", device.County);
        Put("factor", isChinese ? factor?.Chinese : factor?.English);
        Put("code", reading.Factor);
        Put("at", Feature.Time(reading.At));
        Put("value", Number(reading.Value));
        Put("min", Number(reading.Min));
        Put("max", Number(reading.Max));
        Put("unit", reading.Unit);
        Put("flag", reading.Flag);
        Put("valid", Flag(reading.Valid));
        Put("quality", isChinese && reading.Quality is { } quality ? Qualities.GetValueOrDefault(quality, quality) : reading.Quality);
        Put("knownAt", Feature.Time(reading.KnownAt));
        Put("simulated", Flag(device.Simulated));
        return cells;

        void Put(string name, string? value)
        {
            if (value is not null)
            {
                cells[titles[name]] = value;
            }
        }
    }

    string Flag(bool value) => isChinese ? value ? "是" : "否" : value ? "true" : "false";

    /// <summary>To a thousandth: a mean has no more to say.</summary>
    static string? Number(double? value) => value is { } known ? Math.Round(known, 3).ToString("0.###", CultureInfo.InvariantCulture) : null;
}
