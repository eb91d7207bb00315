using System.Security.Claims;
using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Hosting;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Linfen.AirMap.Events;

/// <summary>The log itself: the truth behind the doorbell.</summary>
static class EventEndpoints
{
    const int MostPerPage = 1_000;

    public static void MapEvents(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/events", After).WithTags("Events")
            .WithSummary("What happened after a position of the log; 410 when that history is lost: take the snapshot again; measured=exclude leaves gaps where something was only measured; readers of some counties get gaps, too, and reaches: how far the page tells all that concerns them").Needs(Permission.View);
        app.MapGet("/api/events/latest", Latest).WithTags("Events")
            .WithSummary("The newest events up to a position, oldest first, without what was only measured: the beginning of a stream of news").Needs(Permission.View);
        app.MapHub<LiveHub>("/hubs/live", options => options.AllowStatefulReconnects = false).Needs(Permission.View);
    }

    static async Task<IResult> After(
        HttpContext context, ClaimsPrincipal user, NpgsqlDataSource database, CancellationToken cancellation,
        [FromQuery] long after = 0, [FromQuery] string? epoch = null, [FromQuery] int limit = MostPerPage, [FromQuery] string? measured = null)
    {
        if (limit is < 1 or > MostPerPage || after < 0)
        {
            return Problems.Of(400, "query-invalid", $"limit is 1 to {MostPerPage}, after is 0 or a sequence number.");
        }

        if (measured is not (null or "" or "include" or "exclude"))
        {
            return Problems.Of(400, "query-invalid", "measured is include or exclude.");
        }

        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        // The head first: what the list holds beyond it would be no harm, what it lacks below it would be.
        batch.BatchCommands.Add(new("SELECT epoch, last, coalesce((SELECT min(seq) FROM events), last + 1) FROM event_head WHERE id = 1"));
        batch.BatchCommands.Add(Read(after, limit, user.Scope(), measured == "exclude" ? News : ""));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var (current, last, oldest) = (reader.GetGuid(0).ToString("N"), reader.GetInt64(1), reader.GetInt64(2));
        if (!string.IsNullOrEmpty(epoch) && epoch != current)
        {
            return Problems.Of(410, "epoch-changed", "The log began anew. Take the snapshot again.");
        }

        if (after > last || (after != 0 && after < oldest - 1))
        {
            return Problems.Of(410, "history-lost", $"The log holds {oldest} to {last}. Take the snapshot again.");
        }

        await reader.NextResultAsync(cancellation);
        await WriteAsync(context, reader, current, last, user.Scope().IsCity ? null : limit, cancellation);
        return TypedResults.Empty;
    }

    static async Task<IResult> Latest(
        HttpContext context, ClaimsPrincipal user, NpgsqlDataSource database, CancellationToken cancellation,
        [FromQuery] long? until = null, [FromQuery] string? epoch = null, [FromQuery] int limit = MostPerPage)
    {
        if (limit is < 1 or > MostPerPage || until < 0)
        {
            return Problems.Of(400, "query-invalid", $"limit is 1 to {MostPerPage}, until a sequence number.");
        }

        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new("SELECT epoch, last FROM event_head WHERE id = 1"));
        batch.BatchCommands.Add(ReadBack(until ?? long.MaxValue, limit, user.Scope()));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var (current, last) = (reader.GetGuid(0).ToString("N"), reader.GetInt64(1));
        if (!string.IsNullOrEmpty(epoch) && epoch != current)
        {
            return Problems.Of(410, "epoch-changed", "The log began anew. Take the snapshot again.");
        }

