namespace Linfen.AirMap.Air;

/// <summary>
/// A mean that a station delivered. There is one per station, factor, interval and time; when another value comes later it is the
/// station's correction and takes its place, and what it said before is kept as an <see cref="AirCorrection"/>.
/// </summary>
sealed class AirValue
{
    public Guid StationId { get; private set; }

    public AirFactor Factor { get; private set; }

    public AirInterval Interval { get; private set; }

    /// <summary>Start of the hour or of the Beijing day.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>In the unit of the factor.</summary>
    public double Value { get; private set; }

    /// <summary>The station's own verdict on it; what is not valid counts for no mean.</summary>
    public bool Valid { get; private set; }

    public DateTimeOffset KnownAt { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>That of its station.</summary>
    public bool Simulated { get; private set; }

    AirValue()
    {
    }
}

/// <summary>What a value said before a correction took its place.</summary>
sealed class AirCorrection
{
    public Guid StationId { get; private set; }

    public AirFactor Factor { get; private set; }

    public AirInterval Interval { get; private set; }

    public DateTimeOffset At { get; private set; }

    public DateTimeOffset ReplacedAt { get; private set; }

    public double Value { get; private set; }

    public bool Valid { get; private set; }

    public bool Simulated { get; private set; }

    AirCorrection()
    {
    }
}

/// <summary>The valid daily mean of a station, computed once when a value of that day arrives; days without a valid mean have no row.</summary>
sealed class AirDay
{
    public Guid StationId { get; private set; }

    public AirFactor Factor { get; private set; }

    /// <summary>A Beijing day.</summary>
    public DateOnly Day { get; private set; }

    public double Mean { get; private set; }

    /// <summary>Valid hours it is the mean of; null where the station delivered the daily mean itself.</summary>
    public short? Hours { get; private set; }

    public bool Simulated { get; private set; }

    AirDay()
    {
    }
}
