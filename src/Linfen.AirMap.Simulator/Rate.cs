using System.Globalization;

namespace Linfen.AirMap.Simulator;

/// <summary>How many detections in a unit of time, written as people say it: <c>2/s</c>, <c>50/s</c>, <c>1/min</c>, <c>30/h</c>.</summary>
public readonly record struct Rate(double PerSecond)
{
    const double FastestPerSecond = 10_000;

    public TimeSpan TimeFor(int detections) => TimeSpan.FromSeconds(detections / PerSecond);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PerSecond:0.####}/s");

    public static bool TryParse(string text, out Rate rate)
    {
        rate = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !double.TryParse(text.AsSpan(0, slash), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        double? seconds = text[(slash + 1)..] switch
        {
            "s" or "sec" => 1,
            "m" or "min" => 60,
            "h" => 3600,
            _ => null,
        };
        if (seconds is null || !(count > 0) || count / seconds > FastestPerSecond)
        {
            return false;
        }

        rate = new Rate(count / seconds.Value);
        return true;
    }
}
