using Linfen.AirMap.Atlas;
using Linfen.AirMap.Events;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Plan.Parameters;
using Linfen.AirMap.Subjects;

namespace Linfen.AirMap.Air;

/// <summary>
/// The air of each county that has a station, and of the development zone (Art. 39). Nobody edits it: it is computed from the values of
/// stations, and an entry like any other, so that a change of law or clock brings it before the rules.
/// </summary>
sealed class CountyAirRegister : Register
{
    public const string KindName = "county";

    /// <summary>The one park that Article 39 names beside the counties.</summary>
    public const string DevelopmentZone = "临汾经济开发区";

    public override string Kind => KindName;

    /// <summary>None: it is read at <c>/api/air</c>.</summary>
    public override string Path => "";

    public override string Title => "县（市、区）空气质量";

    public override string TitleEn => "Air of the counties";

    public override ShapeKinds Shapes => ShapeKinds.None;

    public override (string Created, string Changed) Events => (EventTypes.AirChanged, EventTypes.AirChanged);

    public override IReadOnlyList<Field> Fields { get; } =
    [
        new("annualMean", FieldType.Number, "PM2.5 滚动年均浓度", "Running annual mean of PM2.5") { Unit = "µg/m³" },
        new("validDays", FieldType.Integer, "有效日数", "Valid days"),
        new("lastDay", FieldType.Day, "最近有效日", "Last valid day"),
        new("developmentZone", FieldType.Flag, "经济开发区", "Development zone"),
    ];

    public override IReadOnlyList<Decision> Decide(Dossier dossier, CityAtlas atlas, ParameterSet law, DateTimeOffset at)
    {
        var (subject, fields) = (dossier.Subject, dossier.Subject.Fields);
        return subject.County is null ? [] : RuleBook.Decide(
            new CountyAirFacts
            {
                County = subject.County,
                AnnualMean = (double?)fields.Number("annualMean"),
                ValidDays = fields.Integer("validDays") ?? 0,
                DevelopmentZone = fields.Flag("developmentZone") == true,
            },
            at,
            law);
    }

    /// <summary>The mean is what it is since its last day was over.</summary>
    public override DateTimeOffset Since(Dossier dossier)
    {
        var since = dossier.Subject.Fields.Day("lastDay") is { } day ? Beijing.After(day) : dossier.Subject.Since;
        return since < dossier.Subject.ChangedAt ? since.ToUniversalTime() : dossier.Subject.ChangedAt;
    }
}
