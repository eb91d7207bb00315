using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Hosting;

/// <summary>Where the rows of a list keep what every list is asked for, so that all lists filter, order and page alike.</summary>
/// <param name="place">Null where the rows have none.</param>
/// <param name="at">The list is newest first by this time, then by <paramref name="id"/>.</param>
sealed class ListColumns<T>(
    Expression<Func<T, string?>> county, Expression<Func<T, Geometry?>>? place, Expression<Func<T, DateTimeOffset>> at, Expression<Func<T, Guid>> id, Expression<Func<T, bool>> simulated)
{
    readonly Func<T, DateTimeOffset> atOf = at.Compile();
    readonly Func<T, Guid> idOf = id.Compile();

    /// <summary>What the query asks for, after its cursor; in any order.</summary>
    public IQueryable<T> Filter(IQueryable<T> rows, ListQuery.Checked page)
    {
        rows = page.Scope.Codes is { } own ? rows.Where(On(county, c => own.Contains(c))) : rows;
        rows = page.County is { } code ? rows.Where(On(county, c => c == code)) : rows;
        rows = page.Box is { } box && place is not null ? rows.Where(On(place, p => p!.Intersects(box))) : rows;
        rows = page.From is { } from ? rows.Where(On(at, t => t >= from)) : rows;
        rows = page.To is { } to ? rows.Where(On(at, t => t < to)) : rows;
        rows = page.WithoutSimulated ? rows.Where(On(simulated, s => !s)) : page.OnlySimulated ? rows.Where(simulated) : rows;
        return page.After is { } after ? rows.Where(After(after)) : rows;
    }

    public IOrderedQueryable<T> Order(IQueryable<T> rows) => rows.OrderByDescending(at).ThenByDescending(id);

    /// <summary>One page of rows that are filtered already, and the link to the next; null at the end.</summary>
    public async Task<(List<T> Rows, string? Next)> PageAsync(IQueryable<T> rows, ListQuery.Checked page, HttpRequest request, CancellationToken cancellation)
    {
        var found = await Order(rows).Take(page.Limit + 1).ToListAsync(cancellation);
        return found.Count > page.Limit
            ? (found[..page.Limit], NextLink.After(request, PositionOf(found[page.Limit - 1])))
            : (found, null);
    }

    public ListQuery.Position PositionOf(T row) => new(atOf(row), idOf(row));

    Expression<Func<T, bool>> After(ListQuery.Position after)
    {
        Expression<Func<DateTimeOffset, Guid, bool>> older = (t, i) => EF.Functions.LessThan(ValueTuple.Create(t, i), ValueTuple.Create(after.At, after.Id));
        var row = at.Parameters[0];
        var idOfRow = new Swap(id.Parameters[0], row).Visit(id.Body);
        return Expression.Lambda<Func<T, bool>>(new Swap(older.Parameters[1], idOfRow).Visit(new Swap(older.Parameters[0], at.Body).Visit(older.Body)), row);
    }

    static Expression<Func<T, bool>> On<TColumn>(Expression<Func<T, TColumn>> column, Expression<Func<TColumn, bool>> test) =>
        Expression.Lambda<Func<T, bool>>(new Swap(test.Parameters[0], column.Body).Visit(test.Body), column.Parameters);

    /// <summary>Puts a column in the place of a test's parameter.</summary>
    sealed class Swap(ParameterExpression parameter, Expression replacement) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? replacement : node;
    }
}
