using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Counties;

/// <summary>A county of the city (县、市、区) with its boundary in CGCS2000.</summary>
public sealed class County
{
    /// <summary>GB/T 2260 code of six digits.</summary>
    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string NameEn { get; private set; } = "";

    /// <summary>EPSG:4490, longitude/latitude.</summary>
    public MultiPolygon Boundary { get; private set; } = MultiPolygon.Empty;

    /// <summary>A place for the name and number: the centre of the largest circle inside the boundary.</summary>
    public Point Label { get; private set; } = Point.Empty;

    /// <summary>Geodesic area in square kilometres.</summary>
    public double AreaSquareKilometres { get; private set; }

    County()
    {
    }

    public County(string code, string name, string nameEn, MultiPolygon boundary, Point label, double areaSquareKilometres)
    {
        Code = code;
        Name = name;
        NameEn = nameEn;
        Boundary = boundary;
        Label = label;
        AreaSquareKilometres = areaSquareKilometres;
    }
}
