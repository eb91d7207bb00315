using System.Text;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using NetTopologySuite.IO.Esri;
using NetTopologySuite.IO.Esri.Dbf.Fields;
using NetTopologySuite.IO.Esri.Shapefiles.Writers;

namespace Linfen.AirMap.Tests.Tables;

/// <summary>A zipped shapefile made by another writer than ours: one row per shape, with text, number, flag and day.</summary>
sealed class ForeignShapefile
{
    public const string Gk3Zone37 =
        "PROJCS[\"CGCS2000_3_Degree_GK_Zone_37\",GEOGCS[\"GCS_China_Geodetic_Coordinate_System_2000\",DATUM[\"D_China_2000\",SPHEROID[\"CGCS2000\",6378137.0,298.257222101]],"
        + "PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Gauss_Kruger\"],PARAMETER[\"False_Easting\",37500000.0],PARAMETER[\"False_Northing\",0.0],"
        + "PARAMETER[\"Central_Meridian\",111.0],PARAMETER[\"Scale_Factor\",1.0],PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]";

    readonly Dictionary<string, byte[]> files = new(StringComparer.Ordinal);

    public ForeignShapefile(ShapeType type, Encoding encoding, params (string Wkt, string Name)[] rows)
    {
        using var shp = new MemoryStream();
        using var shx = new MemoryStream();
        using var dbf = new MemoryStream();
        var options = new ShapefileWriterOptions(type) { Encoding = encoding };
        var name = options.AddCharacterField("名称", 80);
        var load = options.AddNumericDoubleField("load");
        var open = options.AddLogicalField("open");
        var since = options.AddDateField("since");
        using (var writer = Shapefile.OpenWrite(shp, shx, dbf, null, options))
        {
            foreach (var (wkt, text) in rows)
            {
                writer.Geometry = new WKTReader().Read(wkt);
                (name.StringValue, load.Value, open.LogicalValue, since.DateValue) = (text, 12.5, true, new DateTime(2026, 3, 15, 0, 0, 0, DateTimeKind.Unspecified));
                writer.Write();
            }
        }

        files["data/sites.shp"] = shp.ToArray();
        files["data/sites.shx"] = shx.ToArray();
        files["data/sites.dbf"] = dbf.ToArray();
    }

    public byte[] this[string name] => files["data/sites." + name];

    public ForeignShapefile With(string ending, string text)
    {
        files["data/sites." + ending] = Encoding.UTF8.GetBytes(text);
        return this;
    }

    public ForeignShapefile Without(string ending)
    {
        files.Remove("data/sites." + ending);
        return this;
    }

    public ForeignShapefile Changed(string ending, Action<byte[]> change)
    {
        change(files["data/sites." + ending]);
        return this;
    }

    public ForeignShapefile Cut(string ending, int bytes)
    {
        files["data/sites." + ending] = files["data/sites." + ending][..^bytes];
        return this;
    }

    public byte[] Zip() => Opened.Zip([.. files.Select(f => (f.Key, f.Value))]);
}
