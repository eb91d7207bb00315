namespace Linfen.AirMap.Hj212;

/// <summary>
/// Takes frames out of whatever pieces the network delivers. What is complete is read where it lies; only an incomplete rest is copied,
/// and never more than <see cref="Limit"/> bytes are kept.
/// </summary>
public sealed class FrameReader
{
    /// <summary>Bytes within which a frame ends, or is none.</summary>
    public const int Limit = FrameScan.Limit;

    const int SmallBuffer = 1_280;

    byte[] kept = [];
    int start;
    int end;

    /// <summary>Bytes of an incomplete frame.</summary>
    public int Kept => end - start;

    /// <summary>Takes the next frame. False when the whole input was taken and more must come first.</summary>
    public bool TryRead(ref ReadOnlySpan<byte> input, out Frame frame)
    {
        while (true)
        {
            SkipBlanksKept();
            if (Kept == 0)
            {
                input = FrameScan.TrimStart(input);
                if (FrameScan.Next(input, Delivery.Running, out frame))
                {
                    input = input[frame.Raw.Length..];
                    return true;
                }

                Keep(ref input);
                return false;
            }

            if (FrameScan.Next(kept.AsSpan(start, Kept), Delivery.Running, out frame))
            {
                start += frame.Raw.Length;
                return true;
            }

            if (input.IsEmpty)
            {
                return false;
            }

            Keep(ref input);
        }
    }

    /// <summary>What can be taken of the rest, when nothing came for a while or nothing comes any more. Called until it is false.</summary>
    public bool TryFinish(Delivery delivery, out Frame frame)
    {
        SkipBlanksKept();
        if (Kept == 0 || !FrameScan.Next(kept.AsSpan(start, Kept), delivery, out frame))
        {
            frame = default;
            return false;
        }

        start += frame.Raw.Length;
        return true;
    }

    void SkipBlanksKept()
    {
        start = end - FrameScan.TrimStart(kept.AsSpan(start, Kept)).Length;
        if (start == end)
        {
            start = end = 0;
        }
    }

    void Keep(ref ReadOnlySpan<byte> input)
    {
        kept.AsSpan(start, Kept).CopyTo(kept);
        (start, end) = (0, Kept);
        // The scan decides at the limit: with a full buffer there is always something to take.
        var taken = Math.Min(input.Length, Limit - end);
        if (kept.Length < end + taken)
        {
            Array.Resize(ref kept, end + taken <= SmallBuffer ? SmallBuffer : Limit);
        }

        input[..taken].CopyTo(kept.AsSpan(end));
        end += taken;
        input = input[taken..];
    }
}
