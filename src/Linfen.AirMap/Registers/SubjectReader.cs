using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Data;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Subjects;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Registers;

/// <summary>A subject that was read, or everything that is wrong with it.</summary>
sealed record Reading(SubjectDraft? Draft, IReadOnlyList<string> Faults);

/// <summary>
/// Reads what forms, callers and files say of a subject. A JSON body is a flat object with <c>lon</c>, <c>lat</c> (and <c>crs</c>) or
/// <c>geometry</c>, or a GeoJSON Feature; a row of a file has the same names, or the Chinese titles, as headers.
/// </summary>
sealed class SubjectReader(Register register, References references)
{
    const int LongestName = 200;

    static readonly NetTopologySuite.NtsGeometryServices Wkt = new(Database.Geometry.CoordinateSequenceFactory, Database.Geometry.PrecisionModel, AirMapDb.Srid);

    static readonly Field Name = new("name", FieldType.Text, "名称", "Name") { Aliases = ["企业名称", "项目名称", "单位名称", "title"] };
    static readonly Field Code = new("code", FieldType.Text, "编号", "Code") { Aliases = ["编码", "统一社会信用代码", "id_code"] };
    static readonly Field Since = new("since", FieldType.Moment, "状态起始时间", "State since");
    static readonly Field Simulated = new("simulated", FieldType.Flag, "模拟数据", "Simulated");

    /// <summary>Columns that every register has beside its own.</summary>
    public static IReadOnlyList<Field> Common { get; } = [Code, Name, Since, Simulated];

