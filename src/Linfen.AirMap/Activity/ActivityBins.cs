using Linfen.AirMap.Accounts;
using Linfen.AirMap.Plan;
using Npgsql;

namespace Linfen.AirMap.Activity;

/// <summary>How a stretch of time is divided.</summary>
/// <param name="Count">Bins; the last one is still filling.</param>
/// <param name="WidthSeconds">Of a bin.</param>
readonly record struct Division(int Count, int WidthSeconds)
{
    /// <summary>Quarters of an hour, two hours, and six hours: as many bars as one tells apart across a wall.</summary>
    public static Division? Of(string span) => span switch
    {
        "24h" => new(96, 900),
        "7d" => new(84, 7_200),
        "30d" => new(120, 21_600),
        _ => null,
    };

    /// <summary>Where the last bin ends: bins begin on multiples of their width from Beijing midnight, so that bars do not creep and days are whole.</summary>
    public DateTimeOffset EndAfter(DateTimeOffset now)
    {
        var offset = (long)Beijing.Offset.TotalSeconds;
        return DateTimeOffset.FromUnixTimeSeconds((((now.ToUnixTimeSeconds() + offset) / WidthSeconds) + 1) * WidthSeconds - offset);
    }
}

/// <summary>Counts of what happened per bin, each kind by one range of its own index; once for all walls that ask for the same, until something happens or a bin may end.</summary>
sealed class ActivityBins(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>The narrowest bar is a quarter of an hour wide.</summary>
    static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(20);

    const int MostHeld = 64;

    readonly Dictionary<(Division, string), Held> held = [];

    long heard;

    sealed record Held(DateTimeOffset At, long Heard, Task<ActivityAnswer> Answer);

    /// <summary>Something happened that is counted.</summary>
    public void Outdate() => Interlocked.Increment(ref heard);

    public async Task<ActivityAnswer> ReadAsync(Division division, Scope scope, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        Task<ActivityAnswer> answer;
        lock (held)
        {
            var key = (division, scope.IsCity ? "" : "of" + scope.Key);
            if (held.TryGetValue(key, out var there) && now - there.At < GoodFor && there.Heard == Interlocked.Read(ref heard) && !there.Answer.IsFaulted)
            {
                answer = there.Answer;
            }
            else
            {
                if (held.Count >= MostHeld)
                {
                    held.Clear();
                }

                var until = Interlocked.Read(ref heard);
                // Not cancelled with the one who asked first: others wait for it.
                answer = CountAsync(division, now, scope);
                held[key] = new(now, until, answer);
            }
        }

        return await answer.WaitAsync(cancellation);
    }

    static string Sql(Scope scope) =>
        $"""
        SELECT floor(extract(epoch FROM t - $1) / $3)::int AS bin, kind, count(*)::int FROM (
            SELECT first_seen_at AS t, 0 AS kind FROM fires WHERE first_seen_at >= $1 AND first_seen_at < $2{scope.And("county", "$4")}
            UNION ALL SELECT known_at, 1 FROM violations WHERE known_at >= $1 AND known_at < $2{scope.And("county", "$4")}
            UNION ALL SELECT closed_known_at, 2 FROM violations WHERE closed_at IS NOT NULL AND closed_known_at >= $1 AND closed_known_at < $2{scope.And("county", "$4")}) x
        GROUP BY 1, 2
        """;

    async Task<ActivityAnswer> CountAsync(Division division, DateTimeOffset now, Scope scope)
    {
        var (bins, width) = (division.Count, division.WidthSeconds);
        var end = division.EndAfter(now);
        var start = end.AddSeconds(-(double)width * bins);
        var counts = new int[bins, 3];
        await using var command = database.CreateCommand(Sql(scope));
        command.Parameters.Add(Data.Column.Time(start));
        command.Parameters.Add(Data.Column.Time(end));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = width });
        scope.AddTo(command.Parameters);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            counts[reader.GetInt32(0), reader.GetInt32(1)] = reader.GetInt32(2);
        }

        return new(
            start.ToOffset(Beijing.Offset),
            end.ToOffset(Beijing.Offset),
            width,
            [.. Enumerable.Range(0, bins).Select(b => new ActivityBin(start.AddSeconds((double)width * b).ToOffset(Beijing.Offset), counts[b, 0], counts[b, 1], counts[b, 2]))]);
    }
}

/// <param name="To">End of the bin that is still filling.</param>
public sealed record ActivityAnswer(DateTimeOffset From, DateTimeOffset To, int BinSeconds, IReadOnlyList<ActivityBin> Bins);

/// <param name="Fires">First seen in the bin, in the world.</param>
/// <param name="Opened">Violations that became known in it.</param>
/// <param name="Closed">Violations whose closing became known in it.</param>
public sealed record ActivityBin(DateTimeOffset At, int Fires, int Opened, int Closed);
