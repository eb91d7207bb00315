using System.Globalization;
using System.Text;
using Linfen.AirMap.Hj212;

namespace Linfen.AirMap.Simulator.Dust;

/// <summary>What a device measures, and how it writes it down.</summary>
sealed class PacketWriter(string mn, Edition edition, DeviceFault fault, Random random)
{
    static readonly TimeSpan Ahead = TimeSpan.FromHours(1);

    readonly double level = 60 + random.NextDouble() * 240;

    DateTimeOffset last;

    /// <summary>QN and frame of the packet of a moment. A QN names one request: of two packets of one millisecond the second bears the next.</summary>
    public (string Qn, byte[] Frame) Write(DateTimeOffset at)
    {
        var next = last.AddMilliseconds(1);
        var moment = at > next ? at : next;
        last = moment;
        var time = fault == DeviceFault.ClockAhead ? moment + Ahead : moment;
        var qn = PacketTime.WriteQn(time);
        var frame = Answer.Frame(string.Create(
            CultureInfo.InvariantCulture,
            $"QN={qn};ST=39;CN=2011;PW=123456;MN={mn};Flag={((int)edition << 2) | 1};CP=&&DataTime={PacketTime.Write(time)};{string.Join(';', Factors())}&&"));
        return (qn, fault == DeviceFault.Sloppy ? Sloppy(frame) : frame);
    }

    IEnumerable<string> Factors()
    {
        var tsp = fault == DeviceFault.FlatLine ? 180 : level * (0.8 + random.NextDouble() * 0.4);
        var scale = fault == DeviceFault.WrongUnit ? 0.001 : 1;
        yield return Factor("a34001", tsp * scale, 3);
        yield return Factor("a34002", tsp * 0.5 * scale, 3);
        yield return Factor("a34004", tsp * 0.25 * scale, 3);
        yield return Factor("a01001", 5 + random.NextDouble(), 1);
        yield return Factor("a01002", 40 + random.NextDouble() * 5, 1);
        yield return Factor("a01006", 96 + random.NextDouble(), 2);
        yield return Factor("a01007", random.NextDouble() * 4, 1);
        yield return Factor("LA", 50 + random.NextDouble() * 15, 1);
    }

    string Factor(string code, double value, int digits)
    {
        var flag = fault == DeviceFault.Calibrating ? 'C' : 'N';
        return string.Create(CultureInfo.InvariantCulture, $"{code}-Rtd={Math.Round(value, digits)},{code}-Flag={flag}");
    }

    static byte[] Sloppy(byte[] frame) => [.. frame[..^6], .. Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(frame[^6..^2]).ToLowerInvariant())];
}
