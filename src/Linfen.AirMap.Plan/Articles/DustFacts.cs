namespace Linfen.AirMap.Plan.Articles;

/// <summary>What a site's dust monitor measured, up to the moment that is asked about.</summary>
public sealed record DustFacts
{
    public const string Pm10 = "PM10";
    public const string Tsp = "TSP";

    public required Place Place { get; init; }

    public required string Factor { get; init; }

    /// <summary>Mean of the valid data over the averaging time of the factor, µg/m³; null without any.</summary>
    public double? Average { get; init; }

    /// <summary>What the county's air carries anyway, over the same time, µg/m³; asked of PM10 only.</summary>
    public double? Background { get; init; }

    /// <summary>Minutes of valid data that the mean stands on.</summary>
    public int ValidMinutes { get; init; }

    /// <summary>An exceedance was found earlier and its end has not been found yet.</summary>
    public bool ExceededBefore { get; init; }

    /// <summary>Since when all data have been valid and not above the limit; null when the last ones were not.</summary>
    public DateTimeOffset? HourBelowSince { get; init; }
}
