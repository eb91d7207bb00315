using Linfen.AirMap.Benchmarks.Baseline;
using Linfen.AirMap.HeatSources.Learning;
using Linfen.AirMap.Intake.Firms;

namespace Linfen.AirMap.Benchmarks.Measures;

/// <summary>How fast heat sources are learned from an archive, beside reading the archive and learning nothing.</summary>
sealed class HeatLearning : IMeasure
{
    const int Rows = 300_000;
    const double Wanted = 0.5;

    public string Name => "heat-learning";

    public string Question => "rows of a VIIRS file → cells and sources on one thread, against the reader alone";

    public async Task<IReadOnlyList<Finding>> RunAsync(Stage stage, Effort effort)
    {
        var rows = ViirsFile.Rows(stage.City, effort.Of(Rows), 1);
        var file = ViirsFile.Csv(rows);
        await LearnAsync(file);
        var pair = await Rounds.AlternateAsync(effort, async _ => rows.Count / await TimedAsync(() => LearnAsync(file)), async _ => rows.Count / await TimedAsync(() => ReadAsync(file)));
        return [Finding.Rate(Name, "rows/s", pair, Wanted)];
    }

    static async Task<double> TimedAsync(Func<Task> work)
    {
        var started = TimeProvider.System.GetTimestamp();
        await work();
        return TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    static async Task LearnAsync(byte[] file)
    {
        var learner = new HeatLearner(new());
        await foreach (var line in FirmsReader.ReadAsync(new MemoryStream(file), null, simulated: false))
        {
            learner.Add(HeatSighting.Of(line.Observation!));
        }

        learner.Candidates();
    }

    static async Task ReadAsync(byte[] file)
    {
        await foreach (var line in FirmsReader.ReadAsync(new MemoryStream(file), null, simulated: false))
        {
            _ = line;
        }
    }
}
