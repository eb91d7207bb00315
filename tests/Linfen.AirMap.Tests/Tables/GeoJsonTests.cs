using Linfen.AirMap.Tables;
using NetTopologySuite.Geometries;
using Xunit;

namespace Linfen.AirMap.Tests.Tables;

public sealed class GeoJsonTests
{
    const string Point = """{"type":"Point","coordinates":[111.5,36.1]}""";

    static string Collection(string features, string rest = "") => $$"""{"type":"FeatureCollection","features":[{{features}}]{{rest}}}""";

    static string Feature(string properties, string geometry = Point) => $$"""{"type":"Feature","properties":{{properties}},"geometry":{{geometry}}}""";

    [Fact]
    public async Task Properties_of_every_kind_become_text_and_shapes_are_kept()
    {
        var file = await Opened.ReadAsync('\uFEFF' + Collection(
            Feature("""{"名称":" 尧都 ","n":12.50,"yes":true,"none":null,"nested":{"a":[1, 2]}}""") + "," + Feature("""{"code":"007"}""", "null") + ",\n" + Feature("null")));

        Assert.Equal(TableFormat.GeoJson, file.Format);
        Assert.Equal(["名称", "n", "yes", "none", "nested", "code"], file.Columns, StringComparer.Ordinal);
        Assert.Equal([1, 2, 3], file.Rows.Select(r => r.Line));
        Assert.Equal(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["名称"] = "尧都", ["n"] = "12.50", ["yes"] = "true", ["nested"] = """{"a":[1, 2]}""" }, file.Rows[0].Cells);
        Assert.Equal(new Coordinate(111.5, 36.1), file.Rows[0].Shape!.Coordinate);
        Assert.Equal(("007", null), (file.Rows[1].Cells["code"], file.Rows[1].Shape));
        Assert.Empty(file.Rows[2].Cells);
    }

    [Theory]
    [InlineData("urn:ogc:def:crs:EPSG::4490", "EPSG:4490")]
    [InlineData("EPSG:4546", "EPSG:4546")]
    [InlineData("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326")]
    [InlineData("GCJ-02", "GCJ02")]
    public async Task The_coordinate_system_is_found_before_and_behind_the_features(string stated, string crs)
    {
        var member = $$$"""{"type":"name","properties":{"name":"{{{stated}}}"}}""";
        var behind = await Opened.ReadAsync(Collection(Feature("{}"), ",\"crs\":" + member));
        var before = await Opened.ReadAsync($$"""{"crs":{{member}},"features":[{{Feature("{}")}}],"type":"FeatureCollection"}""");

        Assert.Equal((crs, null, crs, null), (behind.Crs, behind.CrsFault, before.Crs, before.CrsFault));
    }

    [Fact]
    public async Task An_unknown_coordinate_system_is_told_apart_from_none()
    {
        var unknown = await Opened.ReadAsync(Collection(Feature("{}"), """,  "crs":{"type":"name","properties":{"name":"EPSG:2432"}}"""));
        var none = await Opened.ReadAsync(Collection(Feature("""{"crs":"EPSG:2432","type":"x","features":[{"properties":{"inner":1}}]}""")));

        Assert.Null(unknown.Crs);
        Assert.Contains("EPSG:2432", unknown.CrsFault, StringComparison.Ordinal);
        Assert.Equal((null, null), (none.Crs, none.CrsFault));
        Assert.Equal(["crs", "type", "features"], none.Columns, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_damaged_feature_is_a_fault_and_its_neighbours_are_read()
    {
        var file = await Opened.ReadAsync(Collection(string.Join(',',
            Feature("{}"), "7", Feature("{}", """{"type":"Point","coordinates":["x"]}"""), Feature("{}", """{"type":"Blob"}"""), Feature("{}", "[1]"),
            Feature("""{"a":"\ud800"}"""), Feature($$"""{"a":"{{new string('x', 10_001)}}"}"""), Feature("{}"))));

        Assert.Equal([null, "not-a-feature", "geometry-invalid", "geometry-invalid", "geometry-invalid", "text-invalid", "cell-too-long", null], file.Faults, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"Feature","properties":{}}""", "not-a-feature-collection")]
    [InlineData("""{"features":[]}""", "not-a-feature-collection")]
    [InlineData("{}", "not-a-feature-collection")]
    [InlineData("""{"type":"FeatureCollection","features":[""", "not-geojson")]
    [InlineData("""{"type":"FeatureCollection","features":[{},]}""", "not-geojson")]
    [InlineData("""{"type":"FeatureCollection","features":[]} x""", "not-geojson")]
    [InlineData("""{"type":"FeatureCollection","features":[{"properties":{"\ud800":1}}]}""", "not-geojson")]
    public async Task What_is_no_whole_collection_is_refused_before_its_first_row(string text, string type) =>
        Assert.Equal(type, (await Opened.RefusalAsync(text)).Type);

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public async Task Ten_thousand_levels_are_refused(string open, string close)
    {
        var deep = string.Concat(Enumerable.Repeat(open, 10_000)) + "1" + string.Concat(Enumerable.Repeat(close, 10_000));

        var refusal = await Opened.RefusalAsync(Collection(Feature("{}") + "," + Feature($$"""{"a":{{deep}}}""")));

        Assert.Equal(("not-geojson", 2), (refusal.Type, refusal.Line));
    }

    [Fact]
    public async Task Features_larger_than_the_buffer_are_read_and_those_beyond_the_limit_refused()
    {
        var limits = new TableLimits { FeatureBytes = 256 * 1024, CellCharacters = 300_000 };
        string Large(int bytes) => Collection(Feature("{}") + "," + Feature($$"""{"a":"{{new string('x', bytes)}}"}""") + "," + Feature("{}"));

        Assert.Equal(200_000, (await Opened.ReadAsync(Large(200_000), limits)).Rows[1].Cells["a"].Length);
        Assert.Equal(("feature-too-large", 2), await RefusedAsync(Large(270_000)));
        var many = Collection(Feature("{}") + "," + Feature("{\"a\":[" + string.Join(',', Enumerable.Repeat("1", 200_000)) + "]}"));
        Assert.Equal(("feature-too-large", 2), await RefusedAsync(many));

        async Task<(string, long?)> RefusedAsync(string text)
        {
            var refusal = await Opened.RefusalAsync(text, limits);
            return (refusal.Type, refusal.Line);
        }
    }

    [Fact]
    public async Task More_than_200_different_properties_are_refused()
    {
        var features = string.Join(',', Enumerable.Range(0, 201).Select(i => Feature($$"""{"p{{i}}":1}""")));

        Assert.Equal(("too-many-columns", 201), ((await Opened.RefusalAsync(Collection(features))).Type, (await Opened.RefusalAsync(Collection(features))).Line));
    }
}
