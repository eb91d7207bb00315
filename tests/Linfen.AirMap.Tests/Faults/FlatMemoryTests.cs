using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Linfen.AirMap.Testing;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Faults;

/// <summary>A body of any size is read in flat memory, measured on a server process of its own.</summary>
public sealed class FlatMemoryTests(MigratedCluster cluster)
{
    const long Gigabyte = 1L << 30;

    /// <summary>Far less than the 256 MiB that a server takes in before it refuses.</summary>
    const long AllowedGrowthMegabytes = 120;

    const string Header = "latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,confidence,version,bright_t31,frp,daynight\n";

    [Fact]
    public async Task A_gigabyte_is_refused_with_true_counts_in_flat_memory()
    {
        var database = await cluster.CreateDatabaseAsync();
        var postgres = await cluster.ClusterAsync();
        await using var server = await AirMapProcess.ServeAsync(postgres.ConnectionString(database, PostgresCluster.Application));
        var farAway = Repeat("63.30262,168.38342,312.2,1.04,1.02,2022-05-25,0001,T,61,6.1NRT,290.94,9.94,D\n");
        var farFields = Repeat(new Sighting("far", DateTimeOffset.UtcNow, new(10, 10)).ToJson()[..^1] + $",\"imageUrl\":\"{new string('u', 1_500)}\"}}\n");
        var inCity = string.Concat(Enumerable.Range(0, 10).Select(n => $"36.0{n},111.5,312.2,1.04,1.02,2022-05-25,0001,T,61,6.1NRT,290.94,9.94,D\n"));
        await PushAsync(server, Reading.Firms, Header + inCity, farAway, 8 << 20);
        var usual = ResetPeakMegabytes(server.ProcessId);

        var counts = IsProblem(await PushAsync(server, Reading.Firms, Header + inCity.Replace("0001", "0002", StringComparison.Ordinal), farAway, Gigabyte), 413, "body-too-large");
        Assert.True(counts.Outside > 1_000_000 && counts.Stored == 10);

        counts = IsProblem(await PushAsync(server, Reading.Detections, "", farFields, Gigabyte), 413, "body-too-large");
        Assert.True(counts.Outside > 100_000);

        IsProblem(await PushAsync(server, Reading.Firms, Header, Repeat("x"), Gigabyte), 400, "line-too-long");
        IsProblem(await PushAsync(server, Reading.Detections, "[", Repeat(" "), Gigabyte), 413, "body-too-large", orElse: (400, "element-too-long"));
        IsProblem(await PushAsync(server, Reading.Detections, "[\"", Repeat("x"), Gigabyte), 400, "element-too-long");
        IsProblem(await PushAsync(server, Reading.Firms, "", Repeat(new string(' ', 200) + "\n"), Gigabyte), 413, "body-too-large");

        Assert.InRange(PeakMegabytes(server.ProcessId) - usual, 0, AllowedGrowthMegabytes);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await server.Client.GetAsync(new Uri("health/ready", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_form_beyond_64_MB_is_refused_with_nothing_stored_in_flat_memory()
    {
        var database = await cluster.CreateDatabaseAsync();
        var postgres = await cluster.ClusterAsync();
        await using var server = await AirMapProcess.ServeAsync(postgres.ConnectionString(database, PostgresCluster.Application));
        const string Start = "--edge\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n";
        const string Form = "multipart/form-data; boundary=edge";
        await PushAsync(server, "api/findings", Start, Repeat("x"), 8 << 20, Form);
        var usual = ResetPeakMegabytes(server.ProcessId);

        var answer = await PushAsync(server, "api/findings", Start, Repeat("x"), Gigabyte, Form);

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.Contains("/problems/body-too-large", answer, StringComparison.Ordinal);
        Assert.InRange(PeakMegabytes(server.ProcessId) - usual, 0, AllowedGrowthMegabytes);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await server.Client.GetAsync(new Uri("health/ready", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        var findings = await server.Client.GetStringAsync(new Uri("api/findings", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(0, JsonDocument.Parse(findings).RootElement.GetProperty("features").GetArrayLength());
    }

    static byte[] Repeat(string text) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, (1 << 20) / text.Length)));

    static Counts IsProblem(string answer, int status, string type, (int, string)? orElse = null)
    {
        var body = answer[answer.IndexOf('{', StringComparison.Ordinal)..(answer.LastIndexOf('}') + 1)];
        var json = JsonDocument.Parse(body).RootElement;
        var told = (json.GetProperty("status").GetInt32(), json.GetProperty("type").GetString()!["/problems/".Length..]);
        Assert.True(told == (status, type) || told == orElse, answer);
        Assert.StartsWith($"HTTP/1.1 {told.Item1} ", answer, StringComparison.Ordinal);
        return Counts.Read(json);
    }

    /// <summary>Sends until the server answers, as a sender does that does not look up; returns the raw answer.</summary>
    static async Task<string> PushAsync(AirMapProcess server, string path, string start, byte[] repeated, long bytes, string mediaType = "text/csv")
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(server.Address.Host, server.Address.Port);
        var stream = connection.GetStream();
        var reading = ReadAsync(stream);
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {server.Key}\r\nContent-Type: {mediaType}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"));
            if (start.Length > 0)
            {
                await WriteChunkAsync(stream, Encoding.ASCII.GetBytes(start));
            }

            for (var sent = 0L; sent < bytes && !reading.IsCompleted; sent += repeated.Length)
            {
                await WriteChunkAsync(stream, repeated);
            }

            await stream.WriteAsync("0\r\n\r\n"u8.ToArray());
        }
        catch (IOException)
        {
            // The server has answered and hung up.
        }

        return await reading;
    }

    static async Task WriteChunkAsync(NetworkStream stream, byte[] chunk)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(chunk.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"));
        await stream.WriteAsync(chunk);
        await stream.WriteAsync("\r\n"u8.ToArray());
    }

    static async Task<string> ReadAsync(NetworkStream stream)
    {
        var answer = new StringBuilder();
        var buffer = new byte[16 * 1024];
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer)) > 0;)
            {
                answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (IOException) when (answer.Length > 0)
        {
            // Answered, then reset because more was on its way.
        }

        return answer.ToString();
    }

    /// <summary>Begins the measurement of the largest resident memory anew, and returns it as it is.</summary>
    static long ResetPeakMegabytes(int processId)
    {
        File.WriteAllText($"/proc/{processId}/clear_refs", "5");
        return PeakMegabytes(processId);
    }

    static long PeakMegabytes(int processId) => long.Parse(
        File.ReadLines($"/proc/{processId}/status").Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024;
}
