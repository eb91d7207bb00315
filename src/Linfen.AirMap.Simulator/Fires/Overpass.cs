using System.Globalization;
using System.Text;
using Linfen.AirMap.Geo;

namespace Linfen.AirMap.Simulator.Fires;

/// <summary>A satellite with the names that FIRMS gives it.</summary>
public sealed record Satellite(string Source, string Column, string Instrument, double PixelKilometres)
{
    public static IReadOnlyList<Satellite> All { get; } =
    [
        new("VIIRS_NOAA20_NRT", "N20", "VIIRS", 0.375),
        new("VIIRS_NOAA21_NRT", "N21", "VIIRS", 0.375),
        new("VIIRS_SNPP_NRT", "N", "VIIRS", 0.375),
        new("MODIS_NRT", "Terra", "MODIS", 1.0),
        new("MODIS_NRT", "Aqua", "MODIS", 1.0),
    ];

    public bool IsModis => Instrument == "MODIS";
}

/// <summary>One pixel in which a satellite saw heat.</summary>
public sealed record Pixel(LonLat Place, double FrpMegawatts, double BrightnessKelvin, int ConfidencePercent);

/// <summary>What a satellite saw of the city in one pass, delivered as the FIRMS area service writes it.</summary>
public sealed record Overpass(Satellite Satellite, DateTimeOffset AcquiredAt, IReadOnlyList<Pixel> Pixels)
{
    const string ViirsHeader = "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,instrument,confidence,version,bright_ti5,frp,daynight";
    const string ModisHeader = "latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,instrument,confidence,version,bright_t31,frp,daynight";

    public string ToFirmsCsv()
    {
        var csv = new StringBuilder(Satellite.IsModis ? ModisHeader : ViirsHeader).Append('\n');
        var acquired = AcquiredAt.ToUniversalTime();
        // The service does not pad the time: 48 is 00:48.
        var time = acquired.Hour * 100 + acquired.Minute;
        foreach (var pixel in Pixels)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{pixel.Place.Lat:F5},{pixel.Place.Lon:F5},{pixel.BrightnessKelvin:F2},");
            csv.Append(CultureInfo.InvariantCulture, $"{Satellite.PixelKilometres * 1.1:F2},{Satellite.PixelKilometres * 1.05:F2},{acquired:yyyy-MM-dd},{time},");
            csv.Append(CultureInfo.InvariantCulture, $"{Satellite.Column},{Satellite.Instrument},{Confidence(pixel)},{(Satellite.IsModis ? "6.1NRT" : "2.0NRT")},");
            csv.Append(CultureInfo.InvariantCulture, $"{pixel.BrightnessKelvin - 35:F2},{pixel.FrpMegawatts:F2},{DayOrNight(acquired)}\n");
        }

        return csv.ToString();
    }

    string Confidence(Pixel pixel) => (Satellite.IsModis, pixel.ConfidencePercent) switch
    {
        (true, var percent) => percent.ToString(CultureInfo.InvariantCulture),
        (_, < 30) => "l",
        (_, < 80) => "n",
        _ => "h",
    };

    /// <summary>By the clock of the meridian: close enough for a mark that nothing is decided by.</summary>
    static char DayOrNight(DateTimeOffset acquired) => acquired.ToOffset(TimeSpan.FromHours(8)).Hour is >= 7 and < 18 ? 'D' : 'N';
}
