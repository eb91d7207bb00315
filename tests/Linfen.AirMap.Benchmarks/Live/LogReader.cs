using System.Text.Json;
using Linfen.AirMap.Testing;

namespace Linfen.AirMap.Benchmarks.Live;

/// <summary>Reads the event log as a browser does: from where it stands to the head.</summary>
sealed class LogReader(AirMapProcess server) : IDisposable
{
    readonly HttpClient _client = new(new SocketsHttpHandler()) {
        BaseAddress = server.Address, DefaultRequestHeaders = { Authorization = server.Client.DefaultRequestHeaders.Authorization },
    };

    public long Position { get; private set; }

    /// <summary>Goes to the head without looking at what lies between.</summary>
    public async Task CatchUpAsync()
    {
        while (await ReadAsync(_ => { }) is var last && last > Position)
        {
        }
    }

    /// <summary>One page; returns the head that the server named.</summary>
    public async Task<long> ReadAsync(Action<JsonElement> onEvent)
    {
        var bytes = await _client.GetByteArrayAsync(new Uri($"api/events?after={Position}", UriKind.Relative));
        using var page = JsonDocument.Parse(bytes);
        foreach (var happened in page.RootElement.GetProperty("events").EnumerateArray())
        {
            onEvent(happened);
            Position = happened.GetProperty("seq").GetInt64();
        }

        return page.RootElement.GetProperty("last").GetInt64();
    }

    public void Dispose() => _client.Dispose();
}
