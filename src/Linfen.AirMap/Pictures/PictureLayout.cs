using SkiaSharp;

namespace Linfen.AirMap.Pictures;

/// <summary>Where everything stands on a page; pixels before the scale. Sizes are multiples of a unit, which is 10 on a page of 1600 × 1200.</summary>
/// <param name="IsLarge">There is room for degrees around the map and a heading above the title.</param>
/// <param name="IsBeside">Legend and table stand beside the map, otherwise below it.</param>
/// <param name="Header">Title and time.</param>
/// <param name="Figures">The four counts.</param>
/// <param name="Rule">Height of the line that closes the head of the page.</param>
/// <param name="Legend">Legend, and the table below it where there is room.</param>
sealed record PictureLayout(float Unit, bool IsLarge, bool IsBeside, SKRect Header, SKRect Figures, float Rule, SKRect Map, SKRect Legend, SKRect Foot)
{
    /// <summary>Smaller letters cannot be read: on a small page less is shown instead.</summary>
    const float LeastUnit = 5.8f;

    /// <summary>Width by height of the city on the map.</summary>
    const float Shape = 1.12f;

    /// <summary>In units: what a table of all counties takes at least, and at most.</summary>
    const float LeastTable = 46, MostTable = 72;

    public static PictureLayout Of(int width, int height)
    {
        var u = Math.Max(LeastUnit, Math.Min(width / 160f, height / 120f));
        var (across, down) = (width / u, height / u);
        var isBeside = across >= 130 && across >= 1.1f * down;
        var isLarge = across >= 90 && down >= (isBeside ? 80 : 100);
        var edge = isLarge ? 5 : 2.4f;
        var titled = edge + (isLarge ? 11.4f : 6.4f);
        var figuresBeside = across >= 125;
        var counts = isLarge ? 7.4f : 5.6f;
        var rule = figuresBeside ? titled + 1.6f : titled + counts + 0.6f;
        var figures = figuresBeside ? Box(across - edge - 58, edge, across - edge, titled) : Box(edge, titled + 0.2f, across - edge, titled + counts);
        var header = Box(edge, edge, figuresBeside ? across - edge - 61 : across - edge, titled);
        var foot = Box(edge, down - (isLarge ? 4.6f : 2.9f), across - edge, down);
        var degrees = isLarge ? 3 : 0;
        var top = rule + (isLarge ? 4 : 1);
        var (left, bottom) = (edge + degrees, foot.Top - 1 - degrees);
        SKRect map, legend;
        if (isBeside)
        {
            var side = Math.Clamp(across * 0.25f, 40, 58);
            map = Box(left, top, across - edge - side - 3.4f, bottom);
            legend = Box(across - edge - side, top - (isLarge ? 2.2f : 0), across - edge, foot.Top - 1);
        }
        else
        {
            var strip = across >= 80 ? 9.6f : 10.4f;
            var free = bottom - top - strip - 1;
            var wanted = (across - edge - left) / Shape;
            var high = free - wanted >= LeastTable ? Math.Max(wanted, free - MostTable) : free;
            map = Box(left, top, across - edge, top + high);
            legend = Box(edge, top + high + 1 + degrees, across - edge, foot.Top - 0.6f);
        }

        return new(u, isLarge, isBeside, Scaled(header), Scaled(figures), rule * u, Scaled(map), Scaled(legend), Scaled(foot));

        SKRect Scaled(SKRect box) => new(box.Left * u, box.Top * u, box.Right * u, box.Bottom * u);
    }

    static SKRect Box(float left, float top, float right, float bottom) => new(left, top, right, bottom);

    public MapFrame FrameOf(PictureContent content) => new(content.Bounds, Map.Left, Map.Top, Map.Width, Map.Height, Map.Height);
}
