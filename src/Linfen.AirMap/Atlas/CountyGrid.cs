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

        cells = new Cell[Side * Side];
        Fill(0, 0, Side, Side, known);
    }

    /// <summary>Fills a block of cells. What lies in one county or in none is settled at once; the rest is quartered.</summary>
    /// <param name="near">The counties that can touch the block, by code.</param>
    void Fill(int column, int row, int columns, int rows, List<(County County, IndexedPointInAreaLocator Locator, IPreparedGeometry Shape)> near)
    {
        var bounds = Bounds(column, row, columns, rows);
        var area = near.Count == 0 ? null : near[0].County.Boundary.Factory.ToGeometry(bounds);
        var touching = near.FindAll(k => k.County.Boundary.EnvelopeInternal.Intersects(bounds) && k.Shape.Intersects(area));
        var filling = touching is [var only] && only.Shape.Covers(area) ? only.County : null;
        if (touching.Count == 0 || filling is not null || (columns == 1 && rows == 1))
        {
            var cell = new Cell(filling, [.. touching.Select(k => (k.County, k.Locator))]);
            for (var r = row; r < row + rows; r++)
            {
                Array.Fill(cells, cell, r * Side + column, columns);
            }

            return;
        }

        var (left, lower) = ((columns + 1) / 2, (rows + 1) / 2);
        foreach (var (c, width) in new[] { (column, left), (column + left, columns - left) })
        {
            foreach (var (r, height) in new[] { (row, lower), (row + lower, rows - lower) })
            {
                if (width > 0 && height > 0)
                {
                    Fill(c, r, width, height, touching);
                }
            }
        }
    }

    Envelope Bounds(int column, int row, int columns, int rows)
    {
        var (width, height) = (extent.Width / Side, extent.Height / Side);
        return new(
            extent.MinX + column * width - Slack, extent.MinX + (column + columns) * width + Slack,
            extent.MinY + row * height - Slack, extent.MinY + (row + rows) * height + Slack);
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
