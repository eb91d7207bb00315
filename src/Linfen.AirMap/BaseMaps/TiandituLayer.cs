namespace Linfen.AirMap.BaseMaps;

/// <summary>
/// Layers of 天地图 in its web Mercator matrix (the ones with <c>_w</c>), which is the one that the wall draws in. Matrices with <c>_c</c>
/// are in degrees. Levels begin at 1.
/// </summary>
static class TiandituLayer
{
    public const int FirstLevel = 1;

    public const int LastLevel = 18;

    /// <summary>影像 and its labels, 矢量 and its labels.</summary>
    static readonly string[] Names = ["img", "cia", "vec", "cva"];

    public static bool Has(string layer, int z, int x, int y) =>
        Names.Contains(layer, StringComparer.Ordinal) && z is >= FirstLevel and <= LastLevel && x >= 0 && y >= 0 && x < 1 << z && y < 1 << z;

    /// <summary>OGC WMTS by keywords.</summary>
    public static Uri AddressOf(string baseUrl, string layer, int z, int x, int y, string key) => new(FormattableString.Invariant(
        $"{baseUrl.TrimEnd('/')}/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={Uri.EscapeDataString(key)}"));
}
