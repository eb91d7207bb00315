namespace Linfen.AirMap.HeatSources.Learning;

/// <summary>
/// Radiative powers counted in steps of 7 % (ten to the octave) from 0.05 MW, so that quantiles of any number of sightings need no sightings.
/// </summary>
sealed class PowerScale
{
    const double Least = 0.05;
    const int StepsPerOctave = 10;
    const int Steps = 256;

    /// <summary>Step in the upper byte, count below it; in order of the steps.</summary>
    uint[] counts = new uint[2];
    int used;

    public int Total { get; private set; }

    public void Add(double megawatts) => Add(StepOf(megawatts), 1);

    public void Add(PowerScale other)
    {
        for (var i = 0; i < other.used; i++)
        {
            Add((int)(other.counts[i] >> 24), (int)(other.counts[i] & 0xFF_FFFF));
        }
    }

    /// <summary>The power that so large a share of the sightings does not exceed; null without any.</summary>
    public double? Quantile(double share)
    {
        var wanted = Math.Max(1, (int)Math.Ceiling(share * Total));
        for (var (i, passed) = (0, 0); i < used; i++)
        {
            passed += (int)(counts[i] & 0xFF_FFFF);
            if (passed >= wanted)
            {
                return PowerOf((int)(counts[i] >> 24));
            }
        }

        return null;
    }

    void Add(int step, int count)
    {
        Total += count;
        var at = 0;
        while (at < used && counts[at] >> 24 < step)
        {
            at++;
        }

        if (at == used || counts[at] >> 24 != step)
        {
            if (used == counts.Length)
            {
                Array.Resize(ref counts, used * 2);
            }

            Array.Copy(counts, at, counts, at + 1, used - at);
            counts[at] = (uint)step << 24;
            used++;
        }

        counts[at] += (uint)count;
    }

    static int StepOf(double megawatts) =>
        megawatts < Least ? 0 : Math.Min(Steps - 1, 1 + (int)Math.Round(StepsPerOctave * Math.Log2(megawatts / Least)));

    static double PowerOf(int step) => step == 0 ? 0 : Least * Math.Pow(2, (step - 1) / (double)StepsPerOctave);
}
