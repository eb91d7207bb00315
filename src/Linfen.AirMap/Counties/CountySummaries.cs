using Linfen.AirMap.Events;
using Linfen.AirMap.Plan;
using Npgsql;

namespace Linfen.AirMap.Counties;

/// <summary>The numbers of a county that map, ranking, API and bulletin share; computed once.</summary>
/// <param name="Open">Open violations, overdue ones included.</param>
/// <param name="Overdue">Open past their due time.</param>
/// <param name="Burning">Fires suspected or confirmed; not those that a heat source explains.</param>
/// <param name="Attributed">Fires that are seen now and that a registered heat source explains.</param>
/// <param name="Undecidable">Subjects that a rule could not judge for want of a fact; null in what is replayed, where it is not told.</param>
/// <param name="OpenedToday">Known since Beijing midnight.</param>
/// <param name="Simulated">How many of the open ones are simulated.</param>
public sealed record CountySummary(
    int Open, int Overdue, int Burning, int Attributed, int? Undecidable,
    IReadOnlyDictionary<string, int> ByRule, IReadOnlyDictionary<string, int> BySeverity,
    int OpenedToday, int ClosedToday, int Simulated)
{
    internal static readonly CountySummary Quiet = new(
        0, 0, 0, 0, 0, new Dictionary<string, int>(StringComparer.Ordinal), CountyTally.Severities(_ => 0), 0, 0, 0);
}

/// <summary>All counties at one position of the log.</summary>
sealed record CityNumbers(LogPosition AsOf, DateTimeOffset At, string ETag, IReadOnlyDictionary<string, CountySummary> Counties)
{
    /// <summary>Of a county of which nothing is counted.</summary>
    public CountySummary Quiet { get; init; } = CountySummary.Quiet;

    public CountySummary Of(string code) => Counties.GetValueOrDefault(code) ?? Quiet;
}

/// <summary>
/// Computes the county numbers at most once per position of the log, and again when a clock may have moved one (overdue, midnight),
/// however many clients ask.
/// </summary>
sealed class CountySummaries(NpgsqlDataSource database, TimeProvider clock) : IDisposable
{
    /// <summary>Nothing happened, but a due time may have passed.</summary>
    static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(5);

    const string Sql =
        """
        SELECT epoch, last FROM event_head WHERE id = 1;
        SELECT county, rule, severity, count(*)::int, (count(*) FILTER (WHERE due_at < $1))::int, (count(*) FILTER (WHERE simulated))::int
            FROM violations WHERE closed_at IS NULL AND NOT (simulated AND $3) GROUP BY 1, 2, 3;
        SELECT county, count(*)::int FROM fires WHERE status <= 1 AND attributed_to IS NULL AND NOT (simulated AND $3) GROUP BY 1;
        SELECT county, count(*)::int FROM fires WHERE status <= 1 AND attributed_to IS NOT NULL AND NOT (simulated AND $3) GROUP BY 1;
        SELECT county, count(DISTINCT subject_id)::int FROM undecidables WHERE county IS NOT NULL AND NOT (simulated AND $3) GROUP BY 1;
        SELECT county, count(*)::int FROM violations WHERE known_at >= $2 AND NOT (simulated AND $3) GROUP BY 1;
        SELECT county, count(*)::int FROM violations WHERE closed_at IS NOT NULL AND closed_known_at >= $2 AND NOT (simulated AND $3) GROUP BY 1
        """;

    readonly SemaphoreSlim turn = new(1, 1);
    readonly CityNumbers?[] held = new CityNumbers?[2];
    long heard;

    /// <summary>The log grew: what is held is old.</summary>
    public void Outdate() => Interlocked.Increment(ref heard);

    public async Task<CityNumbers> ReadAsync(bool withoutSimulated, CancellationToken cancellation)
    {
        var slot = withoutSimulated ? 1 : 0;
        await turn.WaitAsync(cancellation);
        try
        {
            var now = clock.GetUtcNow();
            if (held[slot] is { } numbers && now - numbers.At < GoodFor && Interlocked.Read(ref heard) == heardAt[slot])
            {
                return numbers;
            }

            heardAt[slot] = Interlocked.Read(ref heard);
            return held[slot] = await ComputeAsync(now, withoutSimulated, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    readonly long[] heardAt = new long[2];

    async Task<CityNumbers> ComputeAsync(DateTimeOffset now, bool withoutSimulated, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in Sql.Split(";\n"))
        {
            batch.BatchCommands.Add(Command(statement, now, withoutSimulated));
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var asOf = new LogPosition(reader.GetGuid(0).ToString("N"), reader.GetInt64(1));
        await reader.NextResultAsync(cancellation);
        var tally = new CountyTally();
        while (await reader.ReadAsync(cancellation))
        {
            tally.AddOpen(reader.GetString(0), reader.GetString(1), reader.GetInt16(2), reader.GetInt32(3), reader.GetInt32(4), reader.GetInt32(5));
        }

        tally.Burning = await CountsAsync(reader, cancellation);
        tally.Attributed = await CountsAsync(reader, cancellation);
        tally.Undecidable = await CountsAsync(reader, cancellation);
        tally.OpenedToday = await CountsAsync(reader, cancellation);
        tally.ClosedToday = await CountsAsync(reader, cancellation);
        var counties = tally.Sum();
        return new(asOf, now, ETagOf(asOf, counties), counties);
    }

    static NpgsqlBatchCommand Command(string statement, DateTimeOffset now, bool withoutSimulated)
    {
        // Each statement is prepared by itself and takes only the parameters that it names.
        var today = Beijing.StartOf(Beijing.DayOf(now));
        var command = new NpgsqlBatchCommand();
        var text = statement;
        foreach (var (name, parameter) in new (string, NpgsqlParameter)[]
        {
            ("$1", Data.Column.Time(now)), ("$2", Data.Column.Time(today)), ("$3", new NpgsqlParameter<bool> { TypedValue = withoutSimulated }),
        })
        {
            if (statement.Contains(name, StringComparison.Ordinal))
            {
                command.Parameters.Add(parameter);
                text = text.Replace(name, "$" + command.Parameters.Count, StringComparison.Ordinal);
            }
        }

        command.CommandText = text;
        return command;
    }

    static async Task<Dictionary<string, int>> CountsAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            counts[reader.GetString(0)] = reader.GetInt32(1);
        }

        return counts;
    }

    /// <summary>Changes with the log and with the numbers that the clock moves.</summary>
    static string ETagOf(LogPosition asOf, IReadOnlyDictionary<string, CountySummary> counties) =>
        $"\"{asOf.Epoch[..8]}-{asOf.Seq}-{counties.Values.Sum(c => c.Overdue)}-{counties.Values.Sum(c => c.OpenedToday + c.ClosedToday)}\"";

    public void Dispose() => turn.Dispose();
}
