using System.Globalization;
using System.Text;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Simulator;

namespace Linfen.AirMap.Benchmarks.Baseline;

/// <summary>Generated files of distinct VIIRS detections, all inside the city and all long ago.</summary>
static class ViirsFile
{
    const int Days = 30;

    /// <summary>Of a hundred fires in a file of NOAA-20 of April 2024 (396 rows, 244 fires), how many are seen as so many pixels in one pass; 1.6 on average.</summary>
    static readonly (int Pixels, int Fires)[] FiresOfAPass = [(1, 65), (2, 23), (3, 6), (4, 3), (6, 2), (12, 1)];

    /// <summary>What burns is seen as neighbouring pixels of one pass, as many as in real files. Numbers as in <see cref="Rows"/>.</summary>
    public static List<ViirsRow> RowsOfFires(City city, int count, int number)
    {
        var random = new Random(8_000 + number);
        var sizes = FiresOfAPass.SelectMany(f => Enumerable.Repeat(f.Pixels, f.Fires)).ToArray();
        var rows = new Dictionary<string, ViirsRow>(count, StringComparer.Ordinal);
        while (rows.Count < count)
        {
            var at = From(number).AddMinutes(random.Next(Days * 24 * 60));
            var place = city.AnyPlace(random);
            for (var pixel = random.GetItems(sizes, 1)[0]; pixel > 0 && rows.Count < count; pixel--)
            {
                var row = new ViirsRow(at, Rounded(place), Math.Round(20 * random.NextDouble(), 2));
                rows.TryAdd(row.Identity, row);
                var next = NextPixel(place, random);
                place = city.Contains(next) ? next : place;
            }
        }

        return [.. rows.Values.OrderBy(row => row.At)];
    }

    /// <summary>375 m on, in any direction.</summary>
    static LonLat NextPixel(LonLat place, Random random)
    {
        var (north, east) = Math.SinCos(random.NextDouble() * 2 * Math.PI);
        return new(place.Lon + east * 0.375 / 90, place.Lat + north * 0.375 / 111);
    }

    static DateTimeOffset From(int number) => new(DateTimeOffset.UtcNow.Date.AddDays(-(number + 1) * (Days + 2)), TimeSpan.Zero);

    /// <summary>
    /// Scattered, so that most are a fire of their own. Each number is another file over another thirty days, so that no file's fires meet another's.
    /// </summary>
    public static List<ViirsRow> Rows(City city, int count, int number)
    {
        var random = new Random(4_000 + number);
        var from = From(number);
        return [.. Enumerable.Range(0, count)
            .Select(_ => new ViirsRow(
                from.AddMinutes(random.Next(Days * 24 * 60)),
                Rounded(city.AnyPlace(random)),
                Math.Round(20 * random.NextDouble(), 2)))
            .DistinctBy(row => row.Identity, StringComparer.Ordinal)
            .OrderBy(row => row.At)];
    }

    public static byte[] Csv(IEnumerable<ViirsRow> rows)
    {
        var csv = new StringBuilder("latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,instrument,confidence,version,bright_ti5,frp,daynight\n");
        foreach (var row in rows)
        {
            csv.Append(CultureInfo.InvariantCulture,
                $"{row.Place.Lat:F5},{row.Place.Lon:F5},331.25,0.41,0.39,{row.At:yyyy-MM-dd},{row.At:HHmm},N20,VIIRS,n,2.0NRT,290.11,{row.FrpMegawatts:F2},D\n");
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    static LonLat Rounded(LonLat place) => new(Math.Round(place.Lon, 5), Math.Round(place.Lat, 5));
}
