using System.Text;

namespace Linfen.AirMap.Hj212;

/// <summary>The characters of a segment. Nearly all are ASCII; Chinese text is UTF-8, in older devices GBK.</summary>
public static class SegmentText
{
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding("GBK")!;

    /// <param name="preferGbk">The device is known to write GBK.</param>
    public static (string Text, Defects Defects) Read(ReadOnlySpan<byte> segment, bool preferGbk)
    {
        if (Ascii.IsValid(segment))
        {
            return (Encoding.ASCII.GetString(segment), Defects.None);
        }

        if (!preferGbk)
        {
            try
            {
                return (Strict.GetString(segment), Defects.None);
            }
            catch (DecoderFallbackException)
            {
                return (Gbk.GetString(segment), Defects.EncodingForeign);
            }
        }

        return (Gbk.GetString(segment), Defects.None);
    }

    /// <summary>Behind <c>CP=&amp;&amp;</c>, in any case of letters; negative when it is not there.</summary>
    public static int OpeningOfCp(ReadOnlySpan<byte> bytes)
    {
        const int Length = 5;
        for (var from = 0; ; )
        {
            var sign = bytes[from..].IndexOf("=&&"u8);
            if (sign < 0)
            {
                return -1;
            }

            var at = from + sign;
            if (at >= 2 && (bytes[at - 1] | 0x20) == 'p' && (bytes[at - 2] | 0x20) == 'c')
            {
                return at - 2 + Length;
            }

            from = at + 1;
        }
    }
}
