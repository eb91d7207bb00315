namespace Linfen.AirMap.Plan.Articles;

/// <summary>The air of a county, or of the development zone, over a year up to the moment that is asked about.</summary>
public sealed record CountyAirFacts
{
    /// <summary>GB/T 2260 code; of the development zone that of the county around it.</summary>
    public required string County { get; init; }

    /// <summary>Running annual mean of PM2.5, µg/m³; null without any data.</summary>
    public double? AnnualMean { get; init; }

    /// <summary>Days with a valid daily mean among those of the year.</summary>
    public int ValidDays { get; init; }

    /// <summary>临汾经济开发区</summary>
    public bool DevelopmentZone { get; init; }
}
