using System.Text.Json;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using Npgsql;

namespace Linfen.AirMap.Replay;

/// <summary>
/// A page of a list as it was known at a moment: rows that have not moved since, and what the log tells of the others. Both are ordered and
/// cut as every list is.
/// </summary>
/// <param name="kind">Of the events that tell of it.</param>
/// <param name="at">Name of the property that orders the list.</param>
/// <param name="write">Writes a row that has not moved.</param>
/// <param name="untold">What has moved since, and of which the log tells nothing as it was then; null where that cannot be.</param>
sealed class ReplayedList<T>(
    string kind, string at, ListColumns<T> columns, Action<Utf8JsonWriter, T> write, Func<KnownThen, CancellationToken, Task<IEnumerable<ToldThing>>>? untold = null)
    where T : class
{
    readonly string asThenSql = KnownThen.RowsAsThen(kind);

    sealed record Line(ListQuery.Position Position, Action<Utf8JsonWriter> Write);

    /// <summary>Null when the log no longer reaches back so far.</summary>
    /// <param name="asThen">Which of the rows that have not moved since are asked for.</param>
    /// <param name="holds">The same for what the log tells.</param>
    public async Task<FeatureCollectionResult?> PageAsync(
        DateTimeOffset moment, ListQuery.Checked page, Func<IQueryable<T>, IQueryable<T>> asThen, Func<ToldThing, bool> holds, HttpRequest request, AirMapDb db, CancellationToken cancellation)
    {
        await using var view = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        if (await KnownThen.FindAsync(connection, moment, cancellation) is not { } then)
        {
            return null;
        }

        var still = db.Set<T>().FromSqlRaw(asThenSql, then.Place.Seq).AsNoTracking();
        var rows = await columns.Order(asThen(columns.Filter(still, page))).Take(page.Limit + 1).ToListAsync(cancellation);
        var told = await then.ToldAsync(connection, kind, cancellation);
        told.AddRange(untold is null ? [] : await untold(then, cancellation));
        List<Line> lines =
        [
            .. rows.Select(row => new Line(columns.PositionOf(row), json => write(json, row))),
            .. told.Where(t => IsOnPage(t, page) && holds(t)).Select(t => new Line(new(t.Time(at), t.Id), json => json.WriteRawValue(t.Data, skipInputValidation: true))),
        ];
        var ordered = lines.OrderByDescending(l => l.Position.At).ThenByDescending(l => l.Position.Id).ToList();
        var shown = ordered.Count > page.Limit ? ordered[..page.Limit] : ordered;
        var next = ordered.Count > page.Limit ? NextLink.After(request, shown[^1].Position) : null;
        return new(shown.ConvertAll(l => l.Write), next, then.Place);
    }

    bool IsOnPage(ToldThing told, ListQuery.Checked page)
    {
        var (time, place) = (told.Time(at), told.Place);
        return page.Scope.Holds(told.County)
            && (page.County is null || page.County == told.County)
            && (page.Box is null || page.Box.Intersects(Database.Geometry.CreatePoint(new Coordinate(place.Lon, place.Lat))))
            && (page.From is null || time >= page.From) && (page.To is null || time < page.To)
            && !(page.WithoutSimulated && told.Simulated) && (!page.OnlySimulated || told.Simulated)
            && (page.After is not { } after || time < after.At || (time == after.At && told.Id.CompareTo(after.Id) < 0));
    }
}
