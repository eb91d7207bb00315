using Linfen.AirMap.Atlas;
using Linfen.AirMap.Data;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Simulator;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Linfen.AirMap.Benchmarks.Measures;

/// <summary>Which county a point lies in: asked in memory, and asked of PostGIS.</summary>
sealed class Locate : IMeasure
{
    const int RandomPoints = 15_000;
    const int BorderPoints = 5_000;
    const double Wanted = 40;

    public string Name => "locate";

    public string Question => "point → county in process, against one query a point; answers compared over the whole sample";

    public async Task<IReadOnlyList<Finding>> RunAsync(Stage stage, Effort effort)
    {
        await using var database = await stage.CreateDatabaseAsync("bench_locate");
        var atlas = await LoadAsync(stage.Cluster.ConnectionString(database.Name));
        var points = Sample(stage.City, effort);
        var slices = points.Chunk((points.Length + effort.Rounds - 1) / effort.Rounds).ToArray();
        var inMemory = new string?[points.Length];
        LocateAll(atlas, points, inMemory); // warm

        var different = 0;
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var query = await PrepareAsync(connection);
        var pair = await Rounds.AlternateAsync(
            effort,
            _ => Task.FromResult(RateInMemory(atlas, points, inMemory, effort.Round / 2)),
            async round =>
            {
                var (rate, answers) = await AskAsync(query, slices[round]);
                different += Enumerable.Range(0, answers.Length).Count(i => answers[i] != atlas.Locate(slices[round][i])?.Code);
                return rate;
            });
        return
        [
            Finding.Rate(Name, "points/s", pair, Wanted),
            new Finding($"{Name} answers", $"{different} of {points.Length:N0} differ", "PostGIS", null, "0 differ", different == 0),
        ];
    }

    static async Task<CityAtlas> LoadAsync(string connectionString)
    {
        await using var source = Database.Open(connectionString);
        var options = new DbContextOptionsBuilder<AirMapDb>();
        Database.Configure(options, source);
        await using var db = new AirMapDb(options.Options);
        return new CityAtlas(await db.Counties.AsNoTracking().ToListAsync());
    }

    /// <summary>Places around and inside the city, and points that lie on borders: corners, and middles of edges.</summary>
    static LonLat[] Sample(City city, Effort effort)
    {
        var random = new Random(11);
        var corners = city.Counties.SelectMany(county => county.Boundary.Coordinates).Select(c => new LonLat(c.X, c.Y)).ToArray();
        var border = Enumerable.Range(0, effort.Of(BorderPoints)).Select(i =>
        {
            var at = random.Next(corners.Length - 1);
            var (one, next) = (corners[at], corners[at + 1]);
            return i % 2 == 0 ? one : new LonLat((one.Lon + next.Lon) / 2, (one.Lat + next.Lat) / 2);
        });
        var anywhere = Enumerable.Range(0, effort.Of(RandomPoints))
            .Select(_ => new LonLat(110.3 + 2.4 * random.NextDouble(), 35.3 + 1.7 * random.NextDouble()));
        LonLat[] all = [.. border, .. anywhere];
        random.Shuffle(all);
        return all;
    }

    static double RateInMemory(CityAtlas atlas, LonLat[] points, string?[] answers, TimeSpan length)
    {
        var located = 0L;
        var started = TimeProvider.System.GetTimestamp();
        TimeSpan elapsed;
        do
        {
            LocateAll(atlas, points, answers);
            located += points.Length;
            elapsed = TimeProvider.System.GetElapsedTime(started);
        }
        while (elapsed < length);

        return located / elapsed.TotalSeconds;
    }

    static void LocateAll(CityAtlas atlas, LonLat[] points, string?[] answers)
    {
        for (var i = 0; i < points.Length; i++)
        {
            answers[i] = atlas.Locate(points[i])?.Code;
        }
    }

    static async Task<NpgsqlCommand> PrepareAsync(NpgsqlConnection connection)
    {
        var query = new NpgsqlCommand("SELECT min(code) FROM counties WHERE st_covers(boundary, st_setsrid(st_makepoint($1, $2), 4490))", connection)
        {
            Parameters = { new NpgsqlParameter<double>(), new NpgsqlParameter<double>() },
        };
        await query.PrepareAsync();
        return query;
    }

    static async Task<(double Rate, string?[] Answers)> AskAsync(NpgsqlCommand query, LonLat[] points)
    {
        var answers = new string?[points.Length];
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < points.Length; i++)
        {
            ((NpgsqlParameter<double>)query.Parameters[0]).TypedValue = points[i].Lon;
            ((NpgsqlParameter<double>)query.Parameters[1]).TypedValue = points[i].Lat;
            answers[i] = await query.ExecuteScalarAsync() as string;
        }

        return (points.Length / TimeProvider.System.GetElapsedTime(started).TotalSeconds, answers);
    }
}
