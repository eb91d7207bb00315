using System.Collections.Concurrent;

namespace Linfen.AirMap.Pictures;

/// <summary>
/// Pixels that one picture leaves to the next: tens of megabytes that are freed and asked for again stay with the allocator, in more and more pieces. Holds as
/// many as are drawn at a time, each as large as the largest picture so far.
/// </summary>
sealed class PixelShelf
{
    readonly ConcurrentBag<byte[]> free = [];

    /// <summary>At least so many bytes at an address that stays; what was drawn there before is still in them.</summary>
    public byte[] Take(int bytes) => free.TryTake(out var kept) && kept.Length >= bytes ? kept : GC.AllocateUninitializedArray<byte>(bytes, pinned: true);

    public void GiveBack(byte[] pixels) => free.Add(pixels);
}
