using System.Globalization;
using Linfen.AirMap.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace Linfen.AirMap.Pictures;

/// <summary>What a picture is asked to be.</summary>
public sealed record PictureQuery
{
    const int LeastSide = 320;
    const int MostSide = 4_096;

    /// <summary>Of the file: 64 MiB while it is drawn.</summary>
    const int MostPixels = MostSide * MostSide;

    /// <summary>Pixels before <see cref="Scale"/>, 320 to 4096; 1600 by default.</summary>
    [FromQuery(Name = "width")]
    public string? Width { get; init; }

    /// <summary>Pixels before <see cref="Scale"/>, 320 to 4096; 1200 by default.</summary>
    [FromQuery(Name = "height")]
    public string? Height { get; init; }

    /// <summary>1 or 2: pixels of the file for each pixel of width and height.</summary>
    [FromQuery(Name = "scale")]
    public string? Scale { get; init; }

    /// <summary>Six-digit code: this county large, its neighbours faint.</summary>
    [FromQuery(Name = "county")]
    public string? County { get; init; }

    /// <summary>RFC 3339: what was known at that moment instead of now.</summary>
    [FromQuery(Name = "asKnownAt")]
    public string? AsKnownAt { get; init; }

    /// <summary>zh (default) or en.</summary>
    [FromQuery(Name = "lang")]
    public string? Lang { get; init; }

    /// <summary>light (default, for print) or dark.</summary>
    [FromQuery(Name = "theme")]
    public string? Theme { get; init; }

    /// <summary><c>exclude</c> leaves simulated data out.</summary>
    [FromQuery(Name = "simulated")]
    public string? Simulated { get; init; }

    /// <summary>The checked query, or the sentence that says what is wrong with it.</summary>
    internal (Checked? Query, string? Fault) Check(DateTimeOffset now)
    {
        if (Number(Width, 1_600, LeastSide, MostSide) is not { } width || Number(Height, 1_200, LeastSide, MostSide) is not { } height)
        {
            return (null, $"width and height are {LeastSide} to {MostSide} pixels.");
        }

        if (Number(Scale, 1, 1, 2) is not { } scale)
        {
            return (null, "scale is 1 or 2.");
        }

        if ((long)width * height * scale * scale > MostPixels)
        {
            return (null, $"A picture has at most {MostPixels} pixels; width times height times scale twice is more.");
        }

        if (County is { Length: > 0 } && (County.Length != 6 || !County.All(char.IsAsciiDigit)))
        {
            return (null, "county is a six-digit code such as 141002.");
        }

        if (Lang is not (null or "" or "zh" or "en") || Theme is not (null or "" or "light" or "dark") || Simulated is not (null or "" or "include" or "exclude"))
        {
            return (null, "lang is zh or en, theme light or dark, simulated include or exclude.");
        }

        return !ListQuery.TryTime(AsKnownAt, out var moment) ? (null, "asKnownAt is an RFC 3339 time with an offset.")
            : moment > now ? (null, "asKnownAt is not in the future.")
            : (new(width, height, scale, string.IsNullOrEmpty(County) ? null : County, moment, Lang == "en", Theme == "dark", Simulated == "exclude"), null);
    }

    static int? Number(string? text, int otherwise, int least, int most) =>
        string.IsNullOrEmpty(text) ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : null;

    /// <param name="AsKnownAt">Null for now.</param>
    internal sealed record Checked(int Width, int Height, int Scale, string? County, DateTimeOffset? AsKnownAt, bool IsEnglish, bool IsDark, bool WithoutSimulated);
}
