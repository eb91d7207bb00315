using System.Globalization;
using System.Text;

namespace Linfen.AirMap.Tests.Support;

/// <summary>A register file of boilers with bad rows spread evenly through it.</summary>
public static class BoilerFile
{
    public static byte[] Csv(string mark, int rows, int bad)
    {
        var badLines = BadLines(rows, bad).ToHashSet();
        var text = new StringBuilder("code,name,kind,fuel,tonnesPerHour,status,lon,lat\n");
        for (var i = 0; i < rows; i++)
        {
            text.Append(Row(mark, i, badLines.Contains(i + 2) ? i % 4 : -1)).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>File lines of the bad rows; the header is line 1.</summary>
    public static IEnumerable<int> BadLines(int rows, int bad) => Enumerable.Range(0, bad).Select(n => n * (rows / bad) + 2);

    /// <param name="fault">Which of four things is wrong with it; -1 for none.</param>
    static string Row(string mark, int i, int fault)
    {
        // A patch of land in 尧都区, a place of its own for each.
        var (lon, lat) = fault == 0 ? (116.4, 39.9) : (111.45 + (i % 100 * 0.001), 36.04 + (i / 100 * 0.001));
        return string.Create(CultureInfo.InvariantCulture,
            $"{mark}-{i},{(fault == 1 ? "" : $"{mark}锅炉{i}")},boiler,{(fault == 2 ? "wood chips" : "gas")},{(fault == 3 ? "many" : 20 + i % 60)},operating,{lon},{lat}");
    }
}
