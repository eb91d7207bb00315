using System.Runtime.CompilerServices;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Geo;
using Linfen.AirMap.HeatSources.Learning;
using Linfen.AirMap.Intake;
using Npgsql;

namespace Linfen.AirMap.HeatSources;

/// <summary>What satellites saw, from the database: real detections of a scope, one row at a time.</summary>
static class StoredSightings
{
    const string Sql = "SELECT occurred_at, st_x(position), st_y(position), radius_metres, frp_megawatts FROM detections WHERE source_kind = $1 AND NOT simulated";

    public static async IAsyncEnumerable<HeatSighting> ReadAsync(NpgsqlDataSource database, Scope scope, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql + scope.And("county", "$2"));
        command.CommandTimeout = 600;
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)SourceKind.Satellite });
        scope.AddTo(command.Parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var (at, place) = (reader.GetFieldValue<DateTimeOffset>(0), new LonLat(reader.GetDouble(1), reader.GetDouble(2)));
            double? megawatts = await reader.IsDBNullAsync(4, cancellation) ? null : reader.GetDouble(4);
            yield return new(at, place, reader.GetDouble(3), megawatts, !Sun.IsUp(place, at), null);
        }
    }
}
