using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

#pragma warning disable MA0132, MA0048
namespace Linfen.AirMap.Tests.Architecture.BrokenOnPurpose.Plan
{
    static class DecidesByTheClock
    {
        public static bool IsLate(DateTimeOffset due) => DateTimeOffset.UtcNow > due;
    }

    sealed class DecidesByTimeProvider(TimeProvider clock)
    {
        public bool IsLate(DateTimeOffset due) => clock.GetUtcNow() > due;
    }

    static class KnowsEntityFramework
    {
        public static DbContext? Db => null;
    }

    static class OpensConnections
    {
        public static async Task OpenAsync(string settings)
        {
            await using var connection = new NpgsqlConnection(settings);
            await connection.OpenAsync();
        }
    }

    static class KnowsTheWeb
    {
        public static PathString PathOf(HttpContext context) => context.Request.Path;
    }

    static class Logs
    {
        public static void To(ILogger log) => log.IsEnabled(LogLevel.Debug);
    }

    static class Measures
    {
        public static long Ticks() => Stopwatch.GetTimestamp();
    }

    static class ReadsSettings
    {
        public static string? Law() => Environment.GetEnvironmentVariable("LAW");
    }

    static class KnowsTheTable
    {
        public static string Room => new BrokenOnPurpose.Fires.Sound().Name;
    }

    /// <summary>Breaks nothing: time comes in as a value.</summary>
    static class Sound
    {
        public static bool IsLate(DateTimeOffset due, DateTimeOffset at) => at > due;
    }
}

namespace Linfen.AirMap.Tests.Architecture.BrokenOnPurpose.Geo
{
    static class AsksTheNetwork
    {
        public static async Task<string> PlaceAsync(HttpClient client, Uri address) => await client.GetStringAsync(address);
    }
}

namespace Linfen.AirMap.Tests.Architecture.BrokenOnPurpose.HeatSources.Learning
{
    static class AsksTheDatabase
    {
        public static NpgsqlConnection To(string settings) => new(settings);
    }

    /// <summary>Breaks nothing.</summary>
    static class Sums
    {
        public static double Of(double one, double other) => one + other;
    }
}
