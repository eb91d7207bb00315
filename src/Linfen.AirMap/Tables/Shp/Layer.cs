using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Esri;
using NetTopologySuite.IO.Esri.Shp.Writers;

namespace Linfen.AirMap.Tables.Shp;

enum LayerKind
{
    Points,
    MultiPoints,
    Lines,
    Areas,
}

/// <summary>One shapefile on its way: shapes of one kind with their attributes.</summary>
sealed class Layer : IAsyncDisposable
{
    readonly DbfFile attributes;
    readonly IDisposable writer;
    readonly Action<Geometry?> add;

    public Layer(LayerKind kind, IReadOnlyList<FieldPlan> plans, IReadOnlyList<string> names)
    {
        Name = kind.ToString().ToLowerInvariant();
        attributes = new(Dbf, plans, names);
        (writer, add) = Writer(kind);
    }

    public string Name { get; }

    public FileStream Shp { get; } = Spool.Create();

    public FileStream Shx { get; } = Spool.Create();

    public FileStream Dbf { get; } = Spool.Create();

    /// <returns>Null where there is no shape.</returns>
    public static LayerKind? KindOf(Geometry? shape) => shape switch
    {
        null or { IsEmpty: true } => null,
        Point => LayerKind.Points,
        MultiPoint => LayerKind.MultiPoints,
        LineString or MultiLineString => LayerKind.Lines,
        Polygon or MultiPolygon => LayerKind.Areas,
        _ => throw new TableException("shape-unsupported", $"A shapefile cannot hold a {shape.GeometryType}. Export as GeoJSON."),
    };

    (IDisposable Writer, Action<Geometry?> Add) Writer(LayerKind kind)
    {
        // An empty shape is written as the format's null.
        switch (kind)
        {
            case LayerKind.Points:
                var points = new ShpPointWriter(Shp, Shx, ShapeType.Point);
                return (points, shape => points.Write((Point?)shape ?? Point.Empty));
            case LayerKind.MultiPoints:
                var clouds = new ShpMultiPointWriter(Shp, Shx, ShapeType.MultiPoint);
                return (clouds, shape => clouds.Write((MultiPoint?)shape ?? MultiPoint.Empty));
            case LayerKind.Lines:
                var lines = new ShpPolyLineWriter(Shp, Shx, ShapeType.PolyLine);
                return (lines, shape => lines.Write(shape as MultiLineString ?? (shape is LineString line ? new MultiLineString([line]) : MultiLineString.Empty)));
            default:
                var areas = new ShpPolygonWriter(Shp, Shx, ShapeType.Polygon);
                return (areas, shape => areas.Write(shape as MultiPolygon ?? (shape is Polygon area ? new MultiPolygon([area]) : MultiPolygon.Empty)));
        }
    }

    public void Add(TableRow row)
    {
        attributes.Add(row.Cells);
        add(row.Shape is { IsEmpty: false } shape ? shape : null);
    }

    public void Finish()
    {
        attributes.Finish();
        writer.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await Shp.DisposeAsync();
        await Shx.DisposeAsync();
        await Dbf.DisposeAsync();
    }
}
