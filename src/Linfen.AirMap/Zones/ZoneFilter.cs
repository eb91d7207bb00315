using System.Globalization;
using System.Security.Claims;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Subjects;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Zones;

/// <summary>The filters of the list beside the common ones.</summary>
public sealed record ZoneQuery
{
    [FromQuery(Name = "kind")]
    public string? Kind { get; init; }

    /// <summary>A day or an RFC 3339 time: what held on that Beijing day.</summary>
    [FromQuery(Name = "at")]
    public string? At { get; init; }

    [FromQuery(Name = "status")]
    public string? Status { get; init; }
}

/// <summary>A checked question for zones: which kinds, where, on which day.</summary>
/// <param name="Day">The day on which they hold; null for all of a status.</param>
/// <param name="After">The last row of the page before.</param>
/// <param name="DerivedAfter">How many of the derived ones came on pages before.</param>
sealed record ZoneFilter(
    ZoneKind? Kind, bool WithDrawn, bool WithDerived, DateOnly? Day, ZoneStatus? Status, ListQuery.Checked Page, ZoneFilter.Position? After, int DerivedAfter)
{
    /// <summary>Versions of one zone may change in one commit, so the place in the list names the version too.</summary>
    internal sealed record Position(DateTimeOffset ChangedAt, Guid Id, int Version);

    public static (ZoneFilter? Filter, string? Fault) Check(ListQuery query, ZoneQuery own, DateOnly today)
    {
        var (page, fault) = (query with { Cursor = null }).Check(Scope.City);
        if (page is null)
        {
            return (null, fault);
        }

        var derivedOnly = string.Equals(own.Kind?.Trim(), ZoneKinds.HeatRadius, StringComparison.OrdinalIgnoreCase);
        var kind = ZoneKinds.Find(own.Kind);
        if (!derivedOnly && kind is null && own.Kind is { Length: > 0 })
        {
            return (null, "kind is one of " + string.Join(", ", ZoneKinds.All.Select(k => k.Code)) + ".");
        }

        if (own.Status is not (null or "" or "draft" or "published" or "retired" or "all"))
        {
            return (null, "status is draft, published, retired or all.");
        }

        var day = own.At is { Length: > 0 } ? Times.Day(own.At) ?? Times.Day(own.At.Replace(' ', '+')) : null;
        if (own.At is { Length: > 0 } && day is null)
        {
            return (null, "at is a day such as 2024-05-31, or an RFC 3339 time with an offset.");
        }

        day ??= own.Status is { Length: > 0 } ? null : today;
        var (after, derived, good) = ReadCursor(query.Cursor);
        ZoneStatus? status = own.Status is null or "" or "all" ? null : Enum.Parse<ZoneStatus>(own.Status, ignoreCase: true);
        return good
            ? (new(kind, !derivedOnly, derivedOnly || (kind is null && status is null or ZoneStatus.Published), day, status, page, after, derived), null)
            : (null, "cursor is taken from the next link of the page before.");
    }

    /// <summary>Asks for what is or was law on a day, which is public.</summary>
    public bool IsOfLaw => Day is not null && Status is null or ZoneStatus.Published;

    /// <summary>Whoever may not read drafts gets what is law, whatever he asks for.</summary>
    public ZoneFilter SeenBy(ClaimsPrincipal user) => this with { WithoutDrafts = !user.May(Permission.ReadDrafts) || !user.Scope().IsCity };

    public bool WithoutDrafts { get; init; } = true;

    public IQueryable<ZoneVersion> Apply(IQueryable<ZoneVersion> zones, Geometry? county)
    {
        zones = Kind is { } kind ? zones.Where(z => z.Kind == kind) : zones;
        zones = Status is { } status ? zones.Where(z => z.Status == status) : zones;
        zones = Day is { } day ? zones.Where(z => z.EffectiveFrom <= day && (z.EffectiveTo == null || z.EffectiveTo >= day)) : zones;
        zones = WithoutDrafts ? zones.Where(z => z.Status != ZoneStatus.Draft) : zones;
        zones = Page.Box is { } box ? zones.Where(z => z.Shape.Intersects(box)) : zones;
        zones = county is null ? zones : zones.Where(z => z.Shape.Intersects(county) && !z.Shape.Touches(county));
        zones = Page.WithoutSimulated ? zones.Where(z => !z.Simulated) : Page.OnlySimulated ? zones.Where(z => z.Simulated) : zones;
        zones = After is { } after
            ? zones.Where(z => EF.Functions.LessThan(ValueTuple.Create(z.ChangedAt, z.Id, z.Version), ValueTuple.Create(after.ChangedAt, after.Id, after.Version)))
            : zones;
        return zones.OrderByDescending(z => z.ChangedAt).ThenByDescending(z => z.Id).ThenByDescending(z => z.Version);
    }

    public static string CursorAfter(ZoneVersion last) => string.Create(CultureInfo.InvariantCulture, $"{last.ChangedAt.UtcTicks}-{last.Id:N}-{last.Version}");

    public static string CursorAfterDerived(int count) => string.Create(CultureInfo.InvariantCulture, $"derived-{count}");

    static (Position? After, int Derived, bool Good) ReadCursor(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
        {
            return (null, 0, true);
        }

        var parts = cursor.Split('-');
        if (parts is ["derived", var count] && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var derived))
        {
            return (null, derived, derived > 0);
        }

        return parts is [var ticks, var id, var version]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var time) && time <= DateTimeOffset.MaxValue.UtcTicks
            && Guid.TryParseExact(id, "N", out var zone) && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? (new(new(time, TimeSpan.Zero), zone, number), 0, true)
                : (null, 0, false);
    }
}
