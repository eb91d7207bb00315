using Linfen.AirMap.Atlas;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Plan.Parameters;
using Linfen.AirMap.Subjects;

namespace Linfen.AirMap.Sites;

/// <summary>Construction sites (施工工地), judged together with their monitors and last inspection under Article 28.</summary>
sealed class SiteRegister : Register
{
    const string Silence = "A28.Monitoring.Silence";

    public override string Kind => "site";

    public override string Path => "sites";

    public override string Title => "施工工地";

    public override string TitleEn => "Construction sites";

    public override ShapeKinds Shapes => ShapeKinds.Point | ShapeKinds.Area;

    public override IReadOnlyList<Field> Fields { get; } =
    [
        Field.Of<SiteStatus>("status", "状态", "Status",
            (SiteStatus.Active, "施工中", "active"), (SiteStatus.Paused, "停工", "paused"), (SiteStatus.Finished, "完工", "finished")),
        new("areaSquareMetres", FieldType.Number, "占地面积", "Area") { Unit = "m²", Least = 0, Most = 100_000_000, Aliases = ["area", "面积", "建筑面积"] },
        new("video", FieldType.Flag, "视频监控", "Video"),
        new("developer", FieldType.Text, "建设单位", "Developer"),
        new("contractor", FieldType.Text, "施工单位", "Contractor"),
        new("note", FieldType.Text, "备注", "Note"),
    ];

    public override IReadOnlyList<Decision> Decide(Dossier dossier, CityAtlas atlas, ParameterSet law, DateTimeOffset at)
    {
        var (subject, fields) = (dossier.Subject, dossier.Subject.Fields);
        return RuleBook.Decide(
            new SiteFacts
            {
                Place = atlas.PlaceOf(dossier.Shape, subject.Simulated, at),
                Status = fields.Choice<SiteStatus>("status"),
                AreaSquareMetres = fields.Number("areaSquareMetres"),
                Video = fields.Flag("video"),
                Monitors = [.. dossier.Of("monitor").Select(m => MonitorRegister.Fact(dossier, m))],
                LastInspection = InspectionRegister.Last(dossier, at),
            },
            at,
            law);
    }

    /// <summary>Each monitor falls silent so long after its last data.</summary>
    public override IEnumerable<DateTimeOffset> Turns(Dossier dossier, ParameterSet law)
    {
        var limits = law.Find(Silence)?.Values.Select(v => v.Value).OfType<ParameterValue.Number>().Select(n => TimeSpan.FromHours((double)n.Value)).ToList() ?? [];
        // One tick later: the limit itself is still kept.
        return dossier.Of("monitor").Select(m => MonitorRegister.Fact(dossier, m))
            .SelectMany(m => limits.Select(limit => (m.LastDataAt ?? m.InstalledAt) + limit + TimeSpan.FromMicroseconds(1)))
            .Concat(dossier.Of("inspection").Select(InspectionRegister.At));
    }
}
