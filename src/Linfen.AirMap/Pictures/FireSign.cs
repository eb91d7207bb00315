using SkiaSharp;

namespace Linfen.AirMap.Pictures;

/// <summary>The signs of fires: form tells what is sure, colour only repeats that it burns. Confirmed: a full disc. Suspected: a broken ring about a point.</summary>
static class FireSign
{
    /// <summary>In units of the page.</summary>
    public const float Radius = 1.05f;

    /// <summary>So many stand beside each other at their full size; of more each is smaller, down to a share that can still be told apart.</summary>
    const float AtFullSize = 60, LeastShare = 0.62f;

    public static float ShareOf(int fires) => Math.Clamp(MathF.Sqrt(AtFullSize / Math.Max(1, fires)), LeastShare, 1);

    public static void Draw(SKCanvas canvas, SKPoint at, bool confirmed, float unit, PictureTheme theme)
    {
        if (confirmed)
        {
            using var rim = Lettering.Fill(theme.FireRim);
            using var disc = Lettering.Fill(theme.Fire);
            canvas.DrawCircle(at, (Radius + 0.32f) * unit, rim);
            canvas.DrawCircle(at, Radius * unit, disc);
            return;
        }

        using var ground = Lettering.Fill(theme.Paper.WithAlpha(210));
        using var ring = Lettering.Stroke(theme.Fire, 0.34f * unit);
        using var point = Lettering.Fill(theme.Fire);
        canvas.DrawCircle(at, (Radius + 0.25f) * unit, ground);
        // Nine dashes around.
        var dash = 2 * MathF.PI * Radius * unit / 9;
        using var dashes = SKPathEffect.CreateDash([dash * 0.62f, dash * 0.38f], 0);
        ring.PathEffect = dashes;
        canvas.DrawCircle(at, Radius * unit, ring);
        canvas.DrawCircle(at, 0.36f * unit, point);
    }
}
