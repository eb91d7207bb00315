namespace Linfen.AirMap.Intake.Firms;

/// <summary>
/// The data set that a file was asked from, as FIRMS names it: <c>MODIS_NRT</c>, <c>VIIRS_SNPP_SP</c>, <c>VIIRS_NOAA20_NRT</c>.
/// It only speaks where a row does not name its satellite: what the row says wins, so that a detection keeps its
/// identity whatever source a file was posted under.
/// </summary>
/// <param name="Satellite">Null for MODIS, which is two satellites.</param>
public sealed record FirmsSource(string Name, FirmsInstrument Instrument, FirmsSatellite? Satellite)
{
    /// <summary>
    /// True with null where no source is given, which is allowed; false for a name that FIRMS does not have, or whose files
    /// are of another kind (Landsat, geostationary).
    /// </summary>
    public static bool TryParse(string? text, out FirmsSource? source)
    {
        source = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            return true;
        }

        var name = text.Trim().ToUpperInvariant();
        var words = name.Split('_');
        if (words[^1] is not ("NRT" or "SP" or "RT" or "URT"))
        {
            return false;
        }

        if (words is ["MODIS", _])
        {
            source = new FirmsSource(name, FirmsInstrument.Modis, null);
        }
        else if (words is ["VIIRS", var satellite, _]
            && FirmsSatellite.Recognise(satellite) is { Instrument: FirmsInstrument.Viirs } known)
        {
            source = new FirmsSource(name, FirmsInstrument.Viirs, known);
        }

        return source is not null;
    }
}
