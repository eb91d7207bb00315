using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Linfen.AirMap.Accounts;

/// <summary>One-time codes by time: RFC 6238 with HMAC-SHA-1, six digits, thirty seconds, as every authenticator app makes them.</summary>
static class Totp
{
    const int StepSeconds = 30;
    const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>160 bits, as RFC 4226 recommends.</summary>
    public static string NewKey()
    {
        var bytes = RandomNumberGenerator.GetBytes(20);
        return string.Concat(Enumerable.Range(0, 32).Select(i => Base32[Bits(bytes, i * 5)]));
    }

    public static string UriOf(string key, string userName) =>
        $"otpauth://totp/{Uri.EscapeDataString("Linfen AirMap:" + userName)}?secret={key}&issuer={Uri.EscapeDataString("Linfen AirMap")}";

    /// <summary>The step whose code it is: the present one or its neighbours, and later than the last that was used. Null when none.</summary>
    public static long? StepOf(string key, string code, DateTimeOffset now, long lastUsed)
    {
        var present = now.ToUnixTimeSeconds() / StepSeconds;
        long? found = null;
        for (var step = present - 1; step <= present + 1; step++)
        {
            if (step > lastUsed && Secret.Same(CodeOf(key, step), code))
            {
                found = step;
            }
        }

        return found;
    }

    public static string CodeOf(string key, DateTimeOffset now) => CodeOf(key, now.ToUnixTimeSeconds() / StepSeconds);

    static string CodeOf(string key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // The standard's own hash; authenticator apps know no other.
        var hash = HMACSHA1.HashData(Decode(key), counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    static int Bits(byte[] bytes, int at) => ((bytes[at / 8] << 8 | (at / 8 + 1 < bytes.Length ? bytes[at / 8 + 1] : 0)) >> (11 - at % 8)) & 31;

    static byte[] Decode(string key)
    {
        var bytes = new byte[key.Length * 5 / 8];
        for (var i = 0; i < bytes.Length * 8; i++)
        {
            if ((Base32.IndexOf(key[i / 5], StringComparison.Ordinal) >> (4 - i % 5) & 1) == 1)
            {
                bytes[i / 8] |= (byte)(128 >> i % 8);
            }
        }

        return bytes;
    }
}
