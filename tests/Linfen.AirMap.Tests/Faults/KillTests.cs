using Xunit;

namespace Linfen.AirMap.Tests.Faults;

public sealed class KillTests
{
    const int Rounds = 10;

    [Fact]
    public Task What_was_acknowledged_outlives_ten_kills_of_the_server_in_the_middle_of_a_file() =>
        InterruptTenTimesAsync(stage => stage.KillServerAsync());

    [Fact]
    public Task What_was_acknowledged_outlives_ten_kills_of_PostgreSQL_in_the_middle_of_a_file_and_the_server_recovers_by_itself() =>
        InterruptTenTimesAsync(stage => stage.KillPostgresAsync());

    static async Task InterruptTenTimesAsync(Func<CrashStage, Task> strike)
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
        Assert.True(interrupted >= Rounds - 2, $"{interrupted} of {Rounds} files were interrupted");
        Assert.True(stage.Acknowledged >= Rounds, $"{stage.Acknowledged} single detections were acknowledged");
    }
}
