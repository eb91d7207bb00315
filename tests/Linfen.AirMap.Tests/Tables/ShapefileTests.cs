using System.Buffers.Binary;
using System.Text;
using Linfen.AirMap.Tables;
using Linfen.AirMap.Tables.Csv;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using NetTopologySuite.IO.Esri;
using Xunit;

namespace Linfen.AirMap.Tests.Tables;

public sealed class ShapefileTests
{
    const string Square = "POLYGON((0 0,0 4,4 4,4 0,0 0),(1 1,2 1,2 2,1 2,1 1))";
    const byte Gbk = 0x4D;
    const byte Western = 0x57;

    static ForeignShapefile Points(Encoding encoding) => new(ShapeType.Point, encoding, ("POINT(111.5 36.1)", "尧都工地"), ("POINT(111.6 36.2)", "洪洞工地"));

    [Fact]
    public async Task A_shapefile_of_another_program_is_read_with_all_its_types()
    {
        var file = await Opened.ReadAsync(Points(Encoding.UTF8).With("cpg", "UTF-8").With("prj", ForeignShapefile.Gk3Zone37).Zip());

        Assert.Equal((TableFormat.Shapefile, "EPSG:4525", null), (file.Format, file.Crs, file.CrsFault));
        Assert.Equal(["名称", "load", "open", "since"], file.Columns, StringComparer.Ordinal);
        Assert.Equal([1, 2], file.Rows.Select(r => r.Line));
        Assert.Equal(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["名称"] = "尧都工地", ["load"] = "12.5", ["open"] = "true", ["since"] = "2026-03-15" }, file.Rows[0].Cells);
        Assert.Equal(new Coordinate(111.6, 36.2), Assert.IsType<Point>(file.Rows[1].Shape).Coordinate);
        Assert.All(file.Rows, r => Assert.Null(r.Fault));
    }

    public static TheoryData<bool, string?, byte> Encodings => new()
    {
        { true, "GBK", 0 }, { true, "936", 0 }, { true, "ANSI 936", Western }, { true, null, Gbk }, { true, null, 0 }, { true, null, Western }, { true, "nonsense", 0 },
        { false, "UTF-8", Gbk }, { false, "65001", 0 }, { false, null, 0 }, { false, null, Western },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task The_encoding_is_that_of_the_cpg_then_of_the_language_number_then_of_the_bytes(bool gbk, string? cpg, byte language)
    {
        var shapefile = Points(gbk ? TextEncoding.Gb18030 : Encoding.UTF8).Without("cpg").Changed("dbf", dbf => dbf[29] = language);

        var file = await Opened.ReadAsync((cpg is null ? shapefile : shapefile.With("cpg", cpg)).Zip());

        Assert.Equal("名称", file.Columns[0]);
        Assert.Equal(["尧都工地", "洪洞工地"], file.Column("名称"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_language_number_counts_even_where_the_bytes_could_be_UTF8()
    {
        var file = await Opened.ReadAsync(Points(Encoding.UTF8).Without("cpg").Changed("dbf", dbf => dbf[29] = Gbk).Zip());

        Assert.Equal(TextEncoding.Gb18030.GetString(Encoding.UTF8.GetBytes("尧都工地")), file.Rows[0].Cells[file.Columns[0]]);
    }

    [Fact]
    public async Task A_text_of_another_encoding_than_stated_is_a_fault_of_its_row()
    {
        var file = await Opened.ReadAsync(Points(TextEncoding.Gb18030).With("cpg", "UTF-8").Zip());

        Assert.Equal(["text-invalid", "text-invalid"], file.Faults, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(ShapeType.Polygon, Square)]
    [InlineData(ShapeType.Polygon, "MULTIPOLYGON(((0 0,0 4,4 4,4 0,0 0)),((10 10,10 11,11 11,10 10)))")]
    [InlineData(ShapeType.PolyLine, "LINESTRING(0 0,1 1,2 0)")]
    [InlineData(ShapeType.PolyLine, "MULTILINESTRING((0 0,1 1),(5 5,6 6))")]
    [InlineData(ShapeType.MultiPoint, "MULTIPOINT((0 0),(1 1))")]
    [InlineData(ShapeType.PointZM, "POINT Z(1 2 300)")]
    [InlineData(ShapeType.PolygonZM, "POLYGON Z((0 0 300,0 4 300,4 4 300,4 0 300,0 0 300))")]
    [InlineData(ShapeType.PolyLineM, "LINESTRING M(0 0 1,1 1 2)")]
    public async Task Shapes_of_every_kind_are_read_in_the_plane(ShapeType type, string wkt)
    {
        var file = await Opened.ReadAsync(new ForeignShapefile(type, Encoding.UTF8, (wkt, "a")).Zip());

        var shape = Assert.Single(file.Rows).Shape!;
        Assert.True(shape.EqualsTopologically(new WKTReader().Read(wkt)), shape.ToString());
        Assert.Equal(wkt.Split(' ', '(')[0], shape.GeometryType.ToUpperInvariant());
        Assert.All(shape.Coordinates, c => Assert.True(double.IsNaN(c.Z)));
    }

    [Fact]
    public async Task Deleted_records_are_left_out_and_counted()
    {
        var file = await Opened.ReadAsync(Points(Encoding.UTF8).Changed("dbf", dbf => dbf[BinaryPrimitives.ReadUInt16LittleEndian(dbf.AsSpan(8))] = (byte)'*').Zip());

        var row = Assert.Single(file.Rows);
        Assert.Equal((2, "洪洞工地", 111.6), (row.Line, row.Cells["名称"], row.Shape!.Coordinate.X));
    }

    public static TheoryData<string, string, int, uint, bool> Lies => new()
    {
        { "the .dbf has four thousand million records", "dbf", 4, uint.MaxValue, false },
        { "one record more than there is", "dbf", 4, 3, false },
        { "one record less", "dbf", 4, 1, false },
        { "header and records are 65,535 bytes long", "dbf", 8, uint.MaxValue, false },
        { "a record is two gigabytes long", "shp", 104, 0x7FFFFFFF, true },
        { "a record has a negative length", "shp", 104, 0x80000000, true },
        { "a record has no length", "shp", 104, 0, true },
        { "a record ends in the middle of its point", "shp", 104, 6, true },
        { "the .shp is no .shp", "shp", 0, 0, true },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task Lengths_that_lie_are_refused(string lie, string ending, int at, uint value, bool bigEndian)
    {
        var file = Points(Encoding.UTF8).Changed(ending, bytes =>
        {
            if (bigEndian)
            {
                BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at), value);
            }
            else
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
            }
        });

        Assert.True((await Opened.RefusalAsync(file.Zip())).Type == "shapefile-damaged", lie);
    }

    [Theory]
    [InlineData(36, 2_000_000_000)]
    [InlineData(36, -1)]
    [InlineData(36, 0)]
    [InlineData(40, 2_000_000_000)]
    [InlineData(40, -5)]
    [InlineData(40, 3)]
    [InlineData(44, 7)]
    [InlineData(48, 0)]
    [InlineData(48, 1_000_000)]
    [InlineData(0, 99)]
    [InlineData(0, 31)]
    public async Task Counts_within_a_shape_that_lie_are_a_fault_of_its_row_only(int at, int value)
    {
        var shapefile = new ForeignShapefile(ShapeType.Polygon, Encoding.UTF8, (Square, "bad"), (Square, "good"));

        var file = await Opened.ReadAsync(shapefile.Changed("shp", shp => BinaryPrimitives.WriteInt32LittleEndian(shp.AsSpan(108 + at), value)).Zip());

        Assert.Equal(["shape-damaged", null], file.Faults, StringComparer.Ordinal);
        Assert.Equal((null, 15), (file.Rows[0].Shape, file.Rows[1].Shape!.Area));
    }

    [Theory]
    [InlineData("shp", 20)]
    [InlineData("dbf", 40)]
    public async Task A_part_that_was_cut_off_is_refused(string ending, int bytes) =>
        Assert.Equal("shapefile-damaged", (await Opened.RefusalAsync(Points(Encoding.UTF8).Cut(ending, bytes).Zip())).Type);

    [Fact]
    public async Task A_shapefile_without_its_attributes_is_refused() =>
        Assert.Equal("dbf-missing", (await Opened.RefusalAsync(Points(Encoding.UTF8).Without("dbf").Zip())).Type);

    [Fact]
    public async Task Any_damage_to_any_byte_is_a_refusal_or_a_row_and_never_a_crash()
    {
        var random = new Random(20260315);
        foreach (var ending in new[] { "shp", "dbf" })
        {
            for (var time = 0; time < 1500; time++)
            {
                var shapefile = new ForeignShapefile(ShapeType.Polygon, Encoding.UTF8, (Square, "尧都"), (Square, "洪洞")).Changed(ending, bytes =>
                {
                    for (var i = random.Next(1, 4); i > 0; i--)
                    {
                        bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                    }
                });
                try
                {
                    Assert.InRange((await Opened.ReadAsync(shapefile.Zip())).Rows.Count, 0, 2);
                }
                catch (TableException e)
                {
                    Assert.Contains(e.Type, new[] { "shapefile-damaged", "feature-too-large", "too-many-columns" }, StringComparer.Ordinal);
                }
            }
        }
    }
}
