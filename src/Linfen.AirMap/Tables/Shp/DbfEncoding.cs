using System.Text;
using Linfen.AirMap.Tables.Csv;

namespace Linfen.AirMap.Tables.Shp;

/// <summary>The encoding of a .dbf: by its .cpg, else by the language number in its header, else by looking at the bytes.</summary>
static class DbfEncoding
{
    const int Gbk = 936;
    const int Big5 = 950;
    const int Utf8 = 65001;

    /// <returns>Null where neither says anything that can be trusted: Western numbers stand in Chinese files, too.</returns>
    public static Encoding? Stated(string? cpg, byte language) => cpg is not null && CodePage(cpg.Trim()) is { } page ? Of(page)
        : language switch
        {
            0x4D or 0x7A => Of(Gbk),
            0x4F or 0x78 => Of(Big5),
            _ => null,
        };

    static int? CodePage(string name)
    {
        var bare = name.ToUpperInvariant().Replace("ANSI", "", StringComparison.Ordinal).Replace("OEM", "", StringComparison.Ordinal)
            .Replace("CP", "", StringComparison.Ordinal).Trim(' ', '_', '-');
        return bare switch
        {
            "UTF-8" or "UTF8" => Utf8,
            "GBK" or "GB18030" or "GB2312" or "GB-18030" => Gbk,
            "BIG5" or "BIG-5" => Big5,
            _ => int.TryParse(bare, out var page) && page is Utf8 or Gbk or Big5 ? page : null,
        };
    }

    static Encoding Of(int page) => page switch
    {
        Utf8 => TextEncoding.Utf8,
        Gbk => TextEncoding.Gb18030,
        _ => CodePagesEncodingProvider.Instance.GetEncoding(page, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!,
    };

    /// <summary>The text of a fixed field without its padding; what was cut within its last character loses that character.</summary>
    /// <exception cref="DecoderFallbackException">The bytes are none of this encoding.</exception>
    public static string Decode(Encoding encoding, ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        var bytes = (end >= 0 ? field[..end] : field).TrimEnd((byte)' ');
        Span<char> characters = stackalloc char[256];
        var decoder = encoding.GetDecoder();
        var count = decoder.GetChars(bytes, characters, flush: false);
        return Header.Clean(characters[..count].ToString());
    }

    public static bool CanDecode(Encoding encoding, ReadOnlySpan<byte> field)
    {
        try
        {
            Decode(encoding, field);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
