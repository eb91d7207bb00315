using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using OpenTelemetry.Metrics;

namespace Linfen.AirMap.Hosting;

/// <summary>Liveness, readiness and metrics.</summary>
static class Health
{
    const string Ready = "ready";

    /// <summary>Room for each combination of tags is set aside at once, and these meters have no routes among theirs.</summary>
    const int FewTags = 100;

    static readonly string[] WithoutRoutes = ["Npgsql", "System.Runtime", Feeds.FeedMetrics.MeterName];

    public static void AddHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<DatabaseCheck>("database", tags: [Ready])
        .AddCheck<AtlasCheck>("atlas", tags: [Ready]);

    public static void AddMetrics(this IServiceCollection services) => services.AddOpenTelemetry().WithMetrics(metrics => metrics
        .AddAspNetCoreInstrumentation()
        .AddMeter(WithoutRoutes)
        .AddView(instrument => WithoutRoutes.Contains(instrument.Meter.Name, StringComparer.Ordinal) ? new MetricStreamConfiguration { CardinalityLimit = FewTags } : null)
        .AddPrometheusExporter());

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).Open("Tells only that the process lives.");
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = WriteAsync }).Open("Tells only whether it can serve.");
        app.MapPrometheusScrapingEndpoint("/metrics").Needs(Permission.ReadMetrics);
    }

    static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(JsonSerializer.Serialize(
            new
            {
                status = report.Status.ToString().ToLowerInvariant(),
                checks = report.Entries.ToDictionary(e => e.Key, e => new { status = e.Value.Status.ToString().ToLowerInvariant(), detail = e.Value.Description }, StringComparer.Ordinal),
            },
            JsonSerializerOptions.Web));
    }

    sealed class DatabaseCheck(IDbContextFactory<AirMapDb> database, Doorbell doorbell) : IHealthCheck
    {
        bool migrated;

        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await using var db = await database.CreateDbContextAsync(cancellationToken);
                migrated = migrated || !(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any();
                await db.Database.ExecuteSqlRawAsync("SELECT 1", cancellationToken);
                return !migrated ? HealthCheckResult.Unhealthy("Migrations are pending: run ./airmap up.")
                    : !doorbell.Listening.IsCompleted ? HealthCheckResult.Unhealthy("Not listening for events yet.")
                    : HealthCheckResult.Healthy();
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
            {
                return HealthCheckResult.Unhealthy("The database does not answer.");
            }
        }
    }

    sealed class AtlasCheck(AtlasKeeper atlas) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
            atlas.IsLoaded ? HealthCheckResult.Healthy($"{atlas.Current.ByCode.Count} counties") : HealthCheckResult.Unhealthy("No counties are loaded: ./airmap import counties FILE."));
    }
}
