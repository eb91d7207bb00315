using Linfen.AirMap.Counties;
using Linfen.AirMap.Geo;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;

namespace Linfen.AirMap.Atlas;

/// <summary>
/// The city cut into small cells that know which counties can lie in them. In a cell that one county fills no geometry is asked;
/// elsewhere the exact locators of the few candidates decide, lowest code first.
/// </summary>
sealed class CountyGrid
{
    const int Side = 160;

    /// <summary>Cells are taken a little larger than they are, so that rounding never puts a point beside its cell. Degrees, about 0.1 mm.</summary>
    const double Slack = 1e-9;

    readonly Envelope extent = new();
    readonly Cell[] cells = [];

    /// <param name="Filling">The county that covers the whole cell while no other touches it.</param>
    /// <param name="Candidates">Those that touch it, by code.</param>
    readonly record struct Cell(County? Filling, (County County, IndexedPointInAreaLocator Locator)[] Candidates);

    public CountyGrid(IEnumerable<County> counties)
    {
        var known = counties.OrderBy(c => c.Code, StringComparer.Ordinal)
            .Select(c => (County: c, Locator: new IndexedPointInAreaLocator(c.Boundary), Shape: PreparedGeometryFactory.Prepare(c.Boundary))).ToList();
        if (known.Count == 0)
        {
            return;
        }

        foreach (var (county, locator, _) in known)
        {
            extent.ExpandToInclude(county.Boundary.EnvelopeInternal);
            // The locator builds its index on first use; done here, so that concurrent readers only read.
            locator.Locate(county.Label.Coordinate);
        }

        var factory = known[0].County.Boundary.Factory;
        cells = new Cell[Side * Side];
        for (var i = 0; i < cells.Length; i++)
        {
            var area = factory.ToGeometry(Bounds(i % Side, i / Side));
            var touching = known.FindAll(k => k.County.Boundary.EnvelopeInternal.Intersects(area.EnvelopeInternal) && k.Shape.Intersects(area));
            cells[i] = new(
                touching is [var only] && only.Shape.Covers(area) ? only.County : null,
                [.. touching.Select(k => (k.County, k.Locator))]);
        }
    }

    Envelope Bounds(int column, int row)
    {
        var (width, height) = (extent.Width / Side, extent.Height / Side);
        return new(
            extent.MinX + column * width - Slack, extent.MinX + (column + 1) * width + Slack,
            extent.MinY + row * height - Slack, extent.MinY + (row + 1) * height + Slack);
    }

    /// <summary>The lowest code whose polygon covers the point; null outside.</summary>
    public County? Locate(LonLat at)
    {
        if (!extent.Contains(at.Lon, at.Lat))
        {
            return null;
        }

        var column = Math.Min(Side - 1, (int)((at.Lon - extent.MinX) / extent.Width * Side));
        var row = Math.Min(Side - 1, (int)((at.Lat - extent.MinY) / extent.Height * Side));
        ref readonly var cell = ref cells[row * Side + column];
        return cell.Filling ?? Exact(cell, at);
    }

    static County? Exact(in Cell cell, LonLat at)
    {
        foreach (var (county, locator) in cell.Candidates)
        {
            if (locator.Locate(new Coordinate(at.Lon, at.Lat)) != Location.Exterior)
            {
                return county;
            }
        }

        return null;
    }
}
