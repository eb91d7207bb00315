using SkiaSharp;

namespace Linfen.AirMap.Pictures;

/// <summary>The colours of a picture.</summary>
/// <param name="Faint">Counties that lie around those that are told of.</param>
/// <param name="Ramp">One for each class of open violations: from blue to brown, ever further from the ground in lightness, so that every eye and a grey print tell the classes apart.</param>
sealed record PictureTheme(
    SKColor Paper, SKColor Ground, SKColor Faint, SKColor Line, SKColor Frame, SKColor CountyLine, SKColor Band, SKColor Text, SKColor Quiet,
    SKColor Fire, SKColor FireRim, SKColor Overdue, SKColor[] Ramp)
{
    /// <summary>For paper: light means few.</summary>
    public static readonly PictureTheme Light = new(
        Paper: Of("#FDFCF9"), Ground: Of("#F1EFE8"), Faint: Of("#F8F7F3"), Line: Of("#DAD6CA"), Frame: Of("#4C4A45"), CountyLine: Of("#6E6A61"), Band: Of("#7E93A8"),
        Text: Of("#23262B"), Quiet: Of("#646A72"), Fire: Of("#D4290F"), FireRim: SKColors.White, Overdue: Of("#96590A"),
        Ramp: [Of("#FAF8F2"), Of("#DDE8F0"), Of("#BDD4E5"), Of("#98BCD3"), Of("#A3B0A8"), Of("#BB9C5E"), Of("#A67C38"), Of("#85561C")]);

    /// <summary>The wall's own tokens: dark means few.</summary>
    public static readonly PictureTheme Dark = new(
        Paper: Of("#0A1220"), Ground: Of("#0C1627"), Faint: Of("#101B2E"), Line: Of("#1C2B43"), Frame: Of("#8EA6C4"), CountyLine: Of("#7391B6"), Band: Of("#3F86D8"),
        Text: Of("#DBE7F7"), Quiet: Of("#9CB2CF"), Fire: Of("#FF5A2E"), FireRim: SKColors.White, Overdue: Of("#F2B84B"),
        Ramp: [Of("#131E33"), Of("#1A2E4C"), Of("#214263"), Of("#2A567A"), Of("#3D6C8A"), Of("#647F88"), Of("#94875F"), Of("#B8903F")]);

    /// <summary>The badge of what is simulated has the same colours on every page.</summary>
    public static readonly SKColor Stripe = Of("#F2B84B");

    /// <summary>Ink on what is light.</summary>
    public static readonly SKColor Ink = Of("#1B1E23");

    /// <summary>Letters that can be read on a fill (relative luminance after WCAG 2.2).</summary>
    public static SKColor On(SKColor fill) => Luminance(fill) > 0.24 ? Ink : SKColors.White;

    static double Luminance(SKColor colour) => 0.2126 * Linear(colour.Red) + 0.7152 * Linear(colour.Green) + 0.0722 * Linear(colour.Blue);

    static double Linear(byte part) => part / 255d is var share && share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);

    static SKColor Of(string hex) => SKColor.Parse(hex);
}