        await reader.NextResultAsync(cancellation);
        await WriteAsync(context, reader, current, last, null, cancellation);
        return TypedResults.Empty;
    }

    /// <summary>What concerns the whole city and tells nothing of any county: law, boundaries, the end of a simulation without its numbers.</summary>
    const string OfTheCity =
        $"('{EventTypes.ZonePublished}', '{EventTypes.ZoneRetired}', '{EventTypes.ParameterChanged}', '{EventTypes.SimulationCleared}', '{EventTypes.CountiesImported}')";

    /// <summary>Without what was only measured, which has an index of its own.</summary>
    const string News = $"AND type NOT IN ('{EventTypes.ReadingStored}', '{EventTypes.AirChanged}') ";

    static NpgsqlBatchCommand Read(long after, int limit, Scope scope, string kinds)
    {
        var command = new NpgsqlBatchCommand(scope.IsCity
            ? $"SELECT seq, at, type, county, subject_id, data::text FROM events WHERE seq > $1 {kinds}ORDER BY seq LIMIT $2"
            : $"""
                SELECT seq, at, type, county, subject_id, CASE type WHEN '{EventTypes.SimulationCleared}' THEN '{"{}"}' ELSE data::text END FROM events
                WHERE seq > $1 {kinds}AND (county = ANY($3) OR (county IS NULL AND type IN {OfTheCity})) ORDER BY seq LIMIT $2
                """)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = after }, new NpgsqlParameter<int> { TypedValue = limit } },
        };
        if (!scope.IsCity)
        {
            command.Parameters.Add(Data.Column.Texts(scope.Codes!));
        }

        return command;
    }

    static NpgsqlBatchCommand ReadBack(long until, int limit, Scope scope)
    {
        var command = new NpgsqlBatchCommand(
            $"""
            SELECT * FROM (
                SELECT seq, at, type, county, subject_id, {(scope.IsCity ? "data::text" : $"CASE type WHEN '{EventTypes.SimulationCleared}' THEN '{"{}"}' ELSE data::text END")} AS data FROM events
                WHERE seq <= $1 {News}{(scope.IsCity ? "" : $"AND (county = ANY($3) OR (county IS NULL AND type IN {OfTheCity}))")}
                ORDER BY seq DESC LIMIT $2) e
            ORDER BY seq
            """)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = until }, new NpgsqlParameter<int> { TypedValue = limit } },
        };
        if (!scope.IsCity)
        {
            command.Parameters.Add(Data.Column.Texts(scope.Codes!));
        }

        return command;
    }

    /// <param name="limit">Of a page that leaves out what lies elsewhere: it says how far it reaches, since its gaps cannot. Null for a page without gaps.</param>
    static async Task WriteAsync(HttpContext context, NpgsqlDataReader reader, string epoch, long last, int? limit, CancellationToken cancellation)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await using var json = Feature.Writer(context.Response.Body);
        json.WriteStartObject();
        json.WriteString("epoch", epoch);
        json.WriteStartArray("events");
        var (newest, told, count) = (last, 0L, 0);
        while (await reader.ReadAsync(cancellation))
        {
            (told, count) = (reader.GetInt64(0), count + 1);
            newest = Math.Max(newest, told);
            await WriteAsync(json, reader, cancellation);
            if (json.BytesPending > 32 * 1024)
            {
                await json.FlushAsync(cancellation);
            }
        }

        json.WriteEndArray();
        json.WriteNumber("last", newest);
        if (limit is not null)
        {
            json.WriteNumber("reaches", count == limit ? told : newest);
        }

        json.WriteEndObject();
    }

    static async Task WriteAsync(Utf8JsonWriter json, NpgsqlDataReader row, CancellationToken cancellation)
    {
        json.WriteStartObject();
        json.WriteNumber("seq", row.GetInt64(0));
        json.WriteTime("at", row.GetFieldValue<DateTimeOffset>(1));
        json.WriteString("type", row.GetString(2));
        json.WriteString("county", await row.IsDBNullAsync(3, cancellation) ? null : row.GetString(3));
        json.WriteString("id", row.GetString(4));
        json.WritePropertyName("data");
        json.WriteRawValue(row.GetString(5), skipInputValidation: true);
        json.WriteEndObject();
    }
}
