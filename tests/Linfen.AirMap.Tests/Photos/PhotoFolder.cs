using Linfen.AirMap.Photos;
using Xunit;

namespace Linfen.AirMap.Tests.Photos;

/// <summary>A store in a folder of its own.</summary>
sealed class PhotoFolder : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("airmap-photos-").FullName;

    public PhotoFolder() => Store = new(folder);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public PhotoStore Store { get; }

    public IReadOnlyList<string> Files => [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal)];

    public byte[] Content(string file) => File.ReadAllBytes(Path.Combine(folder, file));

    public void Delete(string file) => File.Delete(Path.Combine(folder, file));

    public async Task<PhotoOutcome.Stored> StoredAsync(byte[] photo) =>
        Assert.IsType<PhotoOutcome.Stored>(await Store.StoreAsync(new MemoryStream(photo), Cancellation));

    /// <summary>The reason why it is refused; nothing may be left of it.</summary>
    public async Task<string> RefusedAsync(byte[] photo)
    {
        var reason = Assert.IsType<PhotoOutcome.Refused>(await Store.StoreAsync(new MemoryStream(photo), Cancellation)).Reason;
        Assert.Empty(Files);
        return reason;
    }

    public async Task<byte[]> ViewAsync(string hash, PhotoSize size)
    {
        await using var view = Store.OpenView(hash, size)!;
        using var bytes = new MemoryStream();
        await view.CopyToAsync(bytes, Cancellation);
        return bytes.ToArray();
    }

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
