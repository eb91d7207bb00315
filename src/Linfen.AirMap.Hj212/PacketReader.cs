namespace Linfen.AirMap.Hj212;

/// <summary>Splits a data segment into its pairs. Whatever the bytes are, it answers with a packet; what was wrong stands in it.</summary>
public static class PacketReader
{
    const int OpeningLength = 5; // CP=&&

    /// <param name="preferGbk">The device is known to write GBK.</param>
    public static Packet Read(ReadOnlySpan<byte> segment, bool preferGbk = false)
    {
        var (text, defects) = SegmentText.Read(segment, preferGbk);
        var draft = new PacketDraft();
        draft.Note(defects);
        var opened = text.IndexOf("CP=&&", StringComparison.OrdinalIgnoreCase);
        ReadHead(text.AsMemory(0, opened < 0 ? text.Length : opened), opened >= 0, draft);
        if (opened >= 0)
        {
            ReadCp(text, opened + OpeningLength, draft);
        }

        return draft.Finish(hasCp: opened >= 0);
    }

    static void ReadHead(ReadOnlyMemory<char> head, bool precedesCp, PacketDraft draft)
    {
        if (precedesCp && head.Length > 0 && head.Span.TrimEnd() is not [.., ';'])
        {
            draft.Note(Defects.SeparatorMissing);
        }

        while (Piece(ref head, ';', out var piece))
        {
            Pair(piece, -1, draft);
        }
    }

    static void ReadCp(string text, int from, PacketDraft draft)
    {
        var closed = text.IndexOf("&&", from, StringComparison.Ordinal);
        if (closed < 0)
        {
            draft.Note(Defects.CpUnclosed);
        }

        var cp = text.AsMemory(from, (closed < 0 ? text.Length : closed) - from);
        if (cp.Span.TrimEnd() is [.., ';' or ','])
        {
            draft.Note(Defects.TrailingSeparator);
        }

        for (var group = 0; Piece(ref cp, ';', out var piece); group++)
        {
            while (Piece(ref piece, ',', out var pair))
            {
                Pair(pair, group, draft);
            }
        }
    }

    static void Pair(ReadOnlyMemory<char> piece, int group, PacketDraft draft)
    {
        var pair = piece.Trim();
        if (pair.Length != piece.Length)
        {
            draft.Note(Defects.SpaceInside);
        }

        if (pair.IsEmpty)
        {
            return;
        }

        var equals = pair.Span.IndexOf('=');
        if (equals < 0)
        {
            draft.Note(Defects.UnknownField);
            return;
        }

        var (key, value) = (pair[..equals].TrimEnd(), pair[(equals + 1)..].TrimStart());
        if (key.Length + 1 + value.Length != pair.Length)
        {
            draft.Note(Defects.SpaceInside);
        }

        draft.Take(new(key, value, group));
    }

    /// <summary>Cuts off what stands before the next separator.</summary>
    static bool Piece(ref ReadOnlyMemory<char> text, char separator, out ReadOnlyMemory<char> piece)
    {
        var at = text.Span.IndexOf(separator);
        piece = at < 0 ? text : text[..at];
        var found = !text.IsEmpty;
        text = at < 0 ? default : text[(at + 1)..];
        return found;
    }
}
