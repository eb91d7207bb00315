using System.ComponentModel.DataAnnotations;

namespace Linfen.AirMap.BaseMaps;

/// <summary>Settings under <c>Airmap:BaseMap</c>.</summary>
public sealed record BaseMapOptions
{
    /// <summary>Folder of *.pmtiles; <c>basemap</c> beside the boundaries where it is empty.</summary>
    public string Folder { get; init; } = "";

    [Required]
    public TiandituOptions Tianditu { get; init; } = new();
}

/// <summary>天地图, the national platform for geographic information; the key is the city's own and never leaves the server but for it.</summary>
public sealed record TiandituOptions
{
    /// <summary>Of the kind "server"; empty: no request leaves.</summary>
    public string Key { get; init; } = "";

    [Required]
    public string BaseUrl { get; init; } = "https://t0.tianditu.gov.cn";

    [Range(1, 120)]
    public int RequestSeconds { get; init; } = 10;

    /// <summary>Requests under way at a time.</summary>
    [Range(1, 64)]
    public int AtOnce { get; init; } = 8;

    [Range(1, 4_096)]
    public int CacheMegabytes { get; init; } = 64;

    /// <summary>After a refusal (key, quota) nothing is asked for so long.</summary>
    [Range(1, 86_400)]
    public int PauseSeconds { get; init; } = 300;
}
