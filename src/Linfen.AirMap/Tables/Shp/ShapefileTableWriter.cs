using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using Linfen.AirMap.Tables.GeoJson;

namespace Linfen.AirMap.Tables.Shp;

/// <summary>
/// A zip with one shapefile per kind of shape (points, multipoints, lines, areas; rows without a shape go to the first of them), in
/// geographic CGCS2000 and UTF-8, and <see cref="FieldNames"/>. Reading it gives the same rows, kind after kind.
/// </summary>
static class ShapefileTableWriter
{
    static readonly TableLimits Own = new(long.MaxValue, long.MaxValue) { Columns = int.MaxValue, CellCharacters = int.MaxValue, FeatureBytes = 1 << 30 };

    public static async Task WriteAsync(Stream target, IReadOnlyList<TableColumn> columns, IAsyncEnumerable<TableRow> rows, CancellationToken cancellation)
    {
        if (columns.Count == 0)
        {
            throw new ArgumentException("A .dbf has at least one field.", nameof(columns));
        }

        // Widths of fields and kinds of shapes must be known first, so that the rows are laid by as GeoJSON and read back.
        await using var laidBy = Spool.Create();
        var plans = columns.Select(c => new FieldPlan(c)).ToList();
        var kinds = new SortedSet<LayerKind>();
        var texts = columns.Select(c => new TableColumn(c.Name, TableType.Text)).ToList();
        await GeoJsonTableWriter.WriteAsync(laidBy, texts, SeenAsync(rows, plans, kinds, cancellation), cancellation);

        var names = Names(plans);
        var layers = kinds.DefaultIfEmpty(LayerKind.Points).ToDictionary(k => k, k => new Layer(k, plans, [.. names.Select(n => n.Field)]));
        try
        {
            await using var table = await GeoJsonTableReader.OpenAsync(laidBy, Own, cancellation);
            await foreach (var row in table.Rows.WithCancellation(cancellation))
            {
                layers[Layer.KindOf(row.Shape) ?? layers.Keys.Min()].Add(row);
            }

            await PackAsync(target, layers, FieldNames.Write(names), cancellation);
        }
        finally
        {
            foreach (var layer in layers.Values)
            {
                await layer.DisposeAsync();
            }
        }
    }

    static async IAsyncEnumerable<TableRow> SeenAsync(
        IAsyncEnumerable<TableRow> rows, List<FieldPlan> plans, SortedSet<LayerKind> kinds, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            foreach (var plan in plans)
            {
                plan.See(Header.Clean(row.Cells.GetValueOrDefault(plan.Column.Name, "")));
            }

            if (Layer.KindOf(row.Shape) is { } kind)
            {
                kinds.Add(kind);
            }

            yield return row;
        }
    }

    static List<(string Field, string Column)> Names(List<FieldPlan> plans)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. plans.SelectMany(p => Enumerable.Range(0, p.Parts).Select(_ => (FieldNames.Shorten(p.Column.Name, taken), p.Column.Name)))];
    }

    static async Task PackAsync(Stream target, Dictionary<LayerKind, Layer> layers, string fields, CancellationToken cancellation)
    {
        await using var file = Spool.Create();
        await using (var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellation))
        {
            foreach (var layer in layers.Values)
            {
                layer.Finish();
                foreach (var (ending, part) in new[] { (".shp", layer.Shp), (".shx", layer.Shx), (".dbf", layer.Dbf) })
                {
                    part.Position = 0;
                    await AddAsync(zip, layer.Name + ending, part, cancellation);
                }

                await AddAsync(zip, layer.Name + ".prj", Bytes(Prj.Cgcs2000), cancellation);
                await AddAsync(zip, layer.Name + ".cpg", Bytes("UTF-8"), cancellation);
            }

            await AddAsync(zip, FieldNames.FileName, Bytes(fields), cancellation);
        }

        file.Position = 0;
        await file.CopyToAsync(target, cancellation);
    }

    static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    static async Task AddAsync(ZipArchive zip, string name, Stream content, CancellationToken cancellation)
    {
        await using var part = await zip.CreateEntry(name).OpenAsync(cancellation);
        await content.CopyToAsync(part, cancellation);
    }
}
