namespace Linfen.AirMap.Tables;

/// <summary>What a file may ask of the machine.</summary>
/// <param name="Rows">After which reading ends with <c>too-many-rows</c>.</param>
/// <param name="Bytes">Of the file as it comes.</param>
sealed record TableLimits(long Rows = 1_000_000, long Bytes = 256 * TableLimits.MiB)
{
    const long MiB = 1024 * 1024;

    public int Columns { get; init; } = 200;

    public int CellCharacters { get; init; } = 10_000;

    /// <summary>Of everything in a zip together.</summary>
    public long UnpackedBytes { get; init; } = 256 * MiB;

    /// <summary>Unpacked to packed, for what is large: blank padded fields of a .dbf pack to about a hundredth.</summary>
    public int PackingRatio { get; init; } = 400;

    /// <summary>Below this a part of a zip may pack as well as it likes.</summary>
    public long FreelyPackedBytes { get; init; } = 8 * MiB;

    public int ZipEntries { get; init; } = 2_000;

    /// <summary>Of one feature or shape.</summary>
    public int FeatureBytes { get; init; } = (int)(16 * MiB);
}
