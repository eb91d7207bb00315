using Linfen.AirMap.Geo;
using NetTopologySuite.Geometries;
using SkiaSharp;

namespace Linfen.AirMap.Pictures;

/// <summary>A piece of the Earth on a sheet: plate carrée, true to scale at its middle latitude. CGCS2000 degrees in, pixels out.</summary>
sealed class MapFrame
{
    const double LeastDegrees = 0.2;
    const double MetresPerDegree = 111_195;

    static readonly double[] Steps = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30];
    static readonly int[] Bars = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000];

    readonly double scale;
    readonly double squeeze;

    /// <param name="bounds">What must be seen.</param>
    /// <param name="left">Left edge of the map on the sheet; its width is given, its height follows, within limits.</param>
    public MapFrame(Envelope bounds, float left, float top, float width, float leastHeight, float mostHeight)
    {
        var seen = bounds.Copy();
        seen.ExpandBy(Math.Max(seen.Width * 0.03, (LeastDegrees - seen.Width) / 2), Math.Max(seen.Height * 0.03, (LeastDegrees - seen.Height) / 2));
        squeeze = Math.Max(0.1, Math.Cos(double.DegreesToRadians(seen.Centre.Y)));
        var height = (float)Math.Clamp(width * seen.Height / (seen.Width * squeeze), leastHeight, mostHeight);
        scale = Math.Min(width / (seen.Width * squeeze), height / seen.Height);
        Area = new(left, top, left + width, top + height);
        var centre = seen.Centre;
        var (x, y) = (width / scale / squeeze / 2, height / scale / 2);
        Seen = new(centre.X - x, centre.X + x, centre.Y - y, centre.Y + y);
    }

    public SKRect Area { get; }

    /// <summary>Degrees that the whole area shows.</summary>
    public Envelope Seen { get; }

    public double GridDegrees => Steps.FirstOrDefault(s => Seen.Width / s <= 8, Steps[^1]);

    /// <summary>The longest round length within a quarter of the width.</summary>
    public int BarKilometres => Bars.LastOrDefault(b => PixelsOf(b) <= Area.Width / 4, Bars[0]);

    /// <summary>Along a meridian.</summary>
    public double PixelsPerDegree => scale;

    public float PixelsOf(double kilometres) => (float)(kilometres * 1_000 / MetresPerDegree * scale);

    public SKPoint At(LonLat place) => At(place.Lon, place.Lat);

    public SKPoint At(double lon, double lat) => new((float)(Area.Left + (lon - Seen.MinX) * squeeze * scale), (float)(Area.Top + (Seen.MaxY - lat) * scale));

    public LonLat PlaceOf(SKPoint at) => new(Seen.MinX + (at.X - Area.Left) / squeeze / scale, Seen.MaxY - (at.Y - Area.Top) / scale);

    public SKPath Outline(Geometry shape)
    {
        var builder = new SKPathBuilder();
        for (var i = 0; i < shape.NumGeometries; i++)
        {
            if (shape.GetGeometryN(i) is Polygon polygon)
            {
                foreach (var ring in polygon.InteriorRings.Prepend(polygon.ExteriorRing))
                {
                    builder.AddPoly([.. ring.Coordinates.Select(c => At(c.X, c.Y))], close: true);
                }
            }
        }

        return builder.Detach();
    }

    /// <summary>Round degrees between two ends.</summary>
    public IEnumerable<double> Round(double from, double to)
    {
        for (var at = Math.Ceiling(from / GridDegrees) * GridDegrees; at <= to; at += GridDegrees)
        {
            yield return Math.Round(at, 4);
        }
    }
}
