using System.Globalization;
using System.Text;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Simulator;

namespace Linfen.AirMap.Benchmarks.Baseline;

/// <summary>A generated file of distinct VIIRS detections, all inside the city and all long ago.</summary>
static class ViirsFile
{
    const int Days = 30;

    /// <summary>Each number is another file over another thirty days, so that no file's fires meet another's.</summary>
    public static List<ViirsRow> Rows(City city, int count, int number)
    {
        var random = new Random(4_000 + number);
        var from = new DateTimeOffset(DateTimeOffset.UtcNow.Date.AddDays(-(number + 1) * (Days + 2)), TimeSpan.Zero);
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
