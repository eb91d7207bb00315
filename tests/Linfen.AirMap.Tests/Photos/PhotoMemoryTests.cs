using System.IO.Compression;
using Linfen.AirMap.Tests.Tables;
using SkiaSharp;
using Xunit;

namespace Linfen.AirMap.Tests.Photos;

[Collection<MeasuredAlone>]
public sealed class PhotoMemoryTests
{
    [Fact]
    public async Task Chunks_that_would_unpack_to_gigabytes_are_not_unpacked()
    {
        using var folder = new PhotoFolder();
        using var packed = new MemoryStream();
        await using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var i = 0; i < 512; i++)
            {
                zlib.Write(new byte[1024 * 1024]);
            }
        }

        var png = Picture.WithChunk(Picture.Of(64, 64, SKEncodedImageFormat.Png), "zTXt", [.. "Comment\0\0"u8, .. packed.ToArray()]);
        var before = GC.GetTotalAllocatedBytes();

        Assert.Null((await folder.StoredAsync(png)).Capture);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 32 * 1024 * 1024);
    }
}
