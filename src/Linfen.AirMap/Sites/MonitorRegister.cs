using Linfen.AirMap.Atlas;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Plan.Parameters;
using Linfen.AirMap.Subjects;

namespace Linfen.AirMap.Sites;

/// <summary>Online dust monitors (扬尘在线监测) of sites; whether one is silent is the site's affair (Art. 28).</summary>
sealed class MonitorRegister : Register
{
    public override string Kind => "monitor";

    public override string Path => "monitors";

    public override string Title => "扬尘在线监测";

    public override string TitleEn => "Dust monitors";

    public override string? ParentKind => "site";

    public override bool ConcernsParent => true;

    public override string Identity => "mn";

    public override IReadOnlyList<Field> Fields { get; } =
    [
        new("mn", FieldType.Text, "设备编号 MN", "Device number (MN)") { Required = true },
        new("installedOn", FieldType.Day, "安装日期", "Installed on"),
        new("lastDataAt", FieldType.Moment, "最近数据时间", "Last data"),
        new("vendor", FieldType.Text, "厂家", "Vendor"),
        // How it speaks HJ 212.
        new("dustUnit", FieldType.Choice, "颗粒物单位", "Unit of its dust values")
        {
            Options = [new("micrograms", "µg/m³", "µg/m³"), new("milligrams", "mg/m³", "mg/m³"), new("nanograms", "ng/m³", "ng/m³")],
        },
        new("crc", FieldType.Choice, "校验要求", "Check sum")
        {
            Options = [new("strict", "严格", "strict"), new("lenient", "宽松", "lenient")],
        },
        new("unflaggedCounts", FieldType.Flag, "无标记数据视为有效", "Values without a flag count"),
        new("password", FieldType.Secret, "通信密码 PW", "Password (PW)"),
        new("note", FieldType.Text, "备注", "Note"),
    ];

    /// <summary>
    /// One answer of the worst of its factors: one that violates, else one that is known not to, so that a factor without a background does
    /// not leave every monitor of a county open.
    /// </summary>
    public override IReadOnlyList<Decision> Decide(Dossier dossier, CityAtlas atlas, ParameterSet law, DateTimeOffset at)
    {
        var place = atlas.PlaceOf(dossier.Shape, dossier.Subject.Simulated, at);
        var decisions = dossier.Dust.GetValueOrDefault(dossier.Subject.Id, []).SelectMany(mean => RuleBook.Decide(
            new DustFacts
            {
                Place = place,
                Factor = mean.Factor,
                Average = mean.Average,
                Background = mean.Background,
                ValidMinutes = mean.ValidMinutes,
                ExceededBefore = mean.ExceededBefore,
                HourBelowSince = mean.BelowSince,
            },
            at,
            law));
        return [.. decisions.OrderByDescending(Weight).Take(1)];
    }

    static int Weight(Decision decision) => decision switch
    {
        Decision.Violation violation => 2 + (int)violation.Severity,
        Decision.Compliant => 1,
        _ => 0,
    };

    /// <summary>It speaks again since its last data.</summary>
    public override DateTimeOffset Since(Dossier dossier) =>
        dossier.LastDataOf(dossier.Subject) is { } heard && heard > dossier.Subject.Since ? heard : dossier.Subject.Since;

    public static MonitorFact Fact(Dossier site, Subject monitor) => new(
        monitor.Id,
        monitor.Name,
        site.LastDataOf(monitor),
        monitor.Fields.Day("installedOn") is { } day ? Beijing.StartOf(day) : monitor.KnownAt);
}
