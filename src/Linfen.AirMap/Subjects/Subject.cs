using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Subjects;

/// <summary>
/// One thing of a register that rules may judge: a boiler, a site, a patch of land, a finding. What the kinds have in common are columns;
/// what they have by themselves are <see cref="Values"/>, described by the kind's <see cref="Register"/>.
/// </summary>
sealed class Subject
{
    public Guid Id { get; private set; }

    public string Kind { get; private set; } = "";

    /// <summary>What makes it the same thing when it comes again: the code, or name and place where there is none. Unique per kind and mark.</summary>
    public string Key { get; private set; } = "";

    /// <summary>编号, where the register has one.</summary>
    public string? Code { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>Six-digit code; null when it lies outside the city or its place is not known.</summary>
    public string? County { get; private set; }

    /// <summary>EPSG:4490; null when its place is not known.</summary>
    public Geometry? Shape { get; private set; }

    /// <summary>A point on it, for a sign on the map; of what has no place of its own, its parent's.</summary>
    public Point? Position { get; private set; }

    /// <summary>The site of a machine, monitor or inspection; the park of a station.</summary>
    public Guid? ParentId { get; private set; }

    /// <summary>JSON object, see <see cref="FieldValues"/>.</summary>
    public string Values { get; private set; } = "{}";

    /// <summary>When its present state began, in the world.</summary>
    public DateTimeOffset Since { get; private set; }

    /// <summary>Counts its versions from 1; the ETag.</summary>
    public int Version { get; private set; }

    public DateTimeOffset KnownAt { get; private set; }

    /// <summary>Commit time of this version.</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    public bool Simulated { get; private set; }

    FieldValues? fields;

    public FieldValues Fields => fields ??= new(Values);

    Subject()
    {
    }

    /// <param name="id">Given by the caller where it names its own rows (findings), else of version 7.</param>
    public static Subject Create(Guid id, SubjectDraft draft, Whereabouts where, DateTimeOffset knownAt)
    {
        var subject = new Subject { Id = id, Kind = draft.Kind, KnownAt = knownAt, Simulated = draft.Simulated };
        subject.Take(draft, where, draft.Since ?? knownAt, knownAt);
        return subject;
    }

    /// <summary>Whether the draft says anything else than is stored.</summary>
    public bool DiffersFrom(SubjectDraft draft) =>
        draft.Name != Name || draft.Code != Code || draft.ParentId != ParentId || draft.Values.Json != Values
        || !HasShape(draft.Shape)
        || (draft.Since is { } since && since != Since);

    /// <summary>The same vertices count as the same shape, wherever a ring begins and whichever way it runs: formats differ in that.</summary>
    public bool HasShape(Geometry? other) => (Shape, other) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        _ => Shape.EqualsExact(other) || (Shape is not Point && Shape.Normalized().EqualsExact(other.Normalized())),
    };

    /// <summary>Takes what the draft says as the next version.</summary>
    /// <param name="sameState">Nothing that rules weigh changed: the state then goes on since when it was.</param>
    public void Change(SubjectDraft draft, Whereabouts where, bool sameState, DateTimeOffset knownAt) =>
        Take(draft, where, draft.Since ?? (sameState ? Since : knownAt), knownAt);

    /// <summary>It lies elsewhere without an edit of its own: boundaries or its parent moved. Returns whether that is so.</summary>
    public bool Move(Whereabouts where, DateTimeOffset knownAt)
    {
        if (where.County == County && Equals(where.Position, Position))
        {
            return false;
        }

        (County, Position, Version, ChangedAt) = (where.County, where.Position, Version + 1, knownAt);
        return true;
    }

    void Take(SubjectDraft draft, Whereabouts where, DateTimeOffset since, DateTimeOffset knownAt)
    {
        (Key, Code, Name, Shape, ParentId, Values) = (draft.Key, draft.Code, draft.Name, draft.Shape, draft.ParentId, draft.Values.Json);
        (County, Position) = (where.County, where.Position);
        fields = draft.Values;
        (Since, Version, ChangedAt) = (since, Version + 1, knownAt);
    }
}

/// <summary>County and sign of a subject on the map.</summary>
readonly record struct Whereabouts(string? County, Point? Position);

/// <summary>What a caller, form or file says of a subject, read and checked.</summary>
/// <param name="Since">When the state began; null where nothing was said.</param>
sealed record SubjectDraft(
    string Kind, string Key, string? Code, string Name, Geometry? Shape, Guid? ParentId, FieldValues Values, DateTimeOffset? Since, bool Simulated);

/// <summary>One version of a subject as it was, kept for good: who changed what, when, from what.</summary>
sealed class SubjectVersion
{
    public Guid SubjectId { get; private set; }

    public int Version { get; private set; }

    public string Kind { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    /// <summary>created, changed, deleted.</summary>
    public string Action { get; private set; } = "";

    public string ChangedBy { get; private set; } = "";

    /// <summary>JSON: the GET representation after the change; of a deletion, before it.</summary>
    public string Data { get; private set; } = "{}";

    public bool Simulated { get; private set; }

    SubjectVersion()
    {
    }
}
