using System.Globalization;
using System.IO.Compression;
using Linfen.AirMap.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Support;

/// <summary>Satellite files that nobody on this project wrote; a fresh clone does not have them.</summary>
public static class RealFiles
{
    public const string NorthChina = "modis_nrt_north_china_2021-2023.csv";

    public static string PathOf(string file)
    {
        var path = Path.Combine(Checkout.Shared ?? ".", "data", "firms", file);
        Assert.SkipUnless(File.Exists(path), "../shared/data/firms is not there: the real satellite files are not part of the repository.");
        return path;
    }

    public static byte[] Read(string file) => File.ReadAllBytes(PathOf(file));

    /// <summary>The cells of each row by column name, read without the product's reader.</summary>
    public static List<Dictionary<string, string>> Rows(string file)
    {
        var lines = File.ReadAllLines(PathOf(file));
        var names = lines[0].Split(',');
        return [.. lines.Skip(1).Where(l => l.Length > 0).Select(line => names.Zip(line.Split(',')).ToDictionary(c => c.First, c => c.Second, StringComparer.Ordinal))];
    }

    public static double Figure(this Dictionary<string, string> row, string column) => double.Parse(row[column], CultureInfo.InvariantCulture);

    /// <summary>Place and minute as text, to be compared with what the database says of its rows.</summary>
    public static string Key(this Dictionary<string, string> row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Figure("longitude"):F5} {row.Figure("latitude"):F5} {row["acq_date"]} {int.Parse(row["acq_time"], CultureInfo.InvariantCulture):0000} {row["satellite"]}");

    public static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }
}
