using System.Collections.Frozen;
using System.Text;

namespace Linfen.AirMap.Plan.Articles;

/// <summary>Names of enums as reasons (<c>coal-free</c>) and as values of facts (<c>coalFree</c>).</summary>
static class Words
{
    private static readonly FrozenDictionary<ZoneKind, string> OutsideOf =
        Enum.GetValues<ZoneKind>().ToFrozenDictionary(kind => kind, kind => "outside-" + Kebab(kind.ToString()));

    /// <summary>The reason of a subject that lies in no zone of the kind.</summary>
    public static string Outside(ZoneKind kind) => OutsideOf[kind];

    /// <summary><c>wetDemolition</c> and <c>WetDemolition</c> → <c>wet-demolition</c></summary>
    public static string Kebab(string name)
    {
        var kebab = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && kebab.Length > 0)
            {
                kebab.Append('-');
            }

            kebab.Append(char.ToLowerInvariant(letter));
        }

        return kebab.ToString();
    }

    /// <summary><c>TeaBoiler</c> → <c>teaBoiler</c>; null stays null.</summary>
    public static string? Value<T>(T? value)
        where T : struct, Enum => value?.ToString() is { } name ? char.ToLowerInvariant(name[0]) + name[1..] : null;
}
