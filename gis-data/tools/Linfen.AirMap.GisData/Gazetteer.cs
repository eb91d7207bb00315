namespace Linfen.AirMap.GisData;

/// <summary>The 17 counties of Linfen by GB/T 2260 code.</summary>
static class Gazetteer
{
    public static IReadOnlyList<(string Code, string Name, string NameEn)> Counties { get; } =
    [
        ("141002", "尧都区", "Yaodu District"),
        ("141021", "曲沃县", "Quwo County"),
        ("141022", "翼城县", "Yicheng County"),
        ("141023", "襄汾县", "Xiangfen County"),
        ("141024", "洪洞县", "Hongtong County"),
        ("141025", "古县", "Gu County"),
        ("141026", "安泽县", "Anze County"),
        ("141027", "浮山县", "Fushan County"),
        ("141028", "吉县", "Ji County"),
        ("141029", "乡宁县", "Xiangning County"),
        ("141030", "大宁县", "Daning County"),
        ("141031", "隰县", "Xi County"),
        ("141032", "永和县", "Yonghe County"),
        ("141033", "蒲县", "Pu County"),
        ("141034", "汾西县", "Fenxi County"),
        ("141081", "侯马市", "Houma City"),
        ("141082", "霍州市", "Huozhou City"),
    ];
}
