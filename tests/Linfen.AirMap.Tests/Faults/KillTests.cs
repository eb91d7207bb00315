using Xunit;

namespace Linfen.AirMap.Tests.Faults;

/// <summary>Server and database die in the middle of a file. Four times in every run, ten with <c>AIRMAP_TEST_FULL=1</c>.</summary>
public sealed class KillTests
{
    static readonly int Rounds = Environment.GetEnvironmentVariable("AIRMAP_TEST_FULL") == "1" ? 10 : 4;

    [Fact]
    public Task What_was_acknowledged_outlives_kills_of_the_server_in_the_middle_of_a_file() =>
        InterruptAgainAndAgainAsync(stage => stage.KillServerAsync());

    [Fact]
    public Task What_was_acknowledged_outlives_kills_of_PostgreSQL_in_the_middle_of_a_file_and_the_server_recovers_by_itself() =>
        InterruptAgainAndAgainAsync(stage => stage.KillPostgresAsync());

    static async Task InterruptAgainAndAgainAsync(Func<CrashStage, Task> strike)
    {
        await using var stage = await CrashStage.StartAsync();
        var interrupted = 0;
        for (var round = 1; round <= Rounds; round++)
        {
            var day = $"2021-03-{round:00}";
            var file = CrashStage.File(day, round);

            var gotThrough = await stage.InterruptAsync(file, day, rows: 1 + ((round - 1) * 500), () => strike(stage));

            interrupted += gotThrough ? 0 : 1;
            var before = await stage.CountAsync(CrashStage.OfDay(day));
            Assert.True(before % 500 == 0, $"{before} rows are whole batches");
            await stage.CheckAsync();
            var counts = await stage.CompleteAsync(file);
            Assert.Equal((CrashStage.FileRows - before, before, 0, 0, 0), counts.Figures);
            Assert.Equal(CrashStage.FileRows, await stage.CountAsync(CrashStage.OfDay(day)));
        }

        await stage.CheckAsync();
        Assert.True(interrupted >= Rounds - Math.Max(1, Rounds / 5), $"{interrupted} of {Rounds} files were interrupted");
        Assert.True(stage.Acknowledged >= Rounds, $"{stage.Acknowledged} single detections were acknowledged");
    }
}
