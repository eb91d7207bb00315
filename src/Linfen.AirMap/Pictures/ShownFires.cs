using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Replay;
using Npgsql;

namespace Linfen.AirMap.Pictures;

/// <summary>A fire that burns, as a picture shows it.</summary>
readonly record struct ShownFire(LonLat Place, string County, bool IsConfirmed, bool Simulated);

/// <summary>What burns, now or as it was known at a moment; not what a heat source explains.</summary>
static class ShownFires
{
    /// <summary>More signs than that cannot be told apart; the newest are drawn, and the picture says so.</summary>
    public const int Most = 2_000;

    const string Burning =
        "SELECT ST_X(position), ST_Y(position), county, status, simulated FROM fires t WHERE status <= 1 AND attributed_to IS NULL AND NOT (simulated AND $1) AND ($2::text[] IS NULL OR county = ANY($2))";

    static readonly string Now = $"{Burning} ORDER BY first_seen_at DESC, id LIMIT {Most}";

    static readonly string Then =
        $"""
        SELECT ST_X(position), ST_Y(position), county, status, simulated FROM fires t
        WHERE status <= 1 AND attributed_to IS NULL AND known_at <= $2 AND NOT (simulated AND $3) AND ($4::text[] IS NULL OR county = ANY($4)) AND {KnownThen.IsAsThen(KnownThen.Fires)}
        ORDER BY first_seen_at DESC, id LIMIT {Most}
        """;

    /// <summary>Null when the log no longer reaches back to the moment.</summary>
    public static async Task<List<ShownFire>?> ReadAsync(NpgsqlDataSource database, DateTimeOffset? moment, string[]? counties, bool withoutSimulated, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        if (moment is not { } asked)
        {
            return await RowsAsync(connection, Now, [new NpgsqlParameter<bool> { TypedValue = withoutSimulated }, Counties(counties)], cancellation);
        }

        await using var view = await KnownThen.BeginAsync(connection, cancellation);
        if (await KnownThen.FindAsync(connection, asked, cancellation) is not { } then)
        {
            return null;
        }

        var known = await RowsAsync(
            connection, Then,
            [new NpgsqlParameter<long> { TypedValue = then.Place.Seq }, Column.Time(asked), new NpgsqlParameter<bool> { TypedValue = withoutSimulated }, Counties(counties)],
            cancellation);
        var scope = Scope.Of(counties);
        foreach (var told in await then.ToldAsync(connection, KnownThen.Fires, cancellation))
        {
            if (told.Text("status") is "suspected" or "confirmed" && !told.Has("attributedTo") && scope.Holds(told.County) && !(withoutSimulated && told.Simulated) && known.Count < Most)
            {
                known.Add(new(new(told.Place.Lon, told.Place.Lat), told.County, told.Text("status") == "confirmed", told.Simulated));
            }
        }

        return known;
    }

    static NpgsqlParameter Counties(string[]? codes) =>
        codes is null ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text } : Column.Texts(codes);

    static async Task<List<ShownFire>> RowsAsync(NpgsqlConnection connection, string statement, NpgsqlParameter[] parameters, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        command.Parameters.AddRange(parameters);
        var fires = new List<ShownFire>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            fires.Add(new(new(reader.GetDouble(0), reader.GetDouble(1)), reader.GetString(2), reader.GetInt16(3) == 1, reader.GetBoolean(4)));
        }

        return fires;
    }
}
