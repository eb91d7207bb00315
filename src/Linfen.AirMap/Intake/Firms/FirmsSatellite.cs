using System.Text;

namespace Linfen.AirMap.Intake.Firms;

public enum FirmsInstrument
{
    Modis,
    Viirs,
}

/// <summary>
/// A satellite by its one normalised name. The editions write the same one as <c>T</c> or <c>Terra</c>, <c>N</c> or
/// <c>Suomi NPP</c>, <c>1</c>, <c>N20</c> or <c>NOAA-20</c>. It also tells the instrument, which columns do not: the VIIRS
/// archive has MODIS column names, and the global VIIRS files have no <c>instrument</c>.
/// </summary>
public sealed record FirmsSatellite(string Name, FirmsInstrument Instrument)
{
    public static readonly FirmsSatellite Terra = new("Terra", FirmsInstrument.Modis);
    public static readonly FirmsSatellite Aqua = new("Aqua", FirmsInstrument.Modis);
    public static readonly FirmsSatellite Snpp = new("SNPP", FirmsInstrument.Viirs);
    public static readonly FirmsSatellite Noaa20 = new("N20", FirmsInstrument.Viirs);
    public static readonly FirmsSatellite Noaa21 = new("N21", FirmsInstrument.Viirs);

    private const int LongestSpelling = 16;

    public string InstrumentName { get; } = Instrument == FirmsInstrument.Modis ? "MODIS" : "VIIRS";

    /// <summary>Null for a spelling that is not known; case, spaces, hyphens and underscores do not matter.</summary>
    public static FirmsSatellite? Recognise(ReadOnlySpan<byte> spelling)
    {
        if (spelling.Length > LongestSpelling)
        {
            return null;
        }

        Span<char> letters = stackalloc char[LongestSpelling];
        var length = 0;
        foreach (var letter in spelling)
        {
            if (letter is not ((byte)' ' or (byte)'-' or (byte)'_'))
            {
                letters[length++] = char.ToUpperInvariant((char)letter);
            }
        }

        return letters[..length] switch
        {
            "T" or "TERRA" => Terra,
            "A" or "AQUA" => Aqua,
            "N" or "NPP" or "SNPP" or "SUOMINPP" => Snpp,
            "1" or "N20" or "NOAA20" or "J1" or "JPSS1" => Noaa20,
            "2" or "N21" or "NOAA21" or "J2" or "JPSS2" => Noaa21,
            _ => null,
        };
    }

    public static FirmsSatellite? Recognise(string spelling) => Recognise(Encoding.UTF8.GetBytes(spelling));
}
