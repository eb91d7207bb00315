using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Linfen.AirMap.Accounts;

/// <summary>Tokens of 256 random bits, of which only the hash is kept. Being random they need no salt and no slow hash.</summary>
static class Secret
{
    public const string KeyPrefix = "airmap_";

    const string PasswordSigns = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    public static string NewToken() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

    public static string NewKey() => KeyPrefix + NewToken();

    /// <summary>Sixteen signs that cannot be mistaken for each other: more than 90 bits.</summary>
    public static string NewPassword() => RandomNumberGenerator.GetString(PasswordSigns, 16);

    /// <summary>What a wall shows: eight digits are good for the minutes that it lives.</summary>
    public static string NewCode() => RandomNumberGenerator.GetString("0123456789", 8);

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Only who has the cookie can know it; a foreign page cannot read the cookie.</summary>
    public static string CsrfOf(string sessionToken) => WebEncoders.Base64UrlEncode(Hash("csrf:" + sessionToken));

    public static bool Same(string a, string b) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));
}
