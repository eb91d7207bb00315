using System.IO.Compression;
using System.Text;

namespace Linfen.AirMap.Tables.Shp;

/// <summary>A zip with one shapefile, or several that are read one after the other.</summary>
sealed class ShapefileTableReader : IAsyncDisposable
{
    const int LargestTextBytes = 1024 * 1024;

    readonly List<Layer> layers = [];
    readonly TableLimits limits;

    ShapefileTableReader(TableLimits limits) => this.limits = limits;

    sealed record Layer(FileStream Shp, FileStream Dbf, DbfTable Table, IReadOnlyList<string> Columns);

    public static TableException Damaged(string why, long? line = null) => new("shapefile-damaged", $"The shapefile is damaged: {why}.", line);

    /// <param name="zip">Closed at once: what is needed of it is unpacked here.</param>
    public static async Task<Table> OpenAsync(ZipParts zip, TableLimits limits, CancellationToken cancellation)
    {
        await using var _ = zip;
        zip.RefuseNested();
        var reader = new ShapefileTableReader(limits);
        try
        {
            // Archives made on a Macintosh hold a shadow of every file.
            var entries = zip.Entries.Where(e => e.Name.Length > 0 && !e.Name.StartsWith("._", StringComparison.Ordinal)).ToList();
            var systems = new HashSet<(string? Crs, string? Fault)>();
            foreach (var shp in entries.Where(e => IsNamed(e, ".shp")).OrderBy(e => e.FullName, StringComparer.Ordinal))
            {
                systems.Add(await reader.AddAsync(entries, shp, cancellation));
            }

            var columns = reader.layers.SelectMany(l => l.Columns).Distinct(StringComparer.Ordinal).ToList();
            if (columns.Count > limits.Columns)
            {
                throw new TableException("too-many-columns", $"The shapefile has more than {limits.Columns} columns.");
            }

            var (crs, fault) = systems.Count == 1 ? systems.Single() : throw new TableException("crs-mixed", "The shapefiles of the zip have different coordinate systems.");
            return new(TableFormat.Shapefile, columns, reader.Rows().ToAsyncEnumerable(), limits.Rows, reader) { Crs = crs, CrsFault = fault };
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    static bool IsNamed(ZipArchiveEntry entry, string ending) => entry.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    async Task<(string? Crs, string? Fault)> AddAsync(List<ZipArchiveEntry> entries, ZipArchiveEntry shp, CancellationToken cancellation)
    {
        var name = shp.FullName[..^4];
        ZipArchiveEntry? Beside(string file) => entries.Find(e => e.FullName.Equals(file, StringComparison.OrdinalIgnoreCase));
        var dbf = Beside(name + ".dbf") ?? throw new TableException("dbf-missing", "The zip has a .shp, but not its .dbf.");
        var cpg = await TextAsync(Beside(name + ".cpg"), cancellation);
        var fields = await TextAsync(Beside(shp.FullName[..^shp.Name.Length] + FieldNames.FileName), cancellation);
        var prj = await TextAsync(Beside(name + ".prj"), cancellation);

        var shapes = await ZipParts.CopyAsync(shp, cancellation);
        var attributes = shapes;
        try
        {
            attributes = await ZipParts.CopyAsync(dbf, cancellation);
            var table = DbfTable.Open(attributes, cpg);
            layers.Add(new(shapes, attributes, table, Columns(table, fields is null ? [] : FieldNames.Read(fields))));
        }
        catch
        {
            await shapes.DisposeAsync();
            await attributes.DisposeAsync();
            throw;
        }

        return prj is null ? (null, null) : Prj.Read(prj);
    }

    /// <summary>The column of each field. Only <see cref="FieldNames"/> may give several fields to one column.</summary>
    static string[] Columns(DbfTable table, Dictionary<string, string> names)
    {
        var columns = new string[table.Fields.Count];
        var taken = new HashSet<string>(names.Values, StringComparer.Ordinal);
        for (var i = 0; i < columns.Length; i++)
        {
            var name = table.Fields[i].Name;
            if (names.TryGetValue(name, out var column) && column.Length > 0)
            {
                columns[i] = column;
                continue;
            }

            name = name.Length > 0 ? name : $"FIELD_{i + 1}";
            columns[i] = taken.Add(name) ? name : $"{name}_{i + 1}";
        }

        return columns;
    }

    static async Task<string?> TextAsync(ZipArchiveEntry? entry, CancellationToken cancellation)
    {
        if (entry is null || entry.Length > LargestTextBytes)
        {
            return null;
        }

        using var text = new StreamReader(await ZipParts.OpenAsync(entry, cancellation), Encoding.UTF8);
        return await text.ReadToEndAsync(cancellation);
    }

    IEnumerable<TableRow> Rows()
    {
        var line = 0L;
        foreach (var layer in layers)
        {
            var shapes = new ShpShapes(layer.Shp, limits);
            for (var number = 1L; number <= layer.Table.Count; number++)
            {
                line++;
                var shape = shapes.Read(line, out var shapeFault);
                if (layer.Table.Read(number, out var fault) is { } values)
                {
                    yield return new(line, Cells(layer, values, limits, ref fault), shape, fault ?? shapeFault);
                }
            }

            if (!shapes.IsAtEnd)
            {
                throw Damaged("the .shp has more records than the .dbf", line);
            }
        }
    }

    static Dictionary<string, string> Cells(Layer layer, string[] values, TableLimits limits, ref string? fault)
    {
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i].Length > 0)
            {
                cells[layer.Columns[i]] = cells.GetValueOrDefault(layer.Columns[i], "") + values[i];
            }
        }

        var tooLong = cells.FirstOrDefault(c => c.Value.Length > limits.CellCharacters).Key;
        fault ??= tooLong is null ? null : $"cell-too-long: {tooLong} has more than {limits.CellCharacters} characters";
        return cells;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var layer in layers)
        {
            await layer.Shp.DisposeAsync();
            await layer.Dbf.DisposeAsync();
        }
    }
}
