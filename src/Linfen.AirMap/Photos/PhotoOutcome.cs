namespace Linfen.AirMap.Photos;

/// <summary>What became of a photo that was handed in.</summary>
abstract record PhotoOutcome
{
    PhotoOutcome()
    {
    }

    /// <param name="Hash">SHA-256 of the bytes as they came, in lower-case hexadecimal digits: the photo's name from now on.</param>
    /// <param name="Width">In pixels, upright.</param>
    /// <param name="Capture">What the camera noted; null where it noted nothing of use.</param>
    public sealed record Stored(string Hash, int Width, int Height, string MediaType, Capture? Capture) : PhotoOutcome;

    /// <param name="Reason">Stable, in kebab case; see <see cref="PhotoRefusals"/>.</param>
    public sealed record Refused(string Reason) : PhotoOutcome;
}

static class PhotoRefusals
{
    public const string TooLarge = "photo-too-large";
    public const string TooManyPixels = "photo-too-many-pixels";
    public const string Heic = "heic-unsupported";
    public const string NoPhoto = "not-a-photo";
    public const string Damaged = "photo-damaged";
    public const string Truncated = "photo-truncated";
}
