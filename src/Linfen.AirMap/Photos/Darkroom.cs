using SkiaSharp;

namespace Linfen.AirMap.Photos;

/// <summary>
/// Develops a photo into the copies that are shown: upright, in sRGB, on white, as JPEG made anew from the pixels, so that nothing but the
/// picture is left.
/// </summary>
sealed class Darkroom : IDisposable
{
    public const long MostPixels = 60_000_000;

    const int Quality = 85;

    readonly SKCodec codec;

    Darkroom(SKCodec codec) => this.codec = codec;

    public int Width => Sideways ? codec.Info.Height : codec.Info.Width;

    public int Height => Sideways ? codec.Info.Width : codec.Info.Height;

    /// <summary>The last four of the eight orientations of EXIF lie on their side.</summary>
    bool Sideways => codec.EncodedOrigin >= SKEncodedOrigin.LeftTop;

    /// <summary>Reads the header only.</summary>
    /// <returns>Null and a reason for what is no readable photo, or too large to be decoded.</returns>
    public static Darkroom? Enter(byte[] photo, out string reason)
    {
        using var data = SKData.CreateCopy(photo);
        var opened = SKCodec.Create(data);
        reason = opened is null ? PhotoRefusals.Damaged
            : (long)opened.Info.Width * opened.Info.Height > MostPixels ? PhotoRefusals.TooManyPixels
            : "";
        if (opened is null || reason.Length > 0)
        {
            opened?.Dispose();
            return null;
        }

        return new(opened);
    }

    /// <returns>JPEGs whose longest sides have at most the given lengths, the first being the longest; null where pixels are missing.</returns>
    public byte[][]? Develop(params ReadOnlySpan<int> longestSides)
    {
        using var negative = Decode(longestSides[0]);
        if (negative is null)
        {
            return null;
        }

        var prints = new byte[longestSides.Length][];
        for (var i = 0; i < prints.Length; i++)
        {
            prints[i] = Print(negative, longestSides[i]);
        }

        return prints;
    }

    SKBitmap? Decode(int longestSide)
    {
        // JPEG decodes to eighths of its size, and to the next of them: ask for half an eighth more, never to be too small.
        var scale = (float)longestSide / Math.Max(Width, Height) + 1f / 16;
        var size = scale < 1 ? codec.GetScaledDimensions(scale) : codec.Info.Size;
        using var space = SKColorSpace.CreateSrgb();
        var negative = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul, space));
        if (codec.GetPixels(negative.Info, negative.GetPixels()) == SKCodecResult.Success)
        {
            return negative;
        }

        negative.Dispose();
        return null;
    }

    byte[] Print(SKBitmap negative, int longestSide)
    {
        var scale = Math.Min(1f, (float)longestSide / Math.Max(Width, Height));
        var (width, height) = (Math.Max(1, (int)Math.Round(Width * scale)), Math.Max(1, (int)Math.Round(Height * scale)));
        // Without a colour space no profile is written; viewers then take sRGB, which it is.
        using var print = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(print))
        {
            canvas.Clear(SKColors.White);
            canvas.Concat(Upright(width, height));
            using var image = SKImage.FromBitmap(negative);
            var place = Sideways ? new SKRect(0, 0, height, width) : new SKRect(0, 0, width, height);
            canvas.DrawImage(image, place, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        }

        using var jpeg = print.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return jpeg.ToArray();
    }

    /// <summary>From the stored picture to the upright one of this size.</summary>
    SKMatrix Upright(int width, int height) => codec.EncodedOrigin switch
    {
        SKEncodedOrigin.TopRight => new(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new(0, -1, width, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new(0, -1, width, -1, 0, height, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, height, 0, 0, 1),
        _ => SKMatrix.Identity,
    };

    public void Dispose() => codec.Dispose();
}
