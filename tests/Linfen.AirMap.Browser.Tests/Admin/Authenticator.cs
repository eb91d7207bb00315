using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Linfen.AirMap.Browser.Tests.Admin;

/// <summary>The authenticator on somebody's phone (RFC 6238: SHA-1, six digits, thirty seconds), written apart from the server's.</summary>
static class Authenticator
{
    const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string CodeOf(string secret, DateTimeOffset at)
    {
        var step = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, at.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // RFC 6238 names SHA-1; authenticators know no other.
        var hash = HMACSHA1.HashData(Decode(secret), step);
#pragma warning restore CA5350
        var truncated = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & 0x7fffffff;
        return (truncated % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    static byte[] Decode(string secret)
    {
        var bits = string.Concat(secret.TrimEnd('=').Select(sign => Convert.ToString(Base32.IndexOf(sign, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(octet => octet.Length == 8).Select(octet => Convert.ToByte(new string(octet), 2))];
    }
}
