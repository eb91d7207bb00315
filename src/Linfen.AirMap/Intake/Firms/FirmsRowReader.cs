using System.Globalization;
using System.Text;
using Linfen.AirMap.Geo;

namespace Linfen.AirMap.Intake.Firms;

/// <summary>
/// Turns one line into an observation, or into the reason why it is none. Place, time and satellite make the identity,
/// so a row without any of them is rejected; a row without confidence, power or footprint is still a fire.
/// </summary>
internal sealed class FirmsRowReader(FirmsHeader header, FirmsSource? source, bool simulated)
{
    /// <summary>Neither instrument flew before 2000 (Terra's first image is of 2000-02-24).</summary>
    private const int FirstPlausibleYear = 2000;

    /// <summary>The widest pixel of either instrument is 4.8 km (MODIS at the edge of its swath).</summary>
    private const double WidestPixelKilometres = 20;

    /// <summary>FIRMS knows 0 to 3.</summary>
    private const int MostTypes = 99;

    private readonly FirmsRow _row = new(header.Columns);
    private string? _fault;

    public IntakeLine Read(long line, ReadOnlySpan<byte> text)
    {
        if (text.Contains((byte)0))
        {
            return IntakeLine.Rejected(line, "nul-byte");
        }

        _row.Split(text);
        if (_row.Count != header.Columns)
        {
            return IntakeLine.Rejected(line, _row.Count < header.Columns
                ? $"columns-missing: {_row.Count} of {header.Columns}"
                : $"columns-surplus: more than {header.Columns}");
        }

        _fault = null;
        var position = ReadPosition(text);
        var occurredAt = ReadTime(text);
        var satellite = ReadSatellite(text);
        var type = ReadType(text);
        var observation = new Observation
        {
            Feed = simulated ? "firms-simulated" : "firms",
            SourceKind = SourceKind.Satellite,
            DetectionId = _fault is null ? Identity(satellite!, occurredAt, position) : "",
            OccurredAt = occurredAt,
            Position = position,
            RadiusMetres = ReadRadius(text, satellite),
            Confidence = ReadConfidence(text),
            FrpMegawatts = ReadRadiativePower(text),
            Instrument = satellite?.Name,
            MayOpenFire = type is not (>= 1 and <= 3),
            FirmsType = type,
            Night = ReadNight(text),
            Simulated = simulated,
        };
        return _fault is null ? IntakeLine.Accepted(line, observation) : IntakeLine.Rejected(line, _fault);
    }

    private static string Identity(FirmsSatellite satellite, DateTimeOffset occurredAt, LonLat position)
    {
        // Whole 1/100 000 degrees: no "-0.00000", and 16.8 is 16.80000.
        var lat = Math.Round(position.Lat * 1e5, MidpointRounding.AwayFromZero) / 1e5 + 0.0;
        var lon = Math.Round(position.Lon * 1e5, MidpointRounding.AwayFromZero) / 1e5 + 0.0;
        return string.Create(CultureInfo.InvariantCulture,
            $"{satellite.Name}|{satellite.InstrumentName}|{occurredAt.UtcDateTime:yyyyMMdd'T'HHmm'Z'}|{lat:F5}|{lon:F5}");
    }

    private LonLat ReadPosition(ReadOnlySpan<byte> text)
    {
        if (ReadNumber(text, header.Latitude) is not { } lat || ReadNumber(text, header.Longitude) is not { } lon)
        {
            Fault("not-a-number", "latitude or longitude is empty");
            return default;
        }

        if (Math.Abs(lat) > 90)
        {
            var swapped = Math.Abs(lat) <= 180 && Math.Abs(lon) <= 90;
            Fault(swapped ? "coordinates-swapped" : "latitude-out-of-range",
                string.Create(CultureInfo.InvariantCulture, $"latitude {lat}, longitude {lon}"));
        }
        else if (Math.Abs(lon) > 180)
        {
            Fault("longitude-out-of-range", lon.ToString(CultureInfo.InvariantCulture));
        }

        return new LonLat(lon, lat);
    }

    private DateTimeOffset ReadTime(ReadOnlySpan<byte> text)
    {
        var date = _row.Cell(text, header.AcquisitionDate);
        var time = _row.Cell(text, header.AcquisitionTime);
        if (!FirmsTime.TryReadDate(date, out var day) || !FirmsTime.TryReadClock(time, out var minutes))
        {
            Fault("time-invalid", Excerpt.Of(date) + " " + Excerpt.Of(time));
            return default;
        }

        if (day.Year < FirstPlausibleYear)
        {
            Fault("time-implausible", Excerpt.Of(date) + " is before 2000");
        }

        return new DateTimeOffset(day.AddMinutes(minutes), TimeSpan.Zero);
    }

