using System.IO.Compression;
using System.Text;
using Linfen.AirMap.Tables;
using Xunit;

namespace Linfen.AirMap.Tests.Tables;

/// <summary>A file after it was read to its end.</summary>
sealed record Opened(TableFormat Format, IReadOnlyList<string> Columns, string? Crs, string? CrsFault, IReadOnlyList<TableRow> Rows)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<Opened> ReadAsync(string text, TableLimits? limits = null, string? name = null) => ReadAsync(Encoding.UTF8.GetBytes(text), limits, name);

    public static async Task<Opened> ReadAsync(byte[] file, TableLimits? limits = null, string? name = null)
    {
        await using var table = await TableReader.OpenAsync(new MemoryStream(file), name, null, limits ?? new TableLimits(), Cancellation);
        var rows = new List<TableRow>();
        await foreach (var row in table.Rows.WithCancellation(Cancellation))
        {
            rows.Add(row);
        }

        return new(table.Format, table.Columns, table.Crs, table.CrsFault, rows);
    }

    public static async Task<TableException> RefusalAsync(byte[] file, TableLimits? limits = null, string? name = null) =>
        await Assert.ThrowsAsync<TableException>(() => ReadAsync(file, limits, name));

    public static Task<TableException> RefusalAsync(string text, TableLimits? limits = null, string? name = null) => RefusalAsync(Encoding.UTF8.GetBytes(text), limits, name);

    public static async Task<byte[]> WrittenAsync(TableFormat format, IReadOnlyList<TableColumn> columns, params TableRow[] rows)
    {
        using var target = new MemoryStream();
        await TableWriter.WriteAsync(target, format, columns, rows.ToAsyncEnumerable(), Cancellation);
        return target.ToArray();
    }

    public static TableRow Row(params (string Column, string Text)[] cells) => new(0, cells.ToDictionary(c => c.Column, c => c.Text, StringComparer.Ordinal), null);

    public static TableRow Row(string text, string longText, string number, string flag, string day, IReadOnlyList<TableColumn> columns) =>
        Row([.. new[] { text, longText, number, flag, day }.Select((t, i) => (columns[i].Name, t))]);

    /// <summary>The words before the explanation of each row's fault; null for a good row.</summary>
    public IReadOnlyList<string?> Faults => [.. Rows.Select(r => r.Fault?.Split(':')[0])];

    public IReadOnlyList<string?> Column(string name) => [.. Rows.Select(r => r.Cells.GetValueOrDefault(name))];

    public static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return zip.ToArray();
    }

    /// <summary>A zip with one file of zeros.</summary>
    public static byte[] Bomb(string name, long bytes)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry(name, CompressionLevel.Optimal).Open();
            var zeros = new byte[1024 * 1024];
            for (var written = 0L; written < bytes; written += zeros.Length)
            {
                entry.Write(zeros);
            }
        }

        return zip.ToArray();
    }

    public static IReadOnlyDictionary<string, byte[]> Unzip(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return archive.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var content = new MemoryStream();
            using var entry = e.Open();
            entry.CopyTo(content);
            return content.ToArray();
        }, StringComparer.Ordinal);
    }
}
