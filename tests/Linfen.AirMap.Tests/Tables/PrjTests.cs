using System.Globalization;
using Linfen.AirMap.Tables.Shp;
using Xunit;

namespace Linfen.AirMap.Tests.Tables;

public sealed class PrjTests
{
    const string Cgcs2000 = "GEOGCS[\"GCS_China_Geodetic_Coordinate_System_2000\",DATUM[\"D_China_2000\",SPHEROID[\"CGCS2000\",6378137.0,298.257222101]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";
    const string Wgs84 = "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";
    const string Xian80 = "GEOGCS[\"GCS_Xian_1980\",DATUM[\"D_Xian_1980\",SPHEROID[\"Xian_1980\",6378140.0,298.257]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";

    static string Projected(string geographic, double easting, double meridian, double scale = 1, string unit = "UNIT[\"Meter\",1.0]") => string.Create(CultureInfo.InvariantCulture,
        $"PROJCS[\"some zone\",{geographic},PROJECTION[\"Gauss_Kruger\"],PARAMETER[\"False_Easting\",{easting:F1}],PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",{meridian:F1}],PARAMETER[\"Scale_Factor\",{scale:F4}],PARAMETER[\"Latitude_Of_Origin\",0.0],{unit}]");

    [Theory]
    [InlineData(37_500_000, 111, "EPSG:4525")]
    [InlineData(38_500_000, 114, "EPSG:4526")]
    [InlineData(25_500_000, 75, "EPSG:4513")]
    [InlineData(45_500_000, 135, "EPSG:4533")]
    [InlineData(19_500_000, 111, "EPSG:4497")]
    [InlineData(500_000, 111, "EPSG:4546")]
    [InlineData(500_000, 114, "EPSG:4547")]
    [InlineData(500_000, 75, "EPSG:4534")]
    [InlineData(500_000, 135, "EPSG:4554")]
    public void The_zones_of_CGCS2000_have_the_codes_of_EPSG(double easting, double meridian, string code) =>
        Assert.Equal((code, null), Prj.Read(Projected(Cgcs2000, easting, meridian)));

    [Fact]
    public void Geographic_systems_are_known_by_their_datum()
    {
        Assert.Equal(("EPSG:4490", null), Prj.Read(Cgcs2000));
        Assert.Equal(("EPSG:4490", null), Prj.Read(Prj.Cgcs2000));
        Assert.Equal(("EPSG:4326", null), Prj.Read(Wgs84));
    }

    [Theory]
    [InlineData("PROJCS[\"CGCS2000 / 3-degree Gauss-Kruger CM 111E\",GEOGCS[\"China Geodetic Coordinate System 2000\",DATUM[\"China_2000\",SPHEROID[\"CGCS2000\",6378137,298.257222101,AUTHORITY[\"EPSG\",\"1024\"]],AUTHORITY[\"EPSG\",\"1043\"]],AUTHORITY[\"EPSG\",\"4490\"]],PROJECTION[\"Transverse_Mercator\"],AUTHORITY[\"EPSG\",\"4546\"]]", "EPSG:4546")]
    [InlineData("GEOGCRS[\"China Geodetic Coordinate System 2000\",DATUM[\"China 2000\",ELLIPSOID[\"CGCS2000\",6378137,298.257222101]],ID[\"EPSG\",4490]]\n", "EPSG:4490")]
    public void A_code_at_the_end_counts(string text, string code) => Assert.Equal((code, null), Prj.Read(text));

    public static TheoryData<string> Unknown =>
    [
        Xian80, Projected(Xian80, 37_500_000, 111), Projected(Wgs84, 500_000, 111, 0.9996), Projected(Wgs84, 500_000, 111), Projected(Cgcs2000, 500_000, 111, 0.9996),
        Projected(Cgcs2000, 37_500_000, 114), Projected(Cgcs2000, 500_000, 112), Projected(Cgcs2000, 500_000, 111, unit: "UNIT[\"Kilometer\",1000.0]"),
        Projected(Cgcs2000, 37_000_000, 111), "", "nonsense", new string('[', 100_000), string.Concat(Enumerable.Repeat("PARAMETER[\"", 50_000)),
    ];

    [Theory]
    [MemberData(nameof(Unknown))]
    public void Any_other_system_gives_a_reason_instead_of_a_code(string text)
    {
        var (crs, fault) = Prj.Read(text);

        Assert.Null(crs);
        Assert.Contains("CGCS2000", fault, StringComparison.Ordinal);
    }
}
