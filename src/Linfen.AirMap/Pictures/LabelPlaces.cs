using SkiaSharp;

namespace Linfen.AirMap.Pictures;

/// <summary>A name that wants a place on the map, in pixels.</summary>
/// <param name="Bounds">Of its area.</param>
/// <param name="Anchor">Its middle, where nothing is in its way.</param>
/// <param name="Holds">Whether a point lies in its area.</param>
sealed record LabelWish(string Code, SKRect Bounds, SKPoint Anchor, SKSize Size, Func<SKPoint, bool> Holds);

/// <summary>
/// Finds each name a place within its area and the view, away from signs and never upon another name. The area with the least room chooses
/// first; one without any such place gets none.
/// </summary>
static class LabelPlaces
{
    /// <summary>Candidates along the longer side of an area.</summary>
    const int Steps = 16;

    const float CoveredCost = 40;
    const float OutsideCost = 4;

    public static Dictionary<string, SKPoint> Find(IEnumerable<LabelWish> wishes, IReadOnlyList<SKRect> signs, SKRect view)
    {
        var places = new Dictionary<string, SKPoint>(StringComparer.Ordinal);
        var taken = new List<SKRect>();
        foreach (var wish in wishes.OrderBy(w => w.Bounds.Width * w.Bounds.Height).ThenBy(w => w.Code, StringComparer.Ordinal))
        {
            var near = signs.Where(s => s.IntersectsWith(Wider(wish.Bounds, wish.Size))).ToList();
            var best = Candidates(wish, view)
                .Select(at => (At: at, Box: BoxAround(at, wish.Size)))
                .Where(c => !taken.Exists(t => t.IntersectsWith(c.Box)))
                .Select(c => (c.At, Cost: CostOf(wish, c.At, c.Box, near)))
                .OrderBy(c => c.Cost).Select(c => ((SKPoint At, float Cost)?)c).FirstOrDefault();
            if (best is { } found)
            {
                places[wish.Code] = found.At;
                taken.Add(BoxAround(found.At, wish.Size));
            }
        }

        return places;
    }

    public static SKRect BoxAround(SKPoint at, SKSize size) => SKRect.Create(at.X - size.Width / 2, at.Y - size.Height / 2, size.Width, size.Height);

    static SKRect Wider(SKRect box, SKSize by) => new(box.Left - by.Width, box.Top - by.Height, box.Right + by.Width, box.Bottom + by.Height);

    static IEnumerable<SKPoint> Candidates(LabelWish wish, SKRect view)
    {
        bool IsFree(SKPoint at) => view.Contains(BoxAround(at, wish.Size)) && wish.Holds(at);

        if (IsFree(wish.Anchor))
        {
            yield return wish.Anchor;
        }

        var step = Math.Max(2, Math.Max(wish.Bounds.Width, wish.Bounds.Height) / Steps);
        for (var y = wish.Bounds.Top + step / 2; y < wish.Bounds.Bottom; y += step)
        {
            for (var x = wish.Bounds.Left + step / 2; x < wish.Bounds.Right; x += step)
            {
                if (IsFree(new(x, y)))
                {
                    yield return new(x, y);
                }
            }
        }
    }

    static float CostOf(LabelWish wish, SKPoint at, SKRect box, List<SKRect> signs)
    {
        var covered = signs.Sum(s => SKRect.Intersect(s, box) is { IsEmpty: false } common ? common.Width * common.Height : 0) / (box.Width * box.Height);
        SKPoint[] rim =
        [
            new(box.Left, box.Top), new(at.X, box.Top), new(box.Right, box.Top), new(box.Left, at.Y),
            new(box.Right, at.Y), new(box.Left, box.Bottom), new(at.X, box.Bottom), new(box.Right, box.Bottom),
        ];
        var outside = rim.Count(p => !wish.Holds(p)) / (float)rim.Length;
        return covered * CoveredCost + outside * OutsideCost + SKPoint.Distance(at, wish.Anchor) / Math.Max(1, wish.Size.Width);
    }
}
