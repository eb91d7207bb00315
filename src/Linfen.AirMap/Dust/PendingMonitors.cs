using System.Collections.Concurrent;
using System.Text.Json;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hj212;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Dust;

/// <summary>What a device said that the register does not have, since it was last written down.</summary>
/// <param name="Sample">JSON: values of its last packet with data by factor, as it sent them.</param>
sealed record PendingCall(string Mn, string Address, string Crc, string? Sample, long Packets, DateTimeOffset FirstAt, DateTimeOffset LastAt);

/// <summary>
/// Devices that are held for approval (<see cref="UnknownDevice.Hold"/>). The line only counts here, within a bound; the clock writes it down once a minute, so
/// that strangers can fill neither the memory nor the database, and the list outlives the server.
/// </summary>
sealed class PendingMonitors(Ledger ledger, IOptions<Hj212Options> options, TimeProvider clock) : IDisposable
{
    const int MostFactors = 12;

    readonly ConcurrentDictionary<string, PendingCall> calls = new(StringComparer.Ordinal);
    readonly SemaphoreSlim writing = new(1, 1);

    /// <summary>What is not written down yet.</summary>
    public IReadOnlyCollection<PendingCall> Calls => [.. calls.Values];

    public void Hear(Packet packet, CrcState crc, string address)
    {
        if (calls.Count >= options.Value.PendingMonitors && !calls.ContainsKey(packet.Mn))
        {
            return;
        }

        var (now, sample) = (clock.GetUtcNow(), Sample(packet));
        calls.AddOrUpdate(
            packet.Mn, mn => new(mn, address, CrcName(crc), sample, 1, now, now),
            (_, before) => before with { Address = address, Crc = CrcName(crc), Sample = sample ?? before.Sample, Packets = before.Packets + 1, LastAt = now });
    }

    /// <summary>Writes down what was heard; nothing heard, nothing written.</summary>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        await writing.WaitAsync(cancellation);
        try
        {
            if (calls.Values.ToList() is { Count: > 0 } heard)
            {
                await WriteAsync(heard, cancellation);
            }
        }
        finally
        {
            writing.Release();
        }
    }

    async Task WriteAsync(List<PendingCall> written, CancellationToken cancellation)
    {
        await ledger.CommitAsync(new PendingHeard(written, options.Value.PendingMonitors), cancellation);
        foreach (var call in written.Where(c => !calls.TryRemove(KeyValuePair.Create(c.Mn, c))))
        {
            // Heard of again meanwhile: only what is new is left to write.
            calls.AddOrUpdate(call.Mn, _ => call with { Packets = 0 }, (_, now) => now with { Packets = now.Packets - call.Packets });
        }
    }

    public void Dispose() => writing.Dispose();

    static string CrcName(CrcState crc) => JsonNamingPolicy.CamelCase.ConvertName(crc.ToString());

    static string? Sample(Packet packet) => packet.Factors.Count == 0 ? null : Feature.ToText(json =>
    {
        json.WriteStartObject();
        foreach (var factor in packet.Factors.Take(MostFactors).DistinctBy(f => f.Code, StringComparer.Ordinal))
        {
            json.WriteOptional(factor.Code, factor.Value(packet.Command));
        }

        json.WriteEndObject();
    });
}
