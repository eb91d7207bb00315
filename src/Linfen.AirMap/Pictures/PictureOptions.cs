using System.ComponentModel.DataAnnotations;

namespace Linfen.AirMap.Pictures;

/// <summary>Settings under <c>Airmap:Pictures</c>.</summary>
public sealed record PictureOptions
{
    /// <summary>Where NotoSansCJK-Regular.ttc and -Bold.ttc lie.</summary>
    [Required]
    public string FontFolder { get; init; } = Faces.Folder;

    /// <summary>So many pictures are drawn at a time; one takes up to 64 MiB of pixels.</summary>
    [Range(1, 64)]
    public int AtOnce { get; init; } = 2;

    /// <summary>So many wait for their turn; the next one is refused.</summary>
    [Range(0, 1_000)]
    public int MostWaiting { get; init; } = 16;

    /// <summary>Finished pictures that are kept for whoever asks for the same.</summary>
    [Range(1, 1_024)]
    public int CacheMegabytes { get; init; } = 16;
}
