using System.Buffers.Binary;

namespace Linfen.AirMap.Photos;

/// <summary>
/// Finds the EXIF block (a TIFF structure) of a photo. Only this block goes to the metadata library: other chunks of a PNG may unpack to
/// gigabytes there.
/// </summary>
static class ExifBlock
{
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> photo, string mediaType) => mediaType switch
    {
        PhotoFormat.Jpeg => InJpeg(photo),
        PhotoFormat.Png => InPng(photo),
        _ => InWebP(photo),
    };

    static ReadOnlySpan<byte> InJpeg(ReadOnlySpan<byte> photo)
    {
        const byte StartOfScan = 0xDA, App1 = 0xE1;
        for (var at = 2; at + 4 <= photo.Length && photo[at] == 0xFF && photo[at + 1] != StartOfScan;)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(photo[(at + 2)..]);
            if (length < 2 || length > photo.Length - at - 2)
            {
                break;
            }

            var segment = photo.Slice(at + 4, length - 2);
            if (photo[at + 1] == App1 && segment.StartsWith("Exif\0\0"u8))
            {
                return segment[6..];
            }

            at += 2 + length;
        }

        return [];
    }

    /// <summary>PNG: length, type, data, checksum; since the third edition of the specification with a chunk eXIf.</summary>
    static ReadOnlySpan<byte> InPng(ReadOnlySpan<byte> photo)
    {
        for (var at = 8; at + 12 <= photo.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(photo[at..]);
            if (length > photo.Length - at - 12)
            {
                break;
            }

            if (photo.Slice(at + 4, 4).SequenceEqual("eXIf"u8))
            {
                return photo.Slice(at + 8, (int)length);
            }

            at += 12 + (int)length;
        }

        return [];
    }

    /// <summary>RIFF: type, length, data padded to an even length.</summary>
    static ReadOnlySpan<byte> InWebP(ReadOnlySpan<byte> photo)
    {
        for (var at = 12; at + 8 <= photo.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(photo[(at + 4)..]);
            if (length > photo.Length - at - 8)
            {
                break;
            }

            if (photo.Slice(at, 4).SequenceEqual("EXIF"u8))
            {
                var block = photo.Slice(at + 8, (int)length);
                return block.StartsWith("Exif\0\0"u8) ? block[6..] : block;
            }

            at += 8 + (int)length + (int)(length & 1);
        }

        return [];
    }
}
