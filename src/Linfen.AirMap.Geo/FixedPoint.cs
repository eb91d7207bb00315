namespace Linfen.AirMap.Geo;

static class FixedPoint
{
    /// <summary>0.1 µm on the ground; a single step would leave an error of up to 3.3 m in Linfen.</summary>
    const double ToleranceDegrees = 1e-12;

    /// <summary>Five rounds suffice in China; the limit only bounds hostile input.</summary>
    const int MaximumRounds = 20;

    /// <summary>The point that <paramref name="shift"/>, a small and smooth displacement, moves to <paramref name="shifted"/>.</summary>
    public static LonLat Invert(Func<LonLat, LonLat> shift, LonLat shifted)
    {
        var guess = shifted;
        for (var round = 0; round < MaximumRounds; round++)
        {
            var reached = shift(guess);
            var lonError = shifted.Lon - reached.Lon;
            var latError = shifted.Lat - reached.Lat;
            guess = new LonLat(guess.Lon + lonError, guess.Lat + latError);
            if (Math.Abs(lonError) < ToleranceDegrees && Math.Abs(latError) < ToleranceDegrees)
            {
                break;
            }
        }

        return guess;
    }
}
