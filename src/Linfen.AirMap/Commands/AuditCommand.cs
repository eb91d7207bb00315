using System.CommandLine;
using System.Globalization;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Plan;
using Npgsql;

namespace Linfen.AirMap.Commands;

/// <summary>Forgets old lines of the audit. Only the owner's role can, and nothing younger than the law asks for goes.</summary>
static class AuditCommand
{
    /// <summary>At least six months: 网络安全法 第二十一条.</summary>
    public const int KeptDays = 183;

    public static Command Of(Func<Settings> settings)
    {
        var before = new Option<string>("--before") { Description = "yyyy-mm-dd; lines of earlier Beijing days go", Required = true };
        var clean = new Command("clean", $"Forgets lines older than a day, at least {KeptDays} days old") { before };
        clean.SetAction((said, cancellation) => CleanAsync(settings(), said.GetRequiredValue(before), TimeProvider.System, cancellation));
        return new Command("audit", "The audit") { clean };
    }

    public static async Task<int> CleanAsync(Settings settings, string before, TimeProvider clock, CancellationToken cancellation)
    {
        var youngest = Beijing.DayOf(clock.GetUtcNow()).AddDays(-KeptDays);
        if (!DateOnly.TryParseExact(before, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return await Verb.FailAsync("--before is a day such as 2026-01-31.");
        }

        if (day > youngest)
        {
            return await Verb.FailAsync($"The audit is kept {KeptDays} days: --before may be {youngest:yyyy-MM-dd} at the latest.");
        }

        await using var database = Data.Database.Open(settings.OwnerDatabase);
        await using var command = database.CreateCommand(
            "WITH gone AS (DELETE FROM audit WHERE at < $1 RETURNING 1) "
            + "INSERT INTO audit (at, actor_kind, actor, action, target_kind, after, outcome) "
            + "SELECT $2, 'product', 'audit', 'audit.cleaned', 'audit', jsonb_build_object('before', $3, 'lines', count(*)), 'done' FROM gone RETURNING (after ->> 'lines')::bigint");
        command.Parameters.Add(Data.Column.Time(Beijing.StartOf(day)));
        command.Parameters.Add(Data.Column.Time(clock.GetUtcNow()));
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = before });
        var lines = (long)(await command.ExecuteScalarAsync(cancellation))!;
        return await Verb.SayAsync(string.Create(CultureInfo.InvariantCulture, $"{lines} lines are forgotten."));
    }
}
