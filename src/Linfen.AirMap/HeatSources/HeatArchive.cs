using System.Runtime.CompilerServices;
using Linfen.AirMap.HeatSources.Learning;
using Linfen.AirMap.Intake;
using Linfen.AirMap.Intake.Firms;

namespace Linfen.AirMap.HeatSources;

/// <summary>FIRMS archives of any edition, read one after the other in the memory of a line, as often as they are asked for.</summary>
/// <param name="from">The first day (UTC) that counts; null for all.</param>
/// <param name="to">The last day.</param>
sealed class HeatArchive(IReadOnlyList<string> files, FirmsSource? source, DateOnly? from, DateOnly? to)
{
    const int MostTold = 10;

    readonly List<string> faults = [];

    public IReadOnlyList<string> Files { get; } = files;

    /// <summary>Rows of the last reading, whatever their day.</summary>
    public long Rows { get; private set; }

    public long Rejected { get; private set; }

    /// <summary>The first few reasons, with file and line.</summary>
    public IReadOnlyList<string> Faults => faults;

    /// <exception cref="UnreadableBodyException">A file is no FIRMS CSV; the message names it.</exception>
    public async IAsyncEnumerable<HeatSighting> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        (Rows, Rejected) = (0, 0);
        faults.Clear();
        foreach (var path in Files)
        {
            await using var file = File.OpenRead(path);
            await using var unpacked = FirmsFile.Unpack(file);
            await using var lines = FirmsReader.ReadAsync(unpacked, source, simulated: false, cancellation).GetAsyncEnumerator(cancellation);
            while (await NextAsync(lines, path))
            {
                Rows++;
                if (lines.Current.Observation is not { } seen)
                {
                    Reject(path, lines.Current);
                }
                else if (IsWithin(DateOnly.FromDateTime(seen.OccurredAt.UtcDateTime)))
                {
                    yield return HeatSighting.Of(seen);
                }
            }
        }
    }

    static async Task<bool> NextAsync(IAsyncEnumerator<IntakeLine> lines, string path)
    {
        try
        {
            return await lines.MoveNextAsync();
        }
        catch (UnreadableBodyException e)
        {
            throw new UnreadableBodyException(e.Type, $"{path}: {e.Message}");
        }
    }

    void Reject(string path, IntakeLine line)
    {
        Rejected++;
        if (faults.Count < MostTold)
        {
            faults.Add($"{Path.GetFileName(path)}, line {line.Line}: {line.Reason}");
        }
    }

    bool IsWithin(DateOnly day) => !(day < from) && !(day > to);
}
