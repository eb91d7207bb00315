using System.Globalization;
using Linfen.AirMap.Simulator.Server;

namespace Linfen.AirMap.Simulator;

/// <summary>One line on a terminal that is written over and over; silent where the output is a file.</summary>
public sealed class ProgressLine(TextWriter output, bool terminal)
{
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    TimeSpan _shown = TimeSpan.MinValue;
    int _width;

    public void Show(TimeSpan elapsed, TimeSpan length, Tally tally)
    {
        if (!terminal || (_shown != TimeSpan.MinValue && elapsed - _shown < Pace))
        {
            return;
        }

        _shown = elapsed;
        var line = string.Create(CultureInfo.InvariantCulture, $"{elapsed:hh\\:mm\\:ss} of {length:hh\\:mm\\:ss}  {tally.Line()}");
        output.Write('\r' + line.PadRight(_width));
        _width = line.Length;
    }

    public void End()
    {
        if (terminal && _width > 0)
        {
            output.WriteLine();
        }
    }
}
