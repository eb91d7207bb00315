using System.Collections.Frozen;

namespace Linfen.AirMap.Hj212;

/// <summary>What a code of HJ 212 and HJ 525 measures.</summary>
/// <param name="Unit">As the product keeps it; devices say dust in ng, µg or mg per m³.</param>
public sealed record FactorDescription(string Code, string Chinese, string English, string Unit);

/// <summary>Names of factors, as one form whatever letters a device writes them in.</summary>
public static class FactorCode
{
    public const string Tsp = "a34001";
    public const string Pm10 = "a34002";
    public const string Pm25 = "a34004";
    public const string Pm1 = "a34005";

    const int LongestCode = 24;
    const string Micrograms = "µg/m³";

    static readonly FrozenDictionary<string, FactorDescription> Known = new FactorDescription[]
    {
        new(Tsp, "总悬浮颗粒物", "TSP", Micrograms), new(Pm10, "可吸入颗粒物", "PM10", Micrograms),
        new(Pm25, "细颗粒物", "PM2.5", Micrograms), new(Pm1, "亚微米颗粒物", "PM1", Micrograms),
        new("a01001", "温度", "temperature", "°C"), new("a01002", "湿度", "relative humidity", "%"), new("a01006", "气压", "air pressure", "kPa"),
        new("a01007", "风速", "wind speed", "m/s"), new("a01008", "风向", "wind direction", "°"),
        new("a50001", "噪声", "noise", "dB"), new("LA", "A声级", "sound level LA", "dB"), new("Leq", "等效声级", "equivalent sound level Leq", "dB"),
    }.ToFrozenDictionary(f => f.Code, StringComparer.OrdinalIgnoreCase);

    static readonly FrozenDictionary<string, FactorDescription>.AlternateLookup<ReadOnlySpan<char>> BySpan = Known.GetAlternateLookup<ReadOnlySpan<char>>();

    public static FactorDescription? Find(string code) => Known.GetValueOrDefault(code);

    /// <summary>Dust, whose unit differs from device to device.</summary>
    public static bool IsDust(string code) => code is Tsp or Pm10 or Pm25 or Pm1;

    /// <summary>Null for what cannot be the code of a factor.</summary>
    public static string? Read(ReadOnlySpan<char> text)
    {
        if (BySpan.TryGetValue(text, out var known))
        {
            return known.Code;
        }

        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter != '_')
            {
                return null;
            }
        }

        return text.Length is 0 or > LongestCode ? null : IsOfThe2017Form(text) ? text.ToString().ToLowerInvariant() : text.ToString();
    }

    /// <summary>A letter and five digits, written small.</summary>
    static bool IsOfThe2017Form(ReadOnlySpan<char> text) => text.Length == 6 && char.IsAsciiLetter(text[0]) && !text[1..].ContainsAnyExceptInRange('0', '9');
}
