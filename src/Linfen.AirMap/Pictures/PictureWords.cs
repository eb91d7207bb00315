using System.Globalization;
using Linfen.AirMap.Counties;
using Linfen.AirMap.Plan;

namespace Linfen.AirMap.Pictures;

/// <summary>The words of a picture in one language.</summary>
sealed class PictureWords(bool english)
{
    public string Product => english ? "LINFEN AIR MAP" : "临汾大气一张图";

    public string Title(County? focus) => focus is null
        ? english ? "Air violations and fires in Linfen" : "临汾市大气违规与火点分布图"
        : english ? $"Air violations and fires in {NameOf(focus)}" : $"{focus.Name}大气违规与火点分布图";

    /// <summary>In Beijing time.</summary>
    public string Moment(DateTimeOffset at, bool isPast)
    {
        var time = at.ToOffset(Beijing.Offset);
        return english
            ? time.ToString("ddd d MMM yyyy, HH:mm", CultureInfo.InvariantCulture) + " Beijing time" + (isPast ? ", as known then" : "")
            : $"{time:yyyy年M月d日} {Weekdays[(int)time.DayOfWeek]} {time:HH:mm}（北京时间{(isPast ? "，按当时所知" : "")}）";
    }

    static readonly string[] Weekdays = ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"];

    /// <summary>What a reader who sees some counties only has summed up; empty for the city.</summary>
    public string Counted(IReadOnlyList<County> told, bool isWhole) => isWhole ? ""
        : told.Count == 0 ? english ? "No county of your own" : "无管辖县（市、区）"
        : english ? $"Counted: {string.Join(", ", told.Take(3).Select(NameOf))}{(told.Count > 3 ? $" and {told.Count - 3} more" : "")}"
        : $"统计范围：{string.Join("、", told.Take(3).Select(NameOf))}{(told.Count > 3 ? $"等 {told.Count} 个县（市、区）" : "")}";

    public string NameOf(County county) => english && county.NameEn.Length > 0 ? county.NameEn : county.Name;

    public string Burning => english ? "Burning" : "正在燃烧";

    public string Critical => english ? "Critical" : "严重";

    public string Overdue => english ? "Overdue" : "超期未办结";

    public string Open => english ? "Open" : "未办结违规";

    public string Legend => english ? "Legend" : "图例";

    public string Ramp => english ? "Open violations by county" : "各县（市、区）未办结违规数";

    public string Confirmed => english ? "Confirmed fire" : "已核实火点";

    public string Suspected => english ? "Suspected fire" : "疑似火点";

    public string Cut(int drawn) => english ? $"Only the newest {drawn} fires are drawn" : $"火点较多，仅绘最新 {drawn} 处";

    public string Counties => english ? "Counties" : "分县统计";

    public string Articles => english ? "Open by rule" : "未办结违规（按条款）";

    public (string Name, string Open, string Overdue, string Fires) Columns => english ? ("County", "Open", "Overdue", "Fires") : ("县（市、区）", "未办结", "超期", "火点");

    public string Article(int number, string title) => english ? $"Art. {number}  {title}" : $"第{number}条  {title}";

    public string Facts => english ? "The county" : "本县（市、区）";

    /// <summary>What else is told of one county; a dash where the past does not tell it.</summary>
    public IEnumerable<(string Name, string Value)> FactsOf(County county, CountySummary summary) =>
    [
        (english ? "Opened today" : "今日新增", Text(summary.OpenedToday)),
        (english ? "Closed today" : "今日办结", Text(summary.ClosedToday)),
        (english ? "Waiting for a fact" : "待核实", summary.Undecidable is { } undecidable ? Text(undecidable) : "–"),
        (english ? "Industrial heat, seen now" : "已归因工业热源", Text(summary.Attributed)),
        (english ? "Area" : "面积", string.Create(CultureInfo.InvariantCulture, $"{county.AreaSquareKilometres:N0} {(english ? "km²" : "平方千米")}")),
        (english ? "Responsible" : "责任单位", ResponsibleUnit.For(county.Name)),
    ];

    static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);

    public string Nothing => english ? "Nothing open" : "无未办结违规";

    public string Simulated => english ? "Contains simulated data" : "含模拟数据";

    public string North => english ? "N" : "北";

    public string Kilometres => english ? "km" : "千米";

    /// <param name="isShort">Where there is no room for more.</param>
    public string Source(long seq, bool isShort) => (english, isShort) switch
    {
        (true, true) => $"Linfen Air Map, log {seq}. Boundaries without legal force.",
        (true, false) => $"Source: Linfen Air Map, log {seq}. Boundaries are for orientation only, without legal force. CGCS2000, equidistant cylindrical projection.",
        (false, true) => $"数据：临汾大气一张图（日志第 {seq} 号）　县界仅供示意",
        (false, false) => $"数据来源：临汾大气一张图（日志第 {seq} 号）　县界仅供示意，不作划界依据　坐标 CGCS2000，等距圆柱投影",
    };
}
