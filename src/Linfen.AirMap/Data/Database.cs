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

    /// <summary>Compiling a plan takes longer than any query of ours runs.</summary>
    const string Usual = "-c jit=off";

    /// <summary>
    /// A batch touches a handful of rows of large tables, always by key. A plan that was made while a table was still small must
    /// not go on reading all of it, so the ledger's connections know index look-ups only.
    /// </summary>
    const string ByKey = Usual + " -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off";

    /// <summary>Connections of the ledger: one writer at a time, look-ups by key.</summary>
    public static NpgsqlDataSource OpenForLedger(string connectionString) => Open(connectionString, ByKey, null);

    public static NpgsqlDataSource Open(string connectionString, Action<NpgsqlDataSourceBuilder>? configure = null) => Open(connectionString, Usual, configure);

    static NpgsqlDataSource Open(string connectionString, string options, Action<NpgsqlDataSourceBuilder>? configure)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            // Sessions carry no state of ours, so nothing needs to be reset between uses.
            NoResetOnClose = true,
            SearchPath = $"{AirMapDb.Schema},public",
            ApplicationName = "airmap",
            Options = options,
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
