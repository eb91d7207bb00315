using Linfen.AirMap.Atlas;
using Linfen.AirMap.Events;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Plan.Parameters;
using Linfen.AirMap.Subjects;

namespace Linfen.AirMap.Findings;

/// <summary>What patrols and the public find (巡查发现、群众举报): filed once, then confirmed or dismissed, and followed until it is rectified.</summary>
sealed class FindingRegister : Register
{
    public const string KindName = "finding";

    /// <summary>What was filed; these values never change again.</summary>
    public static IReadOnlyList<Field> Filed { get; } =
    [
        new("kind", FieldType.Text, "发现类型", "Kind") { Required = true },
        new("at", FieldType.Moment, "发现时间", "Found at") { Required = true },
        new("filedBy", FieldType.Choice, "来源", "Filed by") { Required = true, Options = [new("patrol", "巡查", "patrol"), new("public", "群众", "public")] },
        new("text", FieldType.Text, "描述", "Text"),
        new("accuracyMetres", FieldType.Number, "定位精度", "Accuracy") { Unit = "m", Least = 0, Most = 100_000 },
        new("photos", FieldType.Text, "照片", "Photos"),
    ];

    public override string Kind => KindName;

    /// <summary>None: findings are filed and followed, not edited.</summary>
    public override string Path => "";

    public override string Title => "巡查发现与群众举报";

    public override string TitleEn => "Findings";

    public override bool PlaceRequired => true;

    public override (string Created, string Changed) Events => (EventTypes.FindingFiled, EventTypes.FindingChanged);

    public override IReadOnlyList<Field> Fields { get; } =
    [
        .. Filed,
        Field.Of<FindingState>("state", "状态", "State",
            (FindingState.Filed, "已上报", "filed"), (FindingState.Confirmed, "已核实", "confirmed"), (FindingState.Rectified, "已整改", "rectified"), (FindingState.Dismissed, "不属实", "dismissed")),
        .. FindingStep.All.SelectMany(step => step.Fields),
    ];

    public override IReadOnlyList<Decision> Decide(Dossier dossier, CityAtlas atlas, ParameterSet law, DateTimeOffset at)
    {
        var (subject, fields) = (dossier.Subject, dossier.Subject.Fields);
        var (kind, found) = (fields.Text("kind")!, fields.Moment("at")!.Value);
        // An act belongs to the zones of its own day, whatever is published later; what lasts lies in those of the day that is asked about.
        var momentary = FindingKinds.Find(kind) is { Continuing: false };
        return RuleBook.Decide(
            new FindingFacts
            {
                Place = atlas.PlaceOf(dossier.Shape, subject.Simulated, momentary && at > found ? found : at),
                Kind = kind,
                At = found,
                State = StateOf(subject),
                Patrol = fields.Text("filedBy") == "patrol",
            },
            at,
            law);
    }

    /// <summary>It was there when it was found, and until it was mended or found to be none.</summary>
    public override DateTimeOffset Since(Dossier dossier) =>
        FindingStep.All.FirstOrDefault(s => s.Ends && s.To == StateOf(dossier.Subject)) is { } step ? dossier.Subject.Fields.Moment(step.AtField) ?? dossier.Subject.Since : dossier.Subject.Since;

    public static FindingState StateOf(Subject subject) => subject.Fields.Choice<FindingState>("state") ?? FindingState.Filed;
}

/// <summary>A step that a finding takes after it was filed.</summary>
/// <param name="Name">In the address.</param>
/// <param name="From">States from which it may be taken.</param>
/// <param name="Ends">Whether the finding is settled by it.</param>
sealed record FindingStep(string Name, string Title, FindingState To, IReadOnlyList<FindingState> From, bool Ends)
{
    public static IReadOnlyList<FindingStep> All { get; } =
    [
        new("confirm", "核实", FindingState.Confirmed, [FindingState.Filed], false),
        new("dismiss", "不属实", FindingState.Dismissed, [FindingState.Filed, FindingState.Confirmed], true),
        new("rectify", "整改", FindingState.Rectified, [FindingState.Filed, FindingState.Confirmed], true),
    ];

    string Prefix => To.ToString().ToLowerInvariant();

    public string AtField => Prefix + "At";

    public string ReasonField => Prefix + "Reason";

    public string PhotosField => Prefix + "Photos";

    public IReadOnlyList<Field> Fields =>
    [
        new(AtField, FieldType.Moment, Title + "时间", Name + " at"),
        new(ReasonField, FieldType.Text, Title + "说明", Name + " reason"),
        new(PhotosField, FieldType.Text, Title + "照片", Name + " photos"),
    ];

    /// <summary>A report of the public is first confirmed: otherwise what was mended would never have been a violation.</summary>
    public bool MayFollow(Subject finding) => From.Contains(FindingRegister.StateOf(finding))
        && !(To == FindingState.Rectified && FindingRegister.StateOf(finding) == FindingState.Filed && finding.Fields.Text("filedBy") == "public");
}
