using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Linfen.AirMap.Benchmarks.Baseline;
using Linfen.AirMap.Hj212;

namespace Linfen.AirMap.Benchmarks.Load;

/// <summary>
/// One HJ 212 device on a plain socket. Its packet is written once; only times, values and check sum are written anew, in place, so that the two
/// cores are left to what is measured.
/// </summary>
sealed class DeviceLoad : IDisposable
{
    public static readonly string[] Factors = ["a34001", "a34002", "a34004", "a01001", "a01002", "a01006", "a01007", "LA"];

    const int HeadLength = 6;
    const int TailLength = 6;
    const int MostUnanswered = 1_024;

    readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly int number;
    readonly byte[] frame;
    readonly int qnAt;
    readonly int dataTimeAt;
    readonly int[] valuesAt;
    readonly byte[] received = new byte[16 * 1024];
    readonly long[] sentAt = new long[MostUnanswered];
    long sent;
    long answered;

    public DeviceLoad(int number)
    {
        this.number = number;
        Mn = string.Create(CultureInfo.InvariantCulture, $"BENCH{number:0000000000000000000}");
        var segment = $"QN=20260101000000000;ST=39;CN=2011;PW=123456;MN={Mn};Flag=5;CP=&&DataTime=20260101000000;{string.Join(';', Factors.Select(f => $"{f}-Rtd=000.0,{f}-Flag=N"))}&&";
        frame = Answer.Frame(segment);
        qnAt = HeadLength + 3;
        dataTimeAt = HeadLength + segment.IndexOf("DataTime=", StringComparison.Ordinal) + 9;
        valuesAt = [.. Factors.Select(f => HeadLength + segment.IndexOf(f + "-Rtd=", StringComparison.Ordinal) + f.Length + 5)];
    }

    public string Mn { get; }

    public int FrameLength => frame.Length;

    public long Sent => Interlocked.Read(ref sent);

    public long Answered => Interlocked.Read(ref answered);

    public Task ConnectAsync(int port) => socket.ConnectAsync(IPAddress.Loopback, port);

    /// <summary>The values of a second, as the packet has them.</summary>
    public IEnumerable<MeasuredValue> Values(DateTimeOffset at)
    {
        var (mn, second) = (Mn, at.ToUnixTimeSeconds());
        return Factors.Select((factor, n) => new MeasuredValue(mn, factor, DateTimeOffset.FromUnixTimeSeconds(second).UtcDateTime, 100 + Tenths(second, n) / 10.0));
    }

    /// <summary>Sends the packet of a second; it is timed from <paramref name="due"/>.</summary>
    public void Send(DateTimeOffset at, long due)
    {
        Write(at);
        sentAt[sent % MostUnanswered] = due;
        Interlocked.Increment(ref sent);
        socket.Send(frame);
    }

    /// <summary>Many packets at once, a second apart, and all their answers.</summary>
    public async Task ExchangeAsync(DateTimeOffset first, int count, byte[] buffer)
    {
        for (var n = 0; n < count; n++)
        {
            Write(first.AddSeconds(n));
            frame.CopyTo(buffer, n * frame.Length);
        }

        Interlocked.Add(ref sent, count);
        await socket.SendAsync(buffer.AsMemory(0, count * frame.Length));
        while (Answered < Sent)
        {
            Interlocked.Add(ref answered, await ReceiveAsync());
        }
    }

    /// <summary>Hears answers until the connection ends, and gives the times they took.</summary>
    public async Task ListenAsync(AnswerTimes times)
    {
        try
        {
            int count;
            while ((count = await ReceiveAsync()) >= 0)
            {
                var now = TimeProvider.System.GetTimestamp();
                for (var n = 0; n < count; n++)
                {
                    times.Add(sentAt[(answered + n) % MostUnanswered], now);
                }

                Interlocked.Add(ref answered, count);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Its own end, or the server's: what was not answered shows in the count.
        }
    }

    /// <summary>How many answers came.</summary>
    async ValueTask<int> ReceiveAsync()
    {
        var length = await socket.ReceiveAsync(received.AsMemory());
        return length > 0 ? received.AsSpan(0, length).Count((byte)'\n') : throw new InvalidOperationException("The server hung up.");
    }

    void Write(DateTimeOffset at)
    {
        var local = at.ToOffset(PacketTime.Beijing);
        local.TryFormat(Chars, out _, "yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
        Encoding.ASCII.GetBytes(Chars, frame.AsSpan(qnAt));
        Encoding.ASCII.GetBytes(Chars.AsSpan(0, PacketTime.Digits), frame.AsSpan(dataTimeAt));
        var second = at.ToUnixTimeSeconds();
        for (var n = 0; n < valuesAt.Length; n++)
        {
            var tenths = 1_000 + Tenths(second, n);
            var value = frame.AsSpan(valuesAt[n]);
            (value[0], value[1], value[2], value[4]) = (Digit(tenths / 1_000), Digit(tenths / 100), Digit(tenths / 10), Digit(tenths));
        }

        var crc = Crc.Of(frame.AsSpan(HeadLength, frame.Length - HeadLength - TailLength));
        crc.TryFormat(frame.AsSpan(frame.Length - TailLength), out _, "X4", CultureInfo.InvariantCulture);
    }

    int Tenths(long second, int factor) => (int)((second * 7 + factor * 13 + number * 3) % 1_000);

    static byte Digit(int number) => (byte)('0' + number % 10);

    char[] Chars { get; } = new char[PacketTime.Digits + 3];

    public void Dispose() => socket.Dispose();
}

/// <summary>How long answers took, counted by tenths of a millisecond.</summary>
sealed class AnswerTimes
{
    const int Longest = 600_000;

    readonly int[] tenths = new int[Longest + 1];

    public void Add(long from, long to) =>
        Interlocked.Increment(ref tenths[(int)Math.Clamp(TimeProvider.System.GetElapsedTime(from, to).TotalMilliseconds * 10, 0, Longest)]);

    public void Clear() => Array.Clear(tenths);

    /// <summary>Milliseconds below which this share was answered.</summary>
    public double Percentile(double share)
    {
        var all = tenths.Sum(n => (long)n);
        long seen = 0;
        for (var n = 0; n <= Longest; n++)
        {
            seen += tenths[n];
            if (seen >= share * all)
            {
                return n / 10.0;
            }
        }

        return double.NaN;
    }
}
