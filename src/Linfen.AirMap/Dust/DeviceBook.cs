using System.Collections.Concurrent;
using System.Collections.Frozen;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Subjects;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Dust;

/// <summary>The monitors of the register by their MN, in memory; read again when the register changes.</summary>
sealed class DeviceBook(IDbContextFactory<AirMapDb> database, Doorbell doorbell) : IHostedService, IDisposable
{
    static readonly string[] OfDevices = ["subject", "simulation"];

    readonly SemaphoreSlim reading = new(1, 1);
    readonly ConcurrentDictionary<Guid, DeviceMemory> memories = new();
    FrozenDictionary<string, Device>? devices;
    int changes;
    int read = -1;

    public DeviceMemory MemoryOf(Device device) => memories.GetOrAdd(device.Id, _ => new());

    /// <summary>Null for an MN that the register does not have. A real device goes before a simulated one of the same MN.</summary>
    public async ValueTask<Device?> FindAsync(string mn)
    {
        var known = devices;
        if (known is null || Volatile.Read(ref changes) != Volatile.Read(ref read))
        {
            known = await LoadAsync();
        }

        if (known.TryGetValue(mn, out var device) || mn.Length == 0 || !await IsNewAsync(mn))
        {
            return device;
        }

        Interlocked.Increment(ref changes);
        return (await LoadAsync()).GetValueOrDefault(mn);
    }

    /// <summary>The word of a change comes a moment after it: who was registered just now is no stranger. Without the database nobody is new.</summary>
    async Task<bool> IsNewAsync(string mn)
    {
        try
        {
            await using var db = await database.CreateDbContextAsync();
            return await db.Database.SqlQuery<bool>($"SELECT EXISTS (SELECT FROM subjects WHERE kind = 'monitor' AND fields->>'mn' = {mn}) AS \"Value\"").SingleAsync();
        }
        catch (Exception e) when (Hosting.Problems.IsDatabaseOutage(e))
        {
            return false;
        }
    }

    public async ValueTask<IReadOnlyCollection<Device>> AllAsync()
    {
        await FindAsync("");
        return devices!.Values;
    }

    async Task<FrozenDictionary<string, Device>> LoadAsync()
    {
        await reading.WaitAsync();
        try
        {
            var seen = Volatile.Read(ref changes);
            if (devices is { } current && seen == read)
            {
                return current;
            }

            await using var db = await database.CreateDbContextAsync();
            var monitors = await db.Subjects.AsNoTracking().Where(s => s.Kind == "monitor").ToListAsync();
            var states = await db.Set<DeviceState>().AsNoTracking().Where(d => db.Subjects.Any(s => s.Id == d.SubjectId && s.Kind == "monitor")).ToListAsync();
            foreach (var state in states)
            {
                var memory = memories.GetOrAdd(state.SubjectId, _ => new());
                memory.LastData ??= state.LastDataAt;
                memory.Heard ??= state.HeardAt;
            }

            var found = monitors.Select(Device.Of).OfType<Device>().OrderBy(d => d.Simulated).ThenBy(d => d.Id).DistinctBy(d => d.Mn, StringComparer.Ordinal)
                .ToFrozenDictionary(d => d.Mn, StringComparer.Ordinal);
            devices = found;
            Volatile.Write(ref read, seen);
            return found;
        }
        finally
        {
            reading.Release();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        doorbell.OnRing(ring =>
        {
            if (ring.Layers.Overlaps(OfDevices))
            {
                Interlocked.Increment(ref changes);
            }
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => reading.Dispose();
}
