using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Linfen.AirMap.Tables;

namespace Linfen.AirMap.Tests.Tables;

/// <summary>Random tables of <see cref="RoundTripTests"/>.</summary>
public sealed record Written(IReadOnlyList<WrittenRow> Rows);

public sealed record WrittenRow(string Text, string LongText, string Number, string Flag, string Day);

public static class Texts
{
    /// <summary>Characters that some format treats in its own way, and some that none does.</summary>
    static readonly string[] Pieces =
    [
        "尧都", "锅炉", "a", "Z", "0", "7", ",", ";", "\t", "\"", "'", "=", "+", "-", "@", "＝", "\n", "\r", "\r\n", " ", "　", "\\", "/", "_x0041_", "<", "&", ">", "]]>", "{", "}", "𠮷", "é", "\u0001", "\u200B", "\uFEFF",
    ];

    static Gen<string> Text(int most) => from count in Gen.Choose(0, most)
                                         from pieces in Gen.Elements(Pieces).ListOf(count)
                                         select Header.Clean(string.Concat(pieces));

    static readonly Gen<string> Number = from whole in Gen.Choose(-1_000_000, 1_000_000)
                                         from digits in Gen.Choose(0, 8)
                                         from fraction in Gen.Choose(1, 9)
                                         select digits == 0 ? whole.ToString(CultureInfo.InvariantCulture) : $"{whole}.{new string('0', digits - 1)}{fraction}";

    static readonly Gen<string> Day = from days in Gen.Choose(0, 80_000) select new DateOnly(1890, 1, 1).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static Gen<string> Or(Gen<string> usual) => Gen.Frequency((8, usual), (1, Gen.Constant("")), (1, Text(6)));

    public static Arbitrary<Written> Tables(IArbMap map) => Arb.From(
        from rows in (from text in Text(12)
                      from longText in Text(120)
                      from number in Gen.Frequency((1, Number), (1, Or(Number)))
                      from flag in Gen.Elements("true", "false", "")
                      from day in Gen.Frequency((1, Day), (1, Or(Day)))
                      select new WrittenRow(text, longText, number, flag, day)).ListOf()
        select new Written(rows));
}
