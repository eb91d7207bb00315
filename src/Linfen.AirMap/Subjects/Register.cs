using Linfen.AirMap.Atlas;
using Linfen.AirMap.Events;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Subjects;

/// <summary>Which shapes a register takes.</summary>
[Flags]
enum ShapeKinds
{
    None = 0,
    Point = 1,
    Line = 2,
    Area = 4,
}

/// <summary>
/// A register (台账) of one kind of subject: where it is found, what columns it has, and how its entries come before the rule book.
/// The interface, forms, imports, exports and history of every register follow from this description.
/// </summary>
abstract class Register
{
    /// <summary>As in <c>violation.subject.kind</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Under <c>/api</c>, e.g. <c>heating/boilers</c>.</summary>
    public abstract string Path { get; }

    public abstract string Title { get; }

    public abstract string TitleEn { get; }

    public abstract IReadOnlyList<Field> Fields { get; }

    public virtual ShapeKinds Shapes => ShapeKinds.Point;

    /// <summary>Whether an entry may stay without a place (待核实) until it is known.</summary>
    public virtual bool PlaceRequired => false;

    /// <summary>The kind of the subject that it belongs to, such as the site of a machine; it then lies where that lies unless it says otherwise.</summary>
    public virtual string? ParentKind => null;

    /// <summary>Name under which the parent is told, e.g. <c>siteId</c>.</summary>
    public string? ParentField => ParentKind is null ? null : ParentKind + "Id";

    /// <summary>Whether the law itself rests on it (a plant's radius, a park's authority), so that others are to be judged again.</summary>
    public virtual bool MakesLaw => false;

    /// <summary>Whether an entry is judged together with its parent, such as a monitor that its site must have.</summary>
    public virtual bool ConcernsParent => false;

    /// <summary>Every rule that applies to the subject at a moment.</summary>
    public virtual IReadOnlyList<Decision> Decide(Dossier dossier, CityAtlas atlas, ParameterSet law, DateTimeOffset at) => [];

    /// <summary>Instants at which the same facts may be judged differently beside those of the law: a monitor that falls silent.</summary>
    public virtual IEnumerable<DateTimeOffset> Turns(Dossier dossier, ParameterSet law) => [];

    /// <summary>When the state that the rules weigh began, in the world.</summary>
    public virtual DateTimeOffset Since(Dossier dossier) => dossier.Subject.Since;

    /// <summary>Types of the events that tell of a new entry and of a changed one.</summary>
    public virtual (string Created, string Changed) Events => (EventTypes.SubjectChanged, EventTypes.SubjectChanged);

    /// <summary>Of which field the value alone makes it the same thing, wherever it stands: the number under which a device calls.</summary>
    public virtual string? Identity => null;

    /// <summary>What tells apart things of one name at one place: the plate of a machine, the time of an inspection.</summary>
    public virtual string? Distinction => null;

    /// <summary>Whether two versions weigh the same before the rules: texts may differ.</summary>
    public bool IsSameState(FieldValues one, FieldValues other) =>
        Fields.Where(f => f.Type is not (FieldType.Text or FieldType.Secret)).All(f => one.Text(f.Name) == other.Text(f.Name));

    public bool IsSecret(string field) => Fields.Any(f => f.Type == FieldType.Secret && f.Name == field);

    /// <summary>The draft with what it leaves as it is: secrets (<see cref="Field.Mask"/>), and what only steps set (<see cref="Field.ByStep"/>).</summary>
    public virtual SubjectDraft Completed(SubjectDraft draft, Subject? stored) =>
        draft with { Values = draft.Values.WithSecretsOf(Fields, stored?.Fields).WithStepsOf(Fields, stored?.Fields) };

    /// <summary>A fault of the values taken together, as a sentence; null when there is none.</summary>
    public virtual string? Fault(IReadOnlyDictionary<string, object?> values) => null;
}

/// <summary>A subject with those that are judged together with it.</summary>
/// <param name="LastData">Last data of devices, by subject.</param>
sealed record Dossier(Subject Subject, Subject? Parent, IReadOnlyList<Subject> Children, IReadOnlyDictionary<Guid, DateTimeOffset> LastData)
{
    /// <summary>What dust monitors of the family measured, by subject.</summary>
    public IReadOnlyDictionary<Guid, IReadOnlyList<DustMean>> Dust { get; init; } = NoDust;

    static readonly IReadOnlyDictionary<Guid, IReadOnlyList<DustMean>> NoDust = new Dictionary<Guid, IReadOnlyList<DustMean>>();

    /// <summary>When a device of the family last delivered; a time that its register entry states counts as well.</summary>
    public DateTimeOffset? LastDataOf(Subject device)
    {
        var stated = device.Fields.Moment("lastDataAt");
        return LastData.TryGetValue(device.Id, out var heard) && (stated is null || heard > stated) ? heard : stated;
    }

    /// <summary>Its own shape, or its parent's.</summary>
    public NetTopologySuite.Geometries.Geometry? Shape => Subject.Shape ?? Parent?.Shape;

    public IEnumerable<Subject> Of(string kind) => Children.Where(c => c.Kind == kind);
}

/// <summary>All registers.</summary>
sealed class RegisterBook(IEnumerable<Register> registers)
{
    public IReadOnlyList<Register> All { get; } = [.. registers];

    public Register? Find(string kind) => All.FirstOrDefault(r => r.Kind == kind);

    public Register Of(Subject subject) => Find(subject.Kind) ?? throw new InvalidOperationException($"There is no register of '{subject.Kind}'.");
}
