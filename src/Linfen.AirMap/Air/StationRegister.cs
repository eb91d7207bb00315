using Linfen.AirMap.Atlas;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Plan.Parameters;
using Linfen.AirMap.Subjects;

namespace Linfen.AirMap.Air;

/// <summary>Air-quality stations (空气站), under Article 41.</summary>
sealed class StationRegister : Register
{
    /// <summary>As in <see cref="Kind"/>.</summary>
    public const string StationKindName = "station";

    const string Silence = "A41.Station.Silence";

    public override string Kind => StationKindName;

    public override string Path => "stations";

    public override string Title => "空气质量监测站";

    public override string TitleEn => "Air-quality stations";

    public override string? ParentKind => "park";

    public override bool ConcernsParent => true;

    public override IReadOnlyList<Field> Fields { get; } =
    [
        Field.Of<StationKind>("kind", "站点类型", "Kind",
            (StationKind.Township, "乡镇站", "township"), (StationKind.Park, "园区站", "park"), (StationKind.County, "县级站", "county"), (StationKind.Other, "其他", "other")),
        new("online", FieldType.Flag, "已联网", "Online"),
        new("installedOn", FieldType.Day, "建成日期", "Installed on"),
        new("lastDataAt", FieldType.Moment, "最近数据时间", "Last data"),
        new("township", FieldType.Text, "乡镇（街道）", "Township"),
        new("note", FieldType.Text, "备注", "Note"),
    ];

    public override IReadOnlyList<Decision> Decide(Dossier dossier, CityAtlas atlas, ParameterSet law, DateTimeOffset at)
    {
        var (subject, fields) = (dossier.Subject, dossier.Subject.Fields);
        return RuleBook.Decide(
            new StationFacts
            {
                Place = atlas.PlaceOf(dossier.Shape, subject.Simulated, at),
                Kind = fields.Choice<StationKind>("kind"),
                Online = fields.Flag("online"),
                LastDataAt = dossier.LastDataOf(subject),
                InstalledAt = InstalledAt(subject),
            },
            at,
            law);
    }

    /// <summary>It falls silent so long after its last data.</summary>
    public override IEnumerable<DateTimeOffset> Turns(Dossier dossier, ParameterSet law) =>
        law.Find(Silence)?.Values.Select(v => v.Value).OfType<ParameterValue.Number>()
            // One tick later: the limit itself is still kept.
            .Select(n => (dossier.LastDataOf(dossier.Subject) ?? InstalledAt(dossier.Subject)) + TimeSpan.FromHours((double)n.Value) + TimeSpan.FromMicroseconds(1)) ?? [];

    /// <summary>Data that flow are part of its state: what their return ends, ends with it.</summary>
    public override DateTimeOffset Since(Dossier dossier) =>
        dossier.LastDataOf(dossier.Subject) is { } heard && heard > dossier.Subject.Since ? heard : dossier.Subject.Since;

    static DateTimeOffset InstalledAt(Subject station) => station.Fields.Day("installedOn") is { } day ? Beijing.StartOf(day) : station.KnownAt;
}
