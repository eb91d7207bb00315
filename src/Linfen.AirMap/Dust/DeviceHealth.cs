using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hj212;
using Linfen.AirMap.Subjects;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Linfen.AirMap.Dust;

/// <param name="State">ok, suspect (data that do not count, or that nobody else measures), silent.</param>
/// <param name="Reasons">
/// silent; clockBehind; farAboveNeighbours, farBelowNeighbours; the qualities of its latest data (unitImplausible, clockOff, jump, flatLine, outOfRange,
/// unflagged, flagged) and the letters of its flags (<c>flag-C</c>); what it was refused for.
/// </param>
/// <param name="LastDataAt">By its own clock; by ours where that is known to be behind.</param>
/// <param name="HeardAt">When it last delivered, by our clock, to the minute.</param>
/// <param name="SilentSince">Since when the log tells that it is silent.</param>
public sealed record MonitorHealth(
    Guid Monitor, string Mn, string Name, string? County, Guid? Site, bool Simulated, string State, IReadOnlyList<string> Reasons, DateTimeOffset? LastDataAt, DateTimeOffset? HeardAt,
    DateTimeOffset? SilentSince);

/// <summary>
/// Health of devices: a list of its own, so that nobody is accused of a broken instrument. Silence here is a matter of maintenance; when a site
/// violates by it is for the plan's parameter.
/// </summary>
sealed class DeviceHealth(DeviceBook book, Refusals refusals, IDbContextFactory<AirMapDb> database, NpgsqlDataSource source, IOptions<Hj212Options> options, TimeProvider clock)
{
    /// <summary>What lies longer back is no state of the present.</summary>
    static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    /// <summary>As the interface writes it.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<IResult> List(ClaimsPrincipal user, DeviceHealth health, DeviceBook book, CancellationToken cancellation, string? county = null) => TypedResults.Ok(
        await health.OfAsync([.. (await book.AllAsync()).Where(d => user.Scope().Holds(d.County) && (county is null || d.County == county))], cancellation));

    /// <summary>As the list shows it, for the event log.</summary>
    public static string ToText(MonitorHealth health) => JsonSerializer.Serialize(health, Json);

    public async Task<List<MonitorHealth>> OfAsync(IReadOnlyList<Device> devices, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var ids = devices.Select(d => d.Id).ToList();
        await using var db = await database.CreateDbContextAsync(cancellation);
        var states = await db.Set<DeviceState>().AsNoTracking().Where(s => ids.Contains(s.SubjectId)).ToDictionaryAsync(s => s.SubjectId, cancellation);
        var doubts = await DoubtsAsync(devices, now, cancellation);
        var refused = refusals.All.Where(r => now - r.LastAt < Lately).ToLookup(r => r.Mn, r => r.Reason, StringComparer.Ordinal);
        return [.. devices.OrderBy(d => d.Mn, StringComparer.Ordinal).Select(d => Of(d, states.GetValueOrDefault(d.Id), [.. doubts[d.Mn], .. refused[d.Mn]], now))];
    }

    MonitorHealth Of(Device device, DeviceState? state, List<string> doubts, DateTimeOffset now)
    {
        var memory = book.MemoryOf(device);
        var silent = state is null || now - (state.HeardAt ?? state.LastDataAt) > TimeSpan.FromMinutes(options.Value.SilentMinutes);
        if (silent)
        {
            doubts.Insert(0, "silent");
        }
        else if (memory.Differs is { } how)
        {
            doubts.Add(how);
        }

        if (memory.Lag.IsBehindAt(now))
        {
            doubts.Add("clockBehind");
        }

        if (state?.Means.Any(m => m.Flat && now - m.At < Lately) == true)
        {
            doubts.Add("flatLine");
        }

        var told = doubts.Distinct(StringComparer.Ordinal).ToList();
        return new(
            device.Id, device.Mn, device.Name, device.County, device.SiteId, device.Simulated, silent ? "silent" : told.Count > 0 ? "suspect" : "ok", told,
            state?.LastDataAt.ToOffset(PacketTime.Beijing), state?.HeardAt?.ToOffset(PacketTime.Beijing), state?.SilentSince?.ToOffset(PacketTime.Beijing));
    }

    async Task<ILookup<string, string>> DoubtsAsync(IReadOnlyList<Device> devices, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(
            """
            SELECT DISTINCT r.mn, r.quality, r.flag FROM unnest($1, $2) AS w(mn, simulated) JOIN readings r ON r.mn = w.mn AND r.simulated = w.simulated
            WHERE r.quality <> 0 AND r.factor IN ('a34001', 'a34002') AND (r.at > $3 - interval '15 minutes' OR (r.command NOT IN (2011, 2111) AND r.at > $3 - interval '70 minutes'))
                AND r.at > $3 - interval '70 minutes'
            """);
        command.Parameters.Add(Column.Texts(devices.Select(d => d.Mn)));
        command.Parameters.Add(Column.Flags(devices.Select(d => d.Simulated)));
        command.Parameters.Add(Column.Time(now));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(string Mn, string Reason)>();
        while (await reader.ReadAsync(cancellation))
        {
            var (mn, quality, flag) = (reader.GetString(0), (Quality)reader.GetInt16(1), (DataState)reader.GetInt16(2));
            found.Add((mn, Quarantine.NameOf(quality)));
            if (quality == Quality.Flagged)
            {
                found.Add((mn, $"flag-{DataStates.Letter(flag) ?? '?'}"));
            }
        }

        return found.ToLookup(f => f.Mn, f => f.Reason, StringComparer.Ordinal);
    }
}
