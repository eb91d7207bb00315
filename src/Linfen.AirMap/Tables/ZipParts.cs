using System.Collections.ObjectModel;
using System.IO.Compression;

namespace Linfen.AirMap.Tables;

/// <summary>A zip whose claims are checked: sizes before anything is unpacked, and again while it is. Names are only compared, never used as paths.</summary>
sealed class ZipParts : IAsyncDisposable
{
    static readonly string[] Archives = [".zip", ".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz"];

    readonly ZipArchive archive;
    readonly Stream file;

    ZipParts(ZipArchive archive, Stream file) => (this.archive, this.file) = (archive, file);

    public IReadOnlyList<ZipArchiveEntry> Entries => archive.Entries;

    /// <summary>Takes the file: it is closed with the parts, or when they cannot be read.</summary>
    public static async Task<ZipParts> OpenAsync(Stream file, TableLimits limits, CancellationToken cancellation)
    {
        try
        {
            var opened = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellation);
            Check(opened.Entries, limits);
            return new(opened, file);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ArgumentException or IOException or OverflowException)
        {
            throw new TableException("zip-damaged", "The zip file is damaged or was cut off.", cause: e);
        }
    }

    static void Check(ReadOnlyCollection<ZipArchiveEntry> entries, TableLimits limits)
    {
        if (entries.Count > limits.ZipEntries)
        {
            throw new TableException("zip-too-large", $"The zip holds more than {limits.ZipEntries} files.");
        }

        var left = limits.UnpackedBytes;
        foreach (var entry in entries)
        {
            if (entry.Length > left || (entry.Length > limits.FreelyPackedBytes && entry.Length / limits.PackingRatio > entry.CompressedLength))
            {
                throw new TableException("zip-too-large", $"The zip unpacks to more than {limits.UnpackedBytes} bytes, or far more than its own size.");
            }

            left -= entry.Length;
        }
    }

    /// <summary>For archives of the user's own making, where only flat files are expected.</summary>
    public void RefuseNested()
    {
        if (Entries.Any(e => Archives.Contains(Path.GetExtension(e.Name), StringComparer.OrdinalIgnoreCase)))
        {
            throw new TableException("nested-archive", "The zip holds another archive. Pack the files themselves.");
        }
    }

    /// <summary>Its bytes as they are unpacked; at most as many as the zip says.</summary>
    public static async Task<Stream> OpenAsync(ZipArchiveEntry entry, CancellationToken cancellation)
    {
        if (entry.IsEncrypted)
        {
            throw new TableException("zip-encrypted", "The zip is protected by a password.");
        }

        try
        {
            return new UnpackedPart(await entry.OpenAsync(cancellation), entry.Length);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or IOException)
        {
            throw new TableException("zip-damaged", "A file in the zip cannot be unpacked.", cause: e);
        }
    }

    /// <summary>A part that can be read out of order.</summary>
    public static async Task<FileStream> CopyAsync(ZipArchiveEntry entry, CancellationToken cancellation)
    {
        await using var part = await OpenAsync(entry, cancellation);
        return await Spool.CopyAsync(part, entry.Length, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await archive.DisposeAsync();
        await file.DisposeAsync();
    }
}