    private FirmsSatellite? ReadSatellite(ReadOnlySpan<byte> text)
    {
        var spelling = header.Satellite is { } column ? _row.Cell(text, column) : default;
        var satellite = spelling.IsEmpty ? source?.Satellite : FirmsSatellite.Recognise(spelling);
        if (satellite is null)
        {
            Fault("satellite-unknown", spelling.IsEmpty ? "neither the row nor the source names one" : Excerpt.Of(spelling));
            return null;
        }

        var instrument = header.Instrument is { } named ? _row.Cell(text, named) : default;
        if (!instrument.IsEmpty && !Ascii.EqualsIgnoreCase(instrument, satellite.InstrumentName))
        {
            Fault("instrument-contradicts-satellite", $"{Excerpt.Of(instrument)} on {satellite.Name}");
        }

        return satellite;
    }

    /// <summary>
    /// Half the diagonal of the pixel, scan × track in kilometres: the circle around its centre that holds the whole pixel. Without
    /// them the pixel at nadir counts: 1 km for MODIS, 375 m for VIIRS.
    /// </summary>
    private double ReadRadius(ReadOnlySpan<byte> text, FirmsSatellite? satellite)
    {
        var nadir = satellite?.Instrument == FirmsInstrument.Viirs ? 0.375 : 1.0;
        var scan = ReadNumber(text, header.Scan) ?? nadir;
        var track = ReadNumber(text, header.Track) ?? nadir;
        if (scan is not (> 0 and <= WidestPixelKilometres) || track is not (> 0 and <= WidestPixelKilometres))
        {
            Fault("footprint-out-of-range", string.Create(CultureInfo.InvariantCulture, $"scan {scan} km, track {track} km"));
        }

        return Math.Sqrt(scan * scan + track * track) / 2 * 1000;
    }

    /// <summary>MODIS gives percent; VIIRS gives l, n, h (API) or low, nominal, high (downloads).</summary>
    private double? ReadConfidence(ReadOnlySpan<byte> text)
    {
        var cell = header.Confidence is { } column ? _row.Cell(text, column) : default;
        if (cell.IsEmpty)
        {
            return null;
        }

        if (Ascii.EqualsIgnoreCase(cell, "l"u8) || Ascii.EqualsIgnoreCase(cell, "low"u8))
        {
            return 0.2;
        }

        if (Ascii.EqualsIgnoreCase(cell, "n"u8) || Ascii.EqualsIgnoreCase(cell, "nominal"u8))
        {
            return 0.5;
        }

        if (Ascii.EqualsIgnoreCase(cell, "h"u8) || Ascii.EqualsIgnoreCase(cell, "high"u8))
        {
            return 0.9;
        }

        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 100)
        {
            return percent / 100;
        }

        Fault("confidence-invalid", Excerpt.Of(cell));
        return null;
    }

    private double? ReadRadiativePower(ReadOnlySpan<byte> text)
    {
        var megawatts = ReadNumber(text, header.RadiativePower);
        if (megawatts < 0)
        {
            Fault("frp-negative", megawatts.Value.ToString(CultureInfo.InvariantCulture));
        }
        else if (megawatts > Observation.LargestMegawatts)
        {
            Fault("frp-implausible", string.Create(CultureInfo.InvariantCulture, $"{megawatts} MW"));
        }

        return megawatts;
    }

    /// <summary>
    /// Volcano 1, other static land source 2, offshore 3. Only the archive knows; elsewhere every row may be a fire, and so may a type that FIRMS
    /// thinks of one day. What is no type at all is a fault.
    /// </summary>
    private int? ReadType(ReadOnlySpan<byte> text)
    {
        if (ReadNumber(text, header.Type) is not { } type)
        {
            return null;
        }

        if (type is < 0 or > MostTypes || type % 1 != 0)
        {
            Fault("type-invalid", type.ToString(CultureInfo.InvariantCulture));
            return null;
        }

        return (int)type;
    }

    /// <summary>D or N; null for anything else, which is no reason to lose a fire.</summary>
    private bool? ReadNight(ReadOnlySpan<byte> text) =>
        header.DayNight is { } column && _row.Cell(text, column) is [var letter] ? letter switch { (byte)'N' => true, (byte)'D' => false, _ => null } : null;

    /// <summary>Null when the column is absent or the cell empty; a fault when it holds something else than a number.</summary>
    private double? ReadNumber(ReadOnlySpan<byte> text, int? column)
    {
        if (column is not { } present || _row.Cell(text, present) is not { IsEmpty: false } cell)
        {
            return null;
        }

        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        Fault("not-a-number", $"{header.NameOf(present)} {Excerpt.Of(cell)}");
        return null;
    }

    /// <summary>The first fault of a row is the one that is told.</summary>
    private void Fault(string reason, string explanation) => _fault ??= $"{reason}: {explanation}";
}
