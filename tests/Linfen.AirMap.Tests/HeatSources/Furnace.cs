using System.Globalization;
using System.Text;
using Linfen.AirMap.Geo;
using Linfen.AirMap.HeatSources.Learning;

namespace Linfen.AirMap.Tests.HeatSources;

/// <summary>Made-up sightings of things that are hot: a furnace on many nights, a field on one day, and the rows of FIRMS that tell of them.</summary>
static class Furnace
{
    public const string Header = "latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,instrument,confidence,version,bright_t31,frp,daynight,type";

    public static readonly DateTimeOffset NewYear = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Nights every so many days from new year, within a few hundred metres, of about 3 MW.</summary>
    public static IEnumerable<HeatSighting> Nights(LonLat place, int nights, int everyDays = 9, double megawatts = 3, int? type = null) => Enumerable.Range(0, nights).Select(i => new HeatSighting(
        NewYear.AddDays(i * everyDays).AddHours(18),
        new(Math.Round(place.Lon + 0.0006 * (i % 3 - 1), 5), Math.Round(place.Lat + 0.0006 * (i % 2), 5)),
        280,
        Math.Round(megawatts * (1 + 0.1 * (i % 4)), 2),
        true,
        type));

    /// <summary>A field that burns all day and into the night: many pixels, several passes, one day.</summary>
    public static IEnumerable<HeatSighting> Field(LonLat place, int day, int pixels, int? type = null) =>
        from pass in new[] { 2.5, 5.5, 14.5, 17.5 }
        from i in Enumerable.Range(0, pixels)
        select new HeatSighting(
            NewYear.AddDays(day).AddHours(pass),
            new(Math.Round(place.Lon + 0.0035 * (i % 5), 5), Math.Round(place.Lat + 0.0035 * (i / 5), 5)),
            280,
            20 + i,
            pass > 12,
            type);

    public static List<HeatCandidate> Learned(IEnumerable<HeatSighting> seen, LearnerOptions? options = null)
    {
        var learner = new HeatLearner(options ?? new());
        foreach (var sighting in seen)
        {
            learner.Add(sighting);
        }

        return learner.Candidates();
    }

    /// <summary>As rows of the VIIRS archive; without types the last column is left out.</summary>
    public static string Csv(IEnumerable<HeatSighting> seen, bool typed)
    {
        var text = new StringBuilder(typed ? Header : Header[..^5]).Append('\n');
        foreach (var s in seen)
        {
            text.Append(CultureInfo.InvariantCulture, $"{s.Position.Lat:F5},{s.Position.Lon:F5},331.25,0.40,0.39,{s.At.UtcDateTime:yyyy-MM-dd},{s.At.UtcDateTime:HHmm},N20,VIIRS,n,2,290.1,{s.FrpMegawatts},{(s.Night ? 'N' : 'D')}");
            text.Append(typed ? FormattableString.Invariant($",{s.Type ?? 0}\n") : "\n");
        }

        return text.ToString();
    }
}
