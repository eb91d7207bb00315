using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.GisData;
using Linfen.AirMap.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Commands;

/// <summary>Brings the database to this version, gives the application's role its rights, and loads the shipped map data into empty tables.</summary>
static class MigrateCommand
{
    /// <summary>The role that the server works as; it exists where <c>./airmap up</c> made the database.</summary>
    public const string ApplicationRole = "airmap_app";

    /// <summary>
    /// The application writes evidence but does not rewrite it: of a stored decision only its state may move, of a detection only
    /// the fire that it belongs to, and of the log nothing.
    /// </summary>
    const string Rights =
        $"""
        DO $$ BEGIN
            IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{ApplicationRole}') AND current_user <> '{ApplicationRole}' THEN
                GRANT USAGE ON SCHEMA {AirMapDb.Schema} TO {ApplicationRole};
                GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {AirMapDb.Schema} TO {ApplicationRole};
                REVOKE INSERT, UPDATE, DELETE ON migrations FROM {ApplicationRole};
                REVOKE INSERT, DELETE ON event_head FROM {ApplicationRole};
                REVOKE UPDATE, DELETE ON audit FROM {ApplicationRole};
                REVOKE TRUNCATE ON audit FROM {ApplicationRole};
                REVOKE UPDATE ON events, detections, fire_stays, violations, alarms, subject_versions FROM {ApplicationRole};
                GRANT UPDATE (fire_id) ON detections TO {ApplicationRole};
                GRANT UPDATE (severity, county, closed_at, closed_known_at, closed_reason, standing) ON violations TO {ApplicationRole};
                GRANT UPDATE (acknowledged_at, acknowledged_by, ended_at) ON alarms TO {ApplicationRole};
            END IF;
        END $$
        """;

    public static async Task<int> RunAsync(Settings settings, CancellationToken cancellation)
    {
        await using var source = Data.Database.Open(settings.OwnerDatabase);
        var options = new DbContextOptionsBuilder<AirMapDb>();
        Data.Database.Configure(options, source);
        await using var db = new AirMapDb(options.Options);
        var pending = (await db.Database.GetPendingMigrationsAsync(cancellation)).ToList();
        await db.Database.MigrateAsync(cancellation);
        await db.Database.ExecuteSqlRawAsync(Rights, cancellation);
        await Console.Out.WriteLineAsync(pending.Count == 0 ? "The database is up to date." : $"Migrated: {string.Join(", ", pending)}");
        await LoadShippedAsync(db, settings, cancellation);
        return 0;
    }

    static async Task LoadShippedAsync(AirMapDb db, Settings settings, CancellationToken cancellation)
    {
        var (counties, parameters) = (await db.Counties.AnyAsync(cancellation), await db.Parameters.AnyAsync(cancellation));
        var plants = await db.Subjects.AnyAsync(s => s.Kind == "plant", cancellation);
        if (counties && parameters && plants)
        {
            return;
        }

        using var host = ImportCommand.Build(settings with { Database = settings.OwnerDatabase });
        await host.StartAsync(cancellation);
        var ledger = host.Services.GetRequiredService<Ledger>();
        if (!counties)
        {
            await SayAsync("counties.geojson", path => MapDataImport.CountiesAsync(ledger, path, false, cancellation));
        }

        if (!parameters)
        {
            await SayAsync("parameters.json", path => MapDataImport.ParametersAsync(ledger, path, false, cancellation));
        }

        if (!plants)
        {
            await SayAsync("plants.geojson", path => ImportCommand.RegisterAsync(host.Services, "plant", path, false, cancellation));
        }

        await host.StopAsync(cancellation);

        async Task SayAsync(string file, Func<string, Task<string>> load)
        {
            var path = Path.Combine(settings.GisData, file);
            await Console.Out.WriteLineAsync(File.Exists(path) ? $"Loaded {file}: {await load(path)}" : $"There is no {path}; import it later.");
        }
    }
}
