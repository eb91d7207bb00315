using System.ComponentModel.DataAnnotations;

namespace Linfen.AirMap.Tiles;

/// <summary>Settings under <c>Airmap:Tiles</c>.</summary>
public sealed record TileOptions
{
    /// <summary>Keep drawn tiles in memory until a layer of theirs changes.</summary>
    public bool Cache { get; init; } = true;

    [Range(1, 16_384)]
    public int CacheMegabytes { get; init; } = 64;

    /// <summary>Connections that draw; 0: two for each processor.</summary>
    [Range(0, 64)]
    public int Connections { get; init; }

    [Range(0, 24)]
    public int MaxZoom { get; init; } = 16;

    /// <summary>Fires that are out or refuted are drawn until so many Beijing days after it was known; later only lists have them.</summary>
    [Range(0, 3650)]
    public int EndedDays { get; init; } = 7;
}
