namespace Linfen.AirMap.Intake.Firms;

/// <summary>The acquisition time, which FIRMS writes in two columns: a day and a clock, both UTC.</summary>
internal static class FirmsTime
{
    public static bool TryReadDate(ReadOnlySpan<byte> cell, out DateTime day)
    {
        day = default;
        if (cell is not [_, _, _, _, (byte)'-' or (byte)'/', _, _, (byte)'-' or (byte)'/', _, _]
            || !TryReadDigits(cell[..4], out var year) || !TryReadDigits(cell[5..7], out var month)
            || !TryReadDigits(cell[8..], out var dayOfMonth)
            || year < 1 || month is < 1 or > 12 || dayOfMonth < 1 || dayOfMonth > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        day = new DateTime(year, month, dayOfMonth, 0, 0, 0, DateTimeKind.Utc);
        return true;
    }

    /// <summary>HHMM in UTC: padded in downloads (<c>0048</c>), unpadded from the API (<c>48</c>), <c>00:48</c> in old editions.</summary>
    public static bool TryReadClock(ReadOnlySpan<byte> cell, out int minutes)
    {
        minutes = 0;
        int hour, minute;
        if (cell is [_, (byte)':', _, _] or [_, _, (byte)':', _, _])
        {
            if (!TryReadDigits(cell[..^3], out hour) || !TryReadDigits(cell[^2..], out minute))
            {
                return false;
            }
        }
        else if (cell.Length is >= 1 and <= 4 && TryReadDigits(cell, out var clock))
        {
            (hour, minute) = Math.DivRem(clock, 100);
        }
        else
        {
            return false;
        }

        minutes = hour * 60 + minute;
        return hour < 24 && minute < 60;
    }

    private static bool TryReadDigits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = number * 10 + (digit - '0');
        }

        return !text.IsEmpty;
    }
}
