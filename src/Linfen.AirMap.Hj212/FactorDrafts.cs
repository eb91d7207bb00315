using System.Globalization;

namespace Linfen.AirMap.Hj212;

/// <summary>The factors of a packet while it is being read. They are put together by code, whatever separators stand between their values.</summary>
sealed class FactorDrafts
{
    const double MostAbsolute = 1e12;
    const int LongestEFlag = 16;

    readonly List<FactorValues> all = new(12);

    public IReadOnlyList<FactorValues> All => all;

    public Defects Defects { get; private set; }

    /// <summary>False for a pair that was there already.</summary>
    public bool Take(PacketField field)
    {
        var key = field.Key.Span;
        var hyphen = key.LastIndexOf('-');
        if (hyphen <= 0)
        {
            return Unknown();
        }

        var name = key[..hyphen];
        var suffix = key[(hyphen + 1)..];
        if (name.LastIndexOf('-') is var earlier and > 0 && name[(earlier + 1)..].Equals(suffix, StringComparison.OrdinalIgnoreCase))
        {
            Defects |= Defects.SuffixRepeated;
            name = name[..earlier];
        }

        return SuffixOf(suffix) is { } known && FactorCode.Read(name) is { } code ? Set(Of(code), known, field.Value.Span) : Unknown();
    }

    /// <summary>Real-time data that calls its values means, means that call theirs real-time.</summary>
    public Defects Foreign(CommandCode command)
    {
        var isRealTime = command is CommandCode.RealTime or CommandCode.RealTime2025;
        return all.Exists(f => isRealTime ? f.Avg is not null : f.Rtd is not null) ? Defects.SuffixForeign : Defects.None;
    }

    enum Suffix
    {
        Rtd,
        Avg,
        Min,
        Max,
        Cou,
        Flag,
        EFlag,
        SampleTime,
    }

    static readonly (string Name, Suffix Suffix)[] Suffixes = [.. Enum.GetValues<Suffix>().Select(s => (s.ToString(), s))];

    Suffix? SuffixOf(ReadOnlySpan<char> text)
    {
        foreach (var (name, suffix) in Suffixes)
        {
            if (text.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                Defects |= text.SequenceEqual(name) ? Defects.None : Defects.UpperCase;
                return suffix;
            }
        }

        return null;
    }

    FactorValues Of(string code)
    {
        for (var i = all.Count - 1; i >= 0; i--)
        {
            if (string.Equals(all[i].Code, code, StringComparison.Ordinal))
            {
                return all[i];
            }
        }

        var added = new FactorValues(code);
        all.Add(added);
        return added;
    }

    bool Set(FactorValues factor, Suffix suffix, ReadOnlySpan<char> value)
    {
        switch (suffix)
        {
            case Suffix.Flag:
                var hadFlag = factor.Flag != DataState.None;
                factor.Flag = hadFlag ? factor.Flag : FlagOf(value);
                return !hadFlag;
            case Suffix.EFlag:
                factor.EFlag ??= value.Length <= LongestEFlag ? value.ToString() : null;
                return true;
            case Suffix.SampleTime:
                factor.SampleTime ??= PacketTime.Read(value);
                Defects |= factor.SampleTime is null ? Defects.SampleTimeUnreadable : Defects.None;
                return true;
            default:
                return SetNumber(factor, suffix, value);
        }
    }

    bool SetNumber(FactorValues factor, Suffix suffix, ReadOnlySpan<char> value)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !(Math.Abs(number) < MostAbsolute))
        {
            Defects |= Defects.ValueUnreadable;
            return true;
        }

        return suffix switch
        {
            Suffix.Rtd when factor.Rtd is null => (factor.Rtd = number) is not null,
            Suffix.Avg when factor.Avg is null => (factor.Avg = number) is not null,
            Suffix.Min when factor.Min is null => (factor.Min = number) is not null,
            Suffix.Max when factor.Max is null => (factor.Max = number) is not null,
            Suffix.Cou when factor.Cou is null => (factor.Cou = number) is not null,
            _ => false,
        };
    }

    DataState FlagOf(ReadOnlySpan<char> value)
    {
        if (value.Length != 1)
        {
            Defects |= Defects.FlagUnknown;
            return DataState.Unknown;
        }

        Defects |= char.IsAsciiLetterLower(value[0]) ? Defects.FlagLowercase : Defects.None;
        var flag = DataStates.Of(char.ToUpperInvariant(value[0]));
        Defects |= flag == DataState.Unknown ? Defects.FlagUnknown : Defects.None;
        return flag;
    }

    bool Unknown()
    {
        Defects |= Defects.UnknownField;
        return true;
    }
}
