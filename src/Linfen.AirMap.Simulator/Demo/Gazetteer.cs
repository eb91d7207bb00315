using Linfen.AirMap.Geo;

namespace Linfen.AirMap.Simulator.Demo;

/// <summary>A county as people know it.</summary>
/// <param name="Seat">Centre of its town, to about a kilometre.</param>
/// <param name="Weight">How much of the city's building and burning happens there, in percent or so.</param>
/// <param name="Townships">Some of its towns and townships; the first is the seat.</param>
sealed record CountyFacts(string Code, LonLat Seat, int Weight, params string[] Townships);

/// <summary>Names and places of Linfen that are facts; where exactly things lie in them is invented.</summary>
static class Gazetteer
{
    /// <summary>尧都区, the city proper.</summary>
    public const string Yaodu = "141002";

    /// <summary>As many township stations as Art. 41 plans: 71.</summary>
    public static IReadOnlyList<CountyFacts> Counties { get; } =
    [
        new(Yaodu, new(111.520, 36.090), 22, "尧庙镇", "屯里镇", "乔李镇", "大阳镇", "县底镇", "刘村镇", "金殿镇", "土门镇"),
        new("141021", new(111.476, 35.641), 6, "乐昌镇", "史村镇", "高显镇", "曲村镇"),
        new("141022", new(111.718, 35.738), 7, "唐兴镇", "南梁镇", "里砦镇", "隆化镇", "桥上镇"),
        new("141023", new(111.442, 35.876), 10, "新城镇", "邓庄镇", "襄陵镇", "汾城镇", "古城镇", "南贾镇"),
        new("141024", new(111.675, 36.254), 14, "大槐树镇", "甘亭镇", "广胜寺镇", "赵城镇", "明姜镇", "曲亭镇", "万安镇"),
        new("141025", new(111.920, 36.267), 3, "岳阳镇", "北平镇", "古阳镇"),
        new("141026", new(112.250, 36.148), 3, "府城镇", "和川镇", "唐城镇", "冀氏镇"),
        new("141027", new(111.848, 35.968), 3, "天坛镇", "响水河镇", "张庄镇", "北王镇"),
        new("141028", new(110.682, 36.098), 2, "吉昌镇", "屯里镇", "壶口镇", "中垛乡"),
        new("141029", new(110.847, 35.970), 5, "昌宁镇", "光华镇", "台头镇", "管头镇"),
        new("141030", new(110.753, 36.465), 2, "昕水镇", "曲峨镇", "三多乡"),
        new("141031", new(110.940, 36.693), 3, "龙泉镇", "午城镇", "黄土镇"),
        new("141032", new(110.632, 36.760), 2, "芝河镇", "桑壁镇", "坡头乡"),
        new("141033", new(111.097, 36.412), 3, "蒲城镇", "薛关镇", "黑龙关镇"),
        new("141034", new(111.564, 36.653), 3, "永安镇", "对竹镇", "勍香镇"),
        new("141081", new(111.372, 35.619), 6, "新田乡", "高村乡", "凤城乡"),
        new("141082", new(111.755, 36.569), 7, "白龙镇", "辛置镇", "大张镇", "李曹镇"),
    ];

    /// <summary>The city proper, drawn by hand along the river in the west and the hills in the east; not the official outline.</summary>
    public static IReadOnlyList<LonLat> UrbanOutline { get; } =
    [
        new(111.4783, 36.0581), new(111.4741, 36.0738), new(111.4808, 36.0902), new(111.4779, 36.1067), new(111.4872, 36.1204), new(111.5031, 36.1262),
        new(111.5164, 36.1227), new(111.5289, 36.1291), new(111.5447, 36.1248), new(111.5512, 36.1119), new(111.5628, 36.1032), new(111.5597, 36.0884),
        new(111.5534, 36.0791), new(111.5561, 36.0645), new(111.5423, 36.0537), new(111.5274, 36.0556), new(111.5163, 36.0502), new(111.4998, 36.0517),
        new(111.4907, 36.0563),
    ];

    /// <summary>Longitude of the South Tongpu railway through the city, roughly: Art. 29 divides the sweeping along it.</summary>
    public const double RailwayLon = 111.5125;

    /// <summary>Streets of the city and which way they run, in degrees from north.</summary>
    public static IReadOnlyList<(string Name, double Bearing)> Streets { get; } =
    [
        ("鼓楼北大街", 5), ("鼓楼南大街", 185), ("鼓楼东大街", 95), ("鼓楼西大街", 275), ("解放东路", 92), ("解放西路", 272), ("平阳北街", 3), ("平阳南街", 183),
        ("滨河东路", 12), ("滨河西路", 10), ("河汾路", 96), ("五一东路", 90), ("五一西路", 270), ("向阳路", 94), ("迎春北街", 2), ("迎春南街", 182), ("广宣街", 6),
        ("尧贤街", 88), ("洪武路", 91), ("中大街", 4), ("秦蜀路", 8), ("福利路", 98), ("二中路", 86), ("兴荣街", 93),
    ];

    /// <summary>The seven key parks of Art. 41: name, county, and where from its seat (degrees from north, metres).</summary>
    public static IReadOnlyList<(string Name, string County, double Bearing, double Metres)> Parks { get; } =
    [
        ("临汾经济开发区", Yaodu, 22, 5_600), ("洪洞经济技术开发区", "141024", 195, 6_200), ("襄汾经济技术开发区", "141023", 160, 5_100),
        ("曲沃经济技术开发区", "141021", 300, 4_400), ("侯马经济开发区", "141081", 60, 2_900), ("霍州经济技术开发区", "141082", 215, 5_400),
        ("尧都高新技术产业开发区", Yaodu, 250, 8_300),
    ];

    /// <summary>Of the parks only this one's authority answers in place of the county's government.</summary>
    public static string? AuthorityOf(string park) => park == "临汾经济开发区" ? park + "管理委员会" : null;
}
