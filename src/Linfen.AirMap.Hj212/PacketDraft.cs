using System.Globalization;

namespace Linfen.AirMap.Hj212;

/// <summary>A packet while its pairs are being read: the first of several says what counts.</summary>
sealed class PacketDraft
{
    const int LongestMn = 64;
    const int LongestQn = 40;

    readonly List<PacketField> fields = new(24);
    readonly FactorDrafts factors = new();
    Defects defects;
    Fault mnFault = Fault.NoMn;
    Fault cnFault = Fault.NoCn;
    string? qn;
    string? st;
    string? password;
    string mn = "";
    CommandCode command;
    PacketFlag? flag;
    bool hasFlag;
    int? packetCount;
    int? packetNumber;
    bool hasDataTime;
    DateTimeOffset? dataTime;
    bool resent;

    public void Note(Defects found) => defects |= found;

    public void Take(PacketField field)
    {
        fields.Add(field);
        var key = field.Key.Span;
        var value = field.Value.Span;
        if (!(Is(key, "QN") ? TakeQn(value, field.Group) : Is(key, "ST") ? TakeSt(value) : Is(key, "CN") && field.Group < 0 ? TakeCn(value)
            : Is(key, "PW") ? TakePassword(value) : Is(key, "MN") ? TakeMn(value) : Is(key, "Flag") ? TakeFlag(value, field.Group)
            : Is(key, "PNUM") ? TakeNumber(value, ref packetCount) : Is(key, "PNO") ? TakePacketNumber(value) : Is(key, "DataTime") ? TakeDataTime(value, field.Group)
            : Is(key, "RF") ? TakeResent(value) : TakeFurther(field)))
        {
            Note(Defects.DuplicateKey);
        }
    }

    public Packet Finish(bool hasCp)
    {
        NoteMissing();
        Note(factors.Defects | factors.Foreign(command));
        return new Packet
        {
            Qn = qn, St = st, Command = command, Password = password, Mn = mn, Flag = flag, PacketCount = packetCount, PacketNumber = packetNumber,
            DataTime = dataTime, Resent = resent, Factors = factors.All, Fields = fields, Defects = defects,
            Fault = !hasCp ? Fault.NoCp
                : mnFault != Fault.None ? mnFault
                : cnFault != Fault.None ? cnFault
                : factors.All.Count == 0 || dataTime is not null ? Fault.None
                : hasDataTime ? Fault.DataTimeUnreadable : Fault.NoDataTime,
        };
    }

    void NoteMissing()
    {
        Note(
            (qn is null ? Defects.QnMissing : Defects.None) | (st is null ? Defects.StMissing : Defects.None) | (password is null ? Defects.PwMissing : Defects.None)
            | (hasFlag ? Defects.None : Defects.FlagMissing));
        if (flag is { } bits && bits.HasPacketNumbers != (packetCount is not null && packetNumber is not null))
        {
            Note(bits.HasPacketNumbers ? Defects.PacketNumbersMissing : Defects.PacketNumbersUnannounced);
        }
    }

    bool Is(ReadOnlySpan<char> key, string name)
    {
        if (!key.Equals(name, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        Note(key.SequenceEqual(name) ? Defects.None : Defects.UpperCase);
        return true;
    }

    bool TakeQn(ReadOnlySpan<char> value, int group)
    {
        if (qn is not null)
        {
            return false;
        }

        var digits = value.TrimEnd("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
        Note((group < 0 ? Defects.None : Defects.QnInsideCp) | (digits.Length == value.Length ? Defects.None : Defects.QnTimeZone)
            | (digits.Length == PacketTime.Digits + 3 ? Defects.None : Defects.QnDigits) | (PacketTime.Read(digits) is null ? Defects.QnNoTime : Defects.None));
        if (!IsNothing(value) && value.Length <= LongestQn && !value.ContainsAnyExceptInRange('!', '~'))
        {
            qn = value.ToString();
        }

        return true;
    }

    bool TakeSt(ReadOnlySpan<char> value)
    {
        if (st is not null)
        {
            return false;
        }

        st = IsNothing(value) ? null : value.ToString();
        return true;
    }

    bool TakeCn(ReadOnlySpan<char> value)
    {
        if (cnFault == Fault.None)
        {
            return false;
        }

        cnFault = Fault.CnUnreadable;
        if (value.Length == 4 && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            command = (CommandCode)number;
            cnFault = Fault.None;
        }

        return true;
    }

    bool TakePassword(ReadOnlySpan<char> value)
    {
        if (password is not null)
        {
            return false;
        }

        password = value.ToString();
        return true;
    }

    bool TakeMn(ReadOnlySpan<char> value)
    {
        if (mnFault == Fault.None)
        {
            return false;
        }

        if (IsNothing(value))
        {
            return true;
        }

        var isName = value.Length <= LongestMn && !value.ContainsAnyExceptInRange('!', '~');
        mnFault = isName ? Fault.None : Fault.MnUnreadable;
        mn = isName ? value.ToString() : "";
        // 24 characters since 2017, 14 before.
        Note(value.Length is 24 or 14 ? Defects.None : Defects.MnLength);
        return true;
    }

    bool TakeFlag(ReadOnlySpan<char> value, int group)
    {
        if (hasFlag)
        {
            return false;
        }

        hasFlag = true;
        Note(group < 0 ? Defects.None : Defects.FlagInsideCp);
        if (byte.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var bits))
        {
            flag = new(bits);
        }
        else
        {
            Note(Defects.FlagUnreadable);
        }

        return true;
    }

    bool TakePacketNumber(ReadOnlySpan<char> value)
    {
        Note(packetCount is null ? Defects.PacketNumbersReversed : Defects.None);
        return TakeNumber(value, ref packetNumber);
    }

    bool TakeNumber(ReadOnlySpan<char> value, ref int? number)
    {
        if (number is not null)
        {
            return false;
        }

        if (ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var read))
        {
            number = read;
        }
        else
        {
            Note(Defects.PacketNumbersUnreadable);
        }

        return true;
    }

    bool TakeDataTime(ReadOnlySpan<char> value, int group)
    {
        if (hasDataTime)
        {
            return false;
        }

        hasDataTime = true;
        dataTime = PacketTime.Read(value);
        Note((group < 0 ? Defects.DataTimeMisplaced : Defects.None) | (value.Length == PacketTime.Digits ? Defects.None : Defects.DataTimeDigits));
        return true;
    }

    bool TakeResent(ReadOnlySpan<char> value)
    {
        resent = value is "1";
        return true;
    }

    bool TakeFurther(PacketField field)
    {
        if (field.Group < 0)
        {
            Note(Defects.UnknownField);
            return true;
        }

        return !command.CarriesReadings() || factors.Take(field);
    }

    static bool IsNothing(ReadOnlySpan<char> value) => value.IsEmpty || value.Equals("null", StringComparison.OrdinalIgnoreCase);
}
