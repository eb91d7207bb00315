using System.Globalization;

namespace Linfen.AirMap.Hj212;

/// <summary>How the check sum of a frame stands.</summary>
public enum CrcState
{
    Missing,
    Wrong,

    /// <summary>As annex A of HJ 212 computes it.</summary>
    Right,

    /// <summary>The common Modbus sum, which some devices send instead; it covers the content as well.</summary>
    Modbus,
}

/// <summary>The check sums over the data segment.</summary>
public static class Crc
{
    const ushort Polynomial = 0xA001;

    /// <summary>Annex A: the high byte is shifted down before the exclusive or, so that only 256 values are possible.</summary>
    public static ushort Of(ReadOnlySpan<byte> segment)
    {
        int register = 0xFFFF;
        foreach (var octet in segment)
        {
            register = Shifted((register >> 8) ^ octet);
        }

        return (ushort)register;
    }

    public static ushort Modbus(ReadOnlySpan<byte> segment)
    {
        int register = 0xFFFF;
        foreach (var octet in segment)
        {
            register = Shifted(register ^ octet);
        }

        return (ushort)register;
    }

    static readonly ushort[] Octets = [.. Enumerable.Range(0, 256).Select(ShiftedSlowly)];

    /// <summary>Eight steps at once: only the low byte decides where the polynomial goes in.</summary>
    static int Shifted(int register) => Octets[register & 0xFF] ^ (register >> 8);

    static ushort ShiftedSlowly(int register)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            var least = register & 1;
            register >>= 1;
            if (least != 0)
            {
                register ^= Polynomial;
            }
        }

        return (ushort)register;
    }

    /// <param name="printed">Four hexadecimal digits, high byte first.</param>
    public static CrcState Check(ReadOnlySpan<byte> segment, ReadOnlySpan<byte> printed)
    {
        if (printed.Length != 4 || !ushort.TryParse(printed, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var given))
        {
            return CrcState.Missing;
        }

        return given == Of(segment) ? CrcState.Right : given == Modbus(segment) ? CrcState.Modbus : CrcState.Wrong;
    }
}
