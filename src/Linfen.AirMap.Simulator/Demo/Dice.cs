using System.Security.Cryptography;
using System.Text;

namespace Linfen.AirMap.Simulator.Demo;

/// <summary>Chance for one topic of the city: what changes in one topic leaves the others as they are.</summary>
sealed class Dice(int seed, string topic)
{
    readonly Random _random = new(BitConverter.ToInt32(Digest($"{seed}/{topic}")) & int.MaxValue);

    public Random Random => _random;

    public bool Chance(double share) => _random.NextDouble() < share;

    public double Between(double least, double most) => least + (most - least) * _random.NextDouble();

    /// <param name="most">Included.</param>
    public int Whole(int least, int most) => _random.Next(least, most + 1);

    public T Pick<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];

    public T Pick<T>(IReadOnlyList<T> of, Func<T, double> weight)
    {
        var left = of.Sum(weight) * _random.NextDouble();
        return of.FirstOrDefault(one => (left -= weight(one)) < 0) ?? of[^1];
    }

    /// <summary>As many of each as is said, in an order of chance.</summary>
    public List<T> Deal<T>(params IEnumerable<(int Count, T What)> shares)
    {
        var dealt = shares.SelectMany(share => Enumerable.Repeat(share.What, share.Count)).ToArray();
        _random.Shuffle(dealt);
        return [.. dealt];
    }

    /// <summary>A name for something that keeps it in every run of the same seed (RFC 9562, version 8).</summary>
    public static Guid Id(int seed, string what)
    {
        var bytes = Digest($"{seed}/{what}")[..16];
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes("linfen/" + text));
}
