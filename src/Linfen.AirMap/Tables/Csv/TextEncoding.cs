using System.Text;

namespace Linfen.AirMap.Tables.Csv;

/// <summary>
/// Which encoding the bytes of a text are in: what a byte order mark says, else UTF-8 where they are valid UTF-8, else GB18030, which
/// contains GBK and GB 2312.
/// </summary>
static class TextEncoding
{
    const int BufferBytes = 64 * 1024;

    public static Encoding Gb18030 { get; } =
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the whole file: the first Chinese name may stand in its last row.</summary>
    public static async Task<Encoding> DetectAsync(Stream file, CancellationToken cancellation)
    {
        var start = new byte[3];
        file.Position = 0;
        var count = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        Encoding[] candidates = start.AsSpan(0, count) switch
        {
            [0xFF, 0xFE, ..] => [new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true)],
            [0xFE, 0xFF, ..] => [new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true)],
            [0xEF, 0xBB, 0xBF] => [Utf8],
            _ => [Utf8, Gb18030],
        };
        foreach (var candidate in candidates)
        {
            if (await DecodesAsync(file, candidate, cancellation))
            {
                return candidate;
            }
        }

        throw new TableException("encoding-unknown", "The text is neither UTF-8 nor GB18030 (GBK). Save it as CSV UTF-8.");
    }

    static async Task<bool> DecodesAsync(Stream file, Encoding encoding, CancellationToken cancellation)
    {
        file.Position = 0;
        var decoder = encoding.GetDecoder();
        var bytes = new byte[BufferBytes];
        var characters = new char[encoding.GetMaxCharCount(BufferBytes)];
        try
        {
            for (var read = -1; read != 0;)
            {
                read = await file.ReadAsync(bytes, cancellation);
                var decoded = decoder.GetChars(bytes.AsSpan(0, read), characters, flush: read == 0);
                if (characters.AsSpan(0, decoded).Contains('\0'))
                {
                    throw new TableException("nul-bytes", "The file holds NUL bytes: it is no text.");
                }
            }

            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
