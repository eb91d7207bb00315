using Linfen.AirMap.Geo;

namespace Linfen.AirMap.HeatSources.Learning;

/// <summary>Where the sun stands, to about a degree: enough to tell a pass by night from one by day, some hours from dawn.</summary>
static class Sun
{
    const double Tilt = 23.44;

    /// <summary>Local solar time without the equation of time (at most 16 minutes).</summary>
    public static DateTime SolarTime(double lon, DateTimeOffset at) => at.UtcDateTime + TimeSpan.FromHours(lon / 15);

    public static bool IsUp(LonLat at, DateTimeOffset moment)
    {
        var solar = SolarTime(at.Lon, moment);
        var declination = double.DegreesToRadians(-Tilt * Math.Cos(2 * Math.PI * (solar.DayOfYear + 10) / 365.25));
        var hour = double.DegreesToRadians((solar.TimeOfDay.TotalHours - 12) * 15);
        var latitude = double.DegreesToRadians(at.Lat);
        return Math.Sin(latitude) * Math.Sin(declination) + Math.Cos(latitude) * Math.Cos(declination) * Math.Cos(hour) > 0;
    }
}
