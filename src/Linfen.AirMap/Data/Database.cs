using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;
using Npgsql;

namespace Linfen.AirMap.Data;

/// <summary>How the process reaches PostgreSQL: one pool, prepared statements, geometry in EPSG:4490.</summary>
static class Database
{
    /// <summary>Geometry of the product: CGCS2000 longitude/latitude, double precision.</summary>
    public static readonly GeometryFactory Geometry = new(new PrecisionModel(), AirMapDb.Srid, CoordinateArraySequenceFactory.Instance);

    public static NpgsqlDataSource Open(string connectionString, Action<NpgsqlDataSourceBuilder>? configure = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            // Sessions carry no state of ours, so nothing needs to be reset between uses.
            NoResetOnClose = true,
            SearchPath = $"{AirMapDb.Schema},public",
            ApplicationName = "airmap",
            IncludeErrorDetail = false,
        };
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.UseNetTopologySuite(geographyAsDefault: false);
        configure?.Invoke(builder);
        return builder.Build();
    }

    public static void Configure(DbContextOptionsBuilder options, NpgsqlDataSource source) => options
        .UseNpgsql(source, npgsql => npgsql.UseNetTopologySuite().MigrationsHistoryTable("migrations", AirMapDb.Schema))
        .UseSnakeCaseNamingConvention();
}
