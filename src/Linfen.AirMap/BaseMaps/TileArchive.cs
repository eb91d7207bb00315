using System.Buffers.Binary;
using System.Text.RegularExpressions;

namespace Linfen.AirMap.BaseMaps;

/// <summary>A PMTiles file (version 3) of a base map.</summary>
/// <param name="IsVector">MVT inside, otherwise pictures.</param>
/// <param name="Bounds">West, south, east, north in degrees.</param>
/// <param name="Version">Changes with the file.</param>
sealed partial record TileArchive(string Name, string Path, bool IsVector, int MinZoom, int MaxZoom, double[] Bounds, string Version)
{
    const int HeaderBytes = 127;

    /// <summary>Readable archives of a folder by name; whatever is none is left out.</summary>
    public static List<TileArchive> In(string folder) => !Directory.Exists(folder) ? []
        : [.. Directory.EnumerateFiles(folder, "*.pmtiles").Order(StringComparer.Ordinal).Select(Read).OfType<TileArchive>()];

    /// <summary>Null where there is none of that name.</summary>
    public static TileArchive? Find(string folder, string name) =>
        NamePattern().IsMatch(name) && System.IO.Path.Combine(folder, name + ".pmtiles") is var path && File.Exists(path) ? Read(path) : null;

    static TileArchive? Read(string path)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(path);
        Span<byte> header = stackalloc byte[HeaderBytes];
        try
        {
            using var file = File.OpenRead(path);
            return NamePattern().IsMatch(name) && file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) == HeaderBytes
                ? Parse(name, path, header, FormattableString.Invariant($"{file.Length:x}-{File.GetLastWriteTimeUtc(path).Ticks:x}")) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>PMTiles specification, version 3: numbers are little-endian, degrees are in units of 1e-7.</summary>
    static TileArchive? Parse(string name, string path, ReadOnlySpan<byte> header, string version)
    {
        var (isArchive, type) = (header.StartsWith("PMTiles\u0003"u8), header[99]);
        return !isArchive || type is < 1 or > 5 ? null
            : new(name, path, type == 1, header[100], header[101], [Degrees(header, 102), Degrees(header, 106), Degrees(header, 110), Degrees(header, 114)], version);
    }

    static double Degrees(ReadOnlySpan<byte> header, int at) => BinaryPrimitives.ReadInt32LittleEndian(header[at..]) / 1e7;

    /// <summary>A name leads out of no folder.</summary>
    [GeneratedRegex(@"^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,63}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();
}
