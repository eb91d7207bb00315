using Linfen.AirMap.Plan;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Zones;

enum ZoneStatus : short
{
    Draft,
    Published,

    /// <summary>Taken back before or after its time; its days up to then stay history.</summary>
    Retired,
}

/// <summary>
/// One version of a zone: its kind, geometry and the document that put it in force. A published version's shape never changes; what
/// follows is another version. What may still move is its last day.
/// </summary>
sealed class ZoneVersion
{
    /// <summary>The zone; with <see cref="Version"/> the key.</summary>
    public Guid Id { get; private set; }

    public int Version { get; private set; }

    public ZoneKind Kind { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>EPSG:4490.</summary>
    public MultiPolygon Shape { get; private set; } = MultiPolygon.Empty;

    public ZoneStatus Status { get; private set; }

    /// <summary>文号</summary>
    public string? DocumentNumber { get; private set; }

    /// <summary>First Beijing day in force.</summary>
    public DateOnly? EffectiveFrom { get; private set; }

    /// <summary>Last Beijing day in force; null without an end.</summary>
    public DateOnly? EffectiveTo { get; private set; }

    /// <summary>Why it begins in the past, or why it was retired.</summary>
    public string? Reason { get; private set; }

    /// <summary>Of an industrial park: who answers inside it.</summary>
    public string? Authority { get; private set; }

    /// <summary>Of a control zone of machinery: the lowest China stage allowed.</summary>
    public int? MinimumStage { get; private set; }

    public string? Note { get; private set; }

    public string ChangedBy { get; private set; } = "";

    /// <summary>Counts every change of this row; the ETag together with the version.</summary>
    public int Revision { get; private set; }

    public DateTimeOffset KnownAt { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    public bool Simulated { get; private set; }

    public string ETag => $"\"{Version}.{Revision}\"";

    ZoneVersion()
    {
    }

    public static ZoneVersion Draft(Guid id, int version, ZoneDraft draft, string by, DateTimeOffset knownAt)
    {
        var zone = new ZoneVersion { Id = id, Version = version, Kind = draft.Kind, Simulated = draft.Simulated, KnownAt = knownAt };
        zone.Redraw(draft, by, knownAt);
        return zone;
    }

    /// <summary>Only a draft is drawn again.</summary>
    public bool Redraw(ZoneDraft draft, string by, DateTimeOffset knownAt)
    {
        if (Status != ZoneStatus.Draft)
        {
            return false;
        }

        (Name, Shape, Authority, MinimumStage, Note) = (draft.Name, draft.Shape, draft.Authority, draft.MinimumStage, draft.Note);
        Touched(by, knownAt);
        return true;
    }

    public bool Publish(string documentNumber, DateOnly from, DateOnly? to, string? reason, string by, DateTimeOffset knownAt)
    {
        if (Status != ZoneStatus.Draft)
        {
            return false;
        }

        (Status, DocumentNumber, EffectiveFrom, EffectiveTo, Reason) = (ZoneStatus.Published, documentNumber, from, to, reason);
        Touched(by, knownAt);
        return true;
    }

    /// <summary>The version that follows it begins: its last day is the one before.</summary>
    public bool EndBefore(DateOnly next, string by, DateTimeOffset knownAt)
    {
        if (EffectiveFrom is null || EffectiveTo < next)
        {
            return false;
        }

        EffectiveTo = next.AddDays(-1);
        Touched(by, knownAt);
        return true;
    }

    /// <summary>Takes it out of force after <paramref name="lastDay"/>; a lastDay before its first means that it never was.</summary>
    public bool Retire(DateOnly lastDay, string? reason, string by, DateTimeOffset knownAt)
    {
        if (Status == ZoneStatus.Retired)
        {
            return false;
        }

        if (Status == ZoneStatus.Published && (EffectiveTo is null || EffectiveTo > lastDay))
        {
            EffectiveTo = lastDay;
        }

        (Status, Reason) = (ZoneStatus.Retired, reason ?? Reason);
        Touched(by, knownAt);
        return true;
    }

    /// <summary>In force on some day: published, or retired after it had been.</summary>
    public bool WasEverInForce => EffectiveFrom is { } from && (EffectiveTo is not { } to || to >= from);

    void Touched(string by, DateTimeOffset knownAt) => (ChangedBy, ChangedAt, Revision) = (by, knownAt, Revision + 1);
}

/// <summary>What a planner or file says of a zone, read and checked.</summary>
sealed record ZoneDraft(
    ZoneKind Kind, string Name, MultiPolygon Shape, string? Authority, int? MinimumStage, string? Note, bool Simulated);
