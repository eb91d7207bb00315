using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Linfen.AirMap.Data;

/// <summary>A context on the ledger's connection, inside its transaction: it neither opens nor commits one of its own.</summary>
static class LedgerDb
{
    public static AirMapDb On(NpgsqlConnection connection)
    {
        var db = new AirMapDb(new DbContextOptionsBuilder<AirMapDb>()
            .UseNpgsql(connection, npgsql => npgsql.UseNetTopologySuite())
            .UseSnakeCaseNamingConvention()
            .Options);
        db.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        return db;
    }
}
