using System.IO.Compression;

namespace Linfen.AirMap.Intake.Firms;

/// <summary>A FIRMS archive on the disk, plain or packed by gzip.</summary>
internal static class FirmsFile
{
    /// <summary>The CSV in it; disposing it closes the file.</summary>
    public static Stream Unpack(FileStream file)
    {
        var isGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
