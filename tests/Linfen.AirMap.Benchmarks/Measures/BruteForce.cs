using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Linfen.AirMap.Testing;

namespace Linfen.AirMap.Benchmarks.Measures;

/// <summary>Somebody tries passwords as fast as he can: how long everybody else waits meanwhile.</summary>
sealed class BruteForce : IMeasure
{
    const int Guessers = 16;
    const double AtMost = 2;

    static readonly Uri Asked = new("api/violations?limit=20", UriKind.Relative);
    static readonly Uri Guessed = new("api/session", UriKind.Relative);

    public string Name => "brute-force";

    public string Question => $"{Guessers} clients guess passwords without a pause: the p95 of another client's lists, beside its p95 without them in turns";

    public async Task<IReadOnlyList<Finding>> RunAsync(Stage stage, Effort effort)
    {
        await using var database = await stage.CreateDatabaseAsync("bench_guess");
        await using var server = await database.ServeAsync();
        await TimesAsync(server, effort.WarmUp);
        var refusals = new Refusals();
        var pair = await Rounds.AlternateAsync(
            effort,
            async _ =>
            {
                using var stop = new CancellationTokenSource();
                var guessing = Enumerable.Range(0, Guessers).Select(n => GuessAsync(server.Address, n, refusals, stop.Token)).ToArray();
                var times = await TimesAsync(server, effort.Round);
                await stop.CancelAsync();
                await Task.WhenAll(guessing);
                return Rounds.Percentile(times, 0.95);
            },
            async _ => Rounds.Percentile(await TimesAsync(server, effort.Round), 0.95));
        return
        [
            Finding.Time($"{Name} p95 of others", pair, AtMost),
            Finding.Beside($"{Name} answers", string.Create(CultureInfo.InvariantCulture, $"{refusals.TooMany:N0} × 429, {refusals.Wrong:N0} × 401")),
        ];
    }

    static async Task<List<double>> TimesAsync(AirMapProcess server, TimeSpan length)
    {
        var (times, begun) = (new List<double>(), Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(begun) < length)
        {
            var asked = Stopwatch.GetTimestamp();
            await server.Client.GetByteArrayAsync(Asked);
            times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
        }

        return times;
    }

    static async Task GuessAsync(Uri address, int number, Refusals refusals, CancellationToken stop)
    {
        using var client = new HttpClient { BaseAddress = address };
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            using var answer = await client.PostAsJsonAsync(Guessed, new { userName = "admin", password = $"guess {number} {n}" }, CancellationToken.None);
            refusals.Count((int)answer.StatusCode);
        }
    }

    sealed class Refusals
    {
        int wrong;
        int tooMany;

        public int Wrong => wrong;

        public int TooMany => tooMany;

        public void Count(int status)
        {
            switch (status)
            {
                case 401:
                    Interlocked.Increment(ref wrong);
                    break;
                case 429:
                    Interlocked.Increment(ref tooMany);
                    break;
                default:
                    throw new InvalidOperationException($"A guess was answered with {status}.");
            }
        }
    }
}
