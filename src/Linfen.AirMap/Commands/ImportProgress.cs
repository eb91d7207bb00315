using System.Diagnostics;
using System.Runtime.CompilerServices;
using Linfen.AirMap.Intake;

namespace Linfen.AirMap.Commands;

/// <summary>Tells on the console how far a long import is, once a second from the second second on.</summary>
sealed class ImportProgress(FileStream file, IntakeReport report)
{
    readonly Stopwatch since = Stopwatch.StartNew();
    TimeSpan next = TimeSpan.FromSeconds(2);

    public async IAsyncEnumerable<IntakeLine> Watch(IAsyncEnumerable<IntakeLine> lines, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var line in lines.WithCancellation(cancellation))
        {
            if (since.Elapsed > next)
            {
                next = since.Elapsed + TimeSpan.FromSeconds(1);
                await Console.Error.WriteLineAsync($"{100 * file.Position / Math.Max(1, file.Length)} %: {report.Received} rows, {report.Stored} stored");
            }

            yield return line;
        }
    }
}
