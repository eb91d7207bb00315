using System.Globalization;
using System.Text.RegularExpressions;

namespace Linfen.AirMap.Simulator.Demo;

/// <summary>
/// What stands on the server about the city that was made there: the seed, and the moment from which its past is told. A second run takes
/// both from it and so says every thing exactly as the first did.
/// </summary>
static partial class DemoMark
{
    public static string Write(DemoSettings settings) => string.Create(
        CultureInfo.InvariantCulture, $"演示数据，边界和文号均为虚构（种子 {settings.Seed}，时刻 {settings.Now.ToUniversalTime():yyyy-MM-dd'T'HH:mm:ss'Z'}）");

    public static DemoSettings? Read(string? note) =>
        note is not null && Mark().Match(note) is { Success: true } match
        && int.TryParse(match.Groups["seed"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
        && DateTimeOffset.TryParse(match.Groups["now"].ValueSpan, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var now)
            ? new(seed, now)
            : null;

    [GeneratedRegex(@"种子 (?<seed>\d+)，时刻 (?<now>[-0-9T:]+Z)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mark();
}
