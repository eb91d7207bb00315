using System.Globalization;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Intake.Firms;

namespace Linfen.AirMap.Intake.Himawari;

/// <summary>Turns one row into an observation, or into the reason why it is none. Satellite, minute and place make the identity.</summary>
sealed class HimawariRowReader(HimawariHeader header, string? satellite)
{
    /// <summary>The grid's cell is 0.02°: 4.9 km² at the equator, 3.7 km² at 41° N, about 4.0 km² in Linfen.</summary>
    const double UsualAreaSquareKilometres = 4.0;

    const double LargestAreaSquareKilometres = 25;

    /// <summary>Himawari-9 took over from Himawari-8 on 2022-12-13 at 05:00 UTC (JMA): it says which one saw a row where no file name does.</summary>
    static readonly DateTimeOffset NinthTookOver = new(2022, 12, 13, 5, 0, 0, TimeSpan.Zero);

    /// <summary>The first of the two began to observe in July 2015.</summary>
    const int FirstYear = 2015;

    readonly FirmsRow row = new(header.Columns);
    string? fault;

    public IntakeLine Read(long line, ReadOnlySpan<byte> text)
    {
        row.Split(text);
        if (row.Count != header.Columns)
        {
            return IntakeLine.Rejected(line, row.Count < header.Columns ? $"columns-missing: {row.Count} of {header.Columns}" : $"columns-surplus: more than {header.Columns}");
        }

        fault = null;
        var position = ReadPosition(text);
        var occurredAt = ReadTime(text);
        var areaSquareKilometres = ReadArea(text);
        var power = ReadPower(text, areaSquareKilometres);
        var name = satellite ?? (occurredAt < NinthTookOver ? "Himawari-8" : "Himawari-9");
        var observation = new Observation
        {
            Feed = HimawariReader.Feed,
            SourceKind = SourceKind.Satellite,
            DetectionId = string.Create(CultureInfo.InvariantCulture, $"{name}|AHI|{occurredAt.UtcDateTime:yyyyMMdd'T'HHmm'Z'}|{position.Lat + 0.0:F2}|{position.Lon + 0.0:F2}"),
            OccurredAt = occurredAt,
            Position = position,
            // Half the diagonal of the cell: the circle that holds the whole of it.
            RadiusMetres = Math.Sqrt(2 * areaSquareKilometres) / 2 * 1000,
            Confidence = ReadConfidence(text),
            FrpMegawatts = power,
            Instrument = name,
            MayOpenFire = Number(text, header.Volcano) is not > 0,
        };
        return fault is null ? IntakeLine.Accepted(line, observation) : IntakeLine.Rejected(line, fault);
    }

    LonLat ReadPosition(ReadOnlySpan<byte> text)
    {
        if (Number(text, header.Latitude) is not { } lat || Number(text, header.Longitude) is not { } lon)
        {
            Refuse("not-a-number: Lat or Lon is empty");
            return default;
        }

        if (Math.Abs(lat) > 90 || Math.Abs(lon) > 360)
        {
            Refuse(string.Create(CultureInfo.InvariantCulture, $"coordinates-out-of-range: Lat {lat}, Lon {lon}"));
        }

        // The disk reaches across the date line, to 200° E.
        return new(lon > 180 ? lon - 360 : lon, lat);
    }

    DateTimeOffset ReadTime(ReadOnlySpan<byte> text)
    {
        if (Number(text, header.Year) is { } year && Number(text, header.Month) is { } month && Number(text, header.Day) is { } day
            && year is >= FirstYear and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth((int)year, (int)month)
            && FirmsTime.TryReadClock(row.Cell(text, header.Time), out var minutes))
        {
            return new DateTimeOffset((int)year, (int)month, (int)day, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes);
        }

        Refuse("time-invalid: Year, Month, Day and Time (HHMM, UTC)");
        return default;
    }

    double ReadArea(ReadOnlySpan<byte> text)
    {
        var area = Number(text, header.Area) ?? UsualAreaSquareKilometres;
        if (area is not (> 0 and <= LargestAreaSquareKilometres))
        {
            Refuse(string.Create(CultureInfo.InvariantCulture, $"footprint-out-of-range: {area} km²"));
        }

        return area;
    }

    /// <summary>Watts per square metre of the cell: times square kilometres that is megawatts. Quality 2 says that the power is not to be relied on.</summary>
    double? ReadPower(ReadOnlySpan<byte> text, double areaSquareKilometres)
    {
        if (Number(text, header.Power) is not { } power || Number(text, header.Quality) is 2)
        {
            return null;
        }

        if (power < 0)
        {
            Refuse("frp-negative: " + power.ToString(CultureInfo.InvariantCulture));
        }

        var megawatts = header.PowerIsMegawatts ? power : Math.Round(power * areaSquareKilometres, 3);
        if (megawatts > Observation.LargestMegawatts)
        {
            Refuse(string.Create(CultureInfo.InvariantCulture, $"frp-implausible: {megawatts} MW"));
        }

        return megawatts;
    }

    /// <summary>Reliability 1 low, 3 normal, 5 high, taken as FIRMS's l, n and h are.</summary>
    double? ReadConfidence(ReadOnlySpan<byte> text) => Number(text, header.Reliability) switch
    {
        null => null,
        >= 5 => 0.9,
        >= 3 => 0.5,
        _ => 0.2,
    };

    double? Number(ReadOnlySpan<byte> text, int? column)
    {
        if (column is not { } present || row.Cell(text, present) is not { IsEmpty: false } cell)
        {
            return null;
        }

        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        Refuse("not-a-number: " + Excerpt.Of(cell));
        return null;
    }

    /// <summary>The first fault of a row is the one that is told.</summary>
    void Refuse(string reason) => fault ??= reason;
}
