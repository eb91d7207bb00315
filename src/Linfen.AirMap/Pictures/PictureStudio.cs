using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Pictures;

/// <summary>
/// Draws a few pictures at a time, so that memory and processor stay with the map; others wait their turn, and too many are refused.
/// Finished ones are kept for whoever asks for the same.
/// </summary>
sealed class PictureStudio : IDisposable
{
    readonly PictureOptions options;
    readonly Lazy<Faces?> faces;
    readonly SemaphoreSlim turns;
    readonly MemoryCache finished;
    readonly PixelShelf shelf = new();
    int present;

    public PictureStudio(IOptions<PictureOptions> options)
    {
        this.options = options.Value;
        faces = new(() => Faces.Load(this.options.FontFolder));
        turns = new(this.options.AtOnce, this.options.AtOnce);
        finished = new(new MemoryCacheOptions { SizeLimit = this.options.CacheMegabytes * 1024L * 1024 });
    }

    /// <summary>What is missing to draw at all; null where nothing is.</summary>
    public string? Missing => faces.Value is null ? Faces.MissingFrom(options.FontFolder) : null;

    /// <summary>The picture as PNG; null when too many wait already.</summary>
    /// <param name="key">Names everything that the picture shows.</param>
    /// <param name="bytes">Of its pixels.</param>
    public async Task<byte[]?> DrawAsync(string key, int bytes, Func<Lettering, byte[], byte[]> draw, CancellationToken cancellation)
    {
        if (finished.TryGetValue(key, out byte[]? kept))
        {
            return kept;
        }

        try
        {
            if (Interlocked.Increment(ref present) > options.AtOnce + options.MostWaiting)
            {
                return null;
            }

            await turns.WaitAsync(cancellation);
            try
            {
                return finished.TryGetValue(key, out kept) ? kept : Keep(key, Draw(bytes, draw));
            }
            finally
            {
                turns.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref present);
        }
    }

    byte[] Draw(int bytes, Func<Lettering, byte[], byte[]> draw)
    {
        var pixels = shelf.Take(bytes);
        try
        {
            return draw(new Lettering(faces.Value!), pixels);
        }
        finally
        {
            shelf.GiveBack(pixels);
        }
    }

    byte[] Keep(string key, byte[] picture) =>
        finished.Set(key, picture, new MemoryCacheEntryOptions { Size = picture.Length + 400, SlidingExpiration = TimeSpan.FromMinutes(10) });

    public void Dispose()
    {
        turns.Dispose();
        finished.Dispose();
        if (faces.IsValueCreated)
        {
            faces.Value?.Dispose();
        }
    }
}