    /// <param name="parent">Given by the address (<c>/api/sites/{id}/machines</c>), otherwise read from the body.</param>
    public async Task<Reading> ReadAsync(JsonElement body, Guid? parent, CancellationToken cancellation)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return new(null, ["the body is a JSON object with the fields of the register"]);
        }

        var faults = new List<string>();
        var said = body.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object ? properties : body;
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in Common.Concat(register.Fields))
        {
            Take(field, said.TryGetProperty(field.Name, out var given) ? field.Read(given) : (null, null));
        }

        var shape = Shape(body, said, faults);
        var parentText = register.ParentField is { } name && said.TryGetProperty(name, out var told) && told.ValueKind == JsonValueKind.String ? told.GetString() : null;
        return await FinishAsync(values, shape, parent, parentText, faults, cancellation);

        void Take(Field field, (object? Value, string? Fault) read)
        {
            values[field.Name] = read.Value;
            if (read.Fault is not null)
            {
                faults.Add(read.Fault);
            }
        }
    }

    /// <param name="shape">From a file that carries geometry, already in CGCS2000; else the columns lon and lat are read.</param>
    public async Task<Reading> ReadAsync(IReadOnlyDictionary<string, string> cells, Geometry? shape, CoordinateSystem system, CancellationToken cancellation)
    {
        var faults = new List<string>();
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in Common.Concat(register.Fields))
        {
            var (value, fault) = Cell(cells, field) is { } cell ? field.Read(cell) : (null, null);
            values[field.Name] = value;
            if (fault is not null)
            {
                faults.Add(fault);
            }
        }

        shape ??= WktOf(cells, system, faults) ?? PointOf(cells, system, faults);
        var parentText = register.ParentField is null ? null : Cell(cells, new(register.ParentField, FieldType.Text, "所属", "Of") { Aliases = [register.ParentKind!, "所属工地", "所属园区"] });
        return await FinishAsync(values, shape, null, parentText, faults, cancellation);
    }

    static string? Cell(IReadOnlyDictionary<string, string> cells, Field field)
    {
        foreach (var header in field.Aliases.Prepend(field.TitleEn).Prepend(field.Title).Prepend(field.Name))
        {
            if (cells.TryGetValue(header, out var cell) || cells.TryGetValue(header.ToLowerInvariant(), out cell))
            {
                return cell;
            }
        }

        return null;
    }

    /// <summary>Well-known text, as exports write areas and lines.</summary>
    static Geometry? WktOf(IReadOnlyDictionary<string, string> cells, CoordinateSystem system, List<string> faults)
    {
        if (Cell(cells, new("wkt", FieldType.Text, "几何", "geometry")) is not { Length: > 0 } text)
        {
            return null;
        }

        try
        {
            return Shapes.Take(new NetTopologySuite.IO.WKTReader(Wkt).Read(text), system, faults);
        }
        catch (Exception e) when (e is NetTopologySuite.IO.ParseException or ArgumentException)
        {
            faults.Add("wkt: is no well-known text");
            return null;
        }
    }

    static Point? PointOf(IReadOnlyDictionary<string, string> cells, CoordinateSystem system, List<string> faults)
    {
        var lon = Cell(cells, new("lon", FieldType.Number, "经度", "longitude") { Aliases = ["lng", "x"] });
        var lat = Cell(cells, new("lat", FieldType.Number, "纬度", "latitude") { Aliases = ["y"] });
        if (string.IsNullOrWhiteSpace(lon) && string.IsNullOrWhiteSpace(lat))
        {
            return null;
        }

        if (Cell(cells, new("crs", FieldType.Text, "坐标系", "crs")) is { Length: > 0 } named && !CoordinateSystem.TryParse(named, out system!))
        {
            faults.Add($"crs: '{named}' is not known; for example CGCS2000, WGS84, GCJ02, BD09, EPSG:4546");
            return null;
        }

        if (!double.TryParse(lon, NumberStyles.Float, CultureInfo.InvariantCulture, out var x) || !double.TryParse(lat, NumberStyles.Float, CultureInfo.InvariantCulture, out var y))
        {
            faults.Add("lon, lat: both are numbers");
            return null;
        }

        return Shapes.Point(x, y, system, faults);
    }

    static Geometry? Shape(JsonElement body, JsonElement said, List<string> faults)
    {
        var system = CoordinateSystem.Cgcs2000;
        if ((said.TryGetProperty("crs", out var crs) || body.TryGetProperty("crs", out crs)) && crs.ValueKind == JsonValueKind.String
            && !CoordinateSystem.TryParse(crs.GetString(), out system!))
        {
            faults.Add($"crs: '{crs.GetString()}' is not known; for example CGCS2000, WGS84, GCJ02, BD09, EPSG:4546");
            return null;
        }

        if ((body.TryGetProperty("geometry", out var geometry) || said.TryGetProperty("geometry", out geometry)) && geometry.ValueKind != JsonValueKind.Null)
        {
            return Shapes.Read(geometry, system, faults);
        }

        said.TryGetProperty("lon", out var lon);
        said.TryGetProperty("lat", out var lat);
        if (lon.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined && lat.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return null;
        }

        if (lon.ValueKind != JsonValueKind.Number || lat.ValueKind != JsonValueKind.Number)
        {
            faults.Add("lon, lat: both are numbers");
            return null;
        }

        return Shapes.Point(lon.GetDouble(), lat.GetDouble(), system, faults);
    }

    async Task<Reading> FinishAsync(
        Dictionary<string, object?> values, Geometry? shape, Guid? parent, string? parentText, List<string> faults, CancellationToken cancellation)
    {
        var name = (string?)values[Name.Name];
        if (name is null || name.Length > LongestName)
        {
            faults.Add($"name: a name of at most {LongestName} characters is needed (名称)");
        }

        faults.AddRange(register.Fields.Where(f => f.Required && values[f.Name] is null).Select(f => $"{f.Name}: is missing ({f.Title})"));
        if (shape is not null && !Fits(shape))
        {
            faults.Add($"geometry: {shape.GeometryType} is not taken here; {register.Shapes} is");
        }
        else if (shape is null && faults.Count == 0 && register.PlaceRequired && parent is null && parentText is null)
        {
            faults.Add("lon, lat: are missing (经度, 纬度)");
        }

        parent ??= await ResolveAsync(register.ParentKind, register.ParentField, parentText, faults, cancellation);
        foreach (var field in register.Fields.Where(f => f.Type == FieldType.Reference && values[f.Name] is not null))
        {
            values[field.Name] = await ResolveAsync(field.RefersTo, field.Name, (string)values[field.Name]!, faults, cancellation);
        }

        if (faults.Count == 0 && register.Fault(values) is { } fault)
        {
            faults.Add(fault);
        }

        var code = (string?)values[Code.Name];
        return faults.Count > 0
            ? new(null, faults)
            : new(new(
                register.Kind, KeyOf(values, code, name!, shape, parent), code, name!, shape, parent, FieldValues.From(register.Fields, values),
                (DateTimeOffset?)values[Since.Name], values[Simulated.Name] is true), []);
    }

    /// <summary>The register's number; without one the name, with what tells its like apart, at its place to about a metre or under its parent.</summary>
    string KeyOf(Dictionary<string, object?> values, string? code, string name, Geometry? shape, Guid? parent)
    {
        if (register.Identity is { } identity && values[identity] is { } own)
        {
            return $"{identity}:{own}";
        }

        var distinct = register.Distinction is { } field && values[field] is { } value
            ? "#" + (value is DateTimeOffset time ? Events.Feature.Time(time.ToUniversalTime()) : value)
            : "";
        return KeyOf(code, name + distinct, shape, parent);
    }

    /// <summary>The register's number; without one the name at its place, to about a metre, or under its parent.</summary>
    public static string KeyOf(string? code, string name, Geometry? shape, Guid? parent) =>
        code is not null ? "code:" + code
        : shape is not null ? string.Create(CultureInfo.InvariantCulture, $"name:{name}@{shape.Centroid.X:F5},{shape.Centroid.Y:F5}")
        : $"name:{name}@{parent?.ToString("N") ?? "nowhere"}";

    bool Fits(Geometry shape) => shape switch
    {
        Point => register.Shapes.HasFlag(ShapeKinds.Point),
        LineString or MultiLineString => register.Shapes.HasFlag(ShapeKinds.Line),
        Polygon or MultiPolygon => register.Shapes.HasFlag(ShapeKinds.Area),
        _ => false,
    };

    async Task<Guid?> ResolveAsync(string? kind, string? field, string? text, List<string> faults, CancellationToken cancellation)
    {
        if (kind is null || string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var found = await references.FindAsync(kind, text.Trim(), cancellation);
        if (found is null)
        {
            faults.Add($"{field}: there is no {kind} '{text}'");
        }

        return found;
    }
}
