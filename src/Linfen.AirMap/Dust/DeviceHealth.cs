using System.Security.Claims;
using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hj212;
using Linfen.AirMap.Subjects;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Linfen.AirMap.Dust;

/// <param name="State">ok, suspect (data that do not count), silent.</param>
/// <param name="Reasons">silent, flatLine, the qualities of its latest data, letters of its flags (<c>flag-C</c>), and what it was refused for.</param>
public sealed record MonitorHealth(
    Guid Monitor, string Mn, string Name, string? County, Guid? Site, bool Simulated, string State, IReadOnlyList<string> Reasons, DateTimeOffset? LastDataAt);

/// <summary>Health of devices: a list of its own, so that nobody is accused of a broken instrument.</summary>
static class DeviceHealth
{
    /// <summary>Without data for so long a monitor counts as silent here; when its site violates by that is for the plan's parameter.</summary>
    static readonly TimeSpan Silence = TimeSpan.FromHours(1);

    public static async Task<IResult> List(
        ClaimsPrincipal user, DeviceBook book, Refusals refusals, AirMapDb db, NpgsqlDataSource database, TimeProvider clock, CancellationToken cancellation, string? county = null)
    {
        var now = clock.GetUtcNow();
        var devices = (await book.AllAsync()).Where(d => user.Scope().Holds(d.County) && (county is null || d.County == county)).OrderBy(d => d.Mn, StringComparer.Ordinal).ToList();
        var ids = devices.ConvertAll(d => d.Id);
        var states = await db.Set<DeviceState>().AsNoTracking().Where(s => ids.Contains(s.SubjectId)).ToDictionaryAsync(s => s.SubjectId, cancellation);
        var doubts = await DoubtsAsync(database, devices, now, cancellation);
        var refused = refusals.All.Where(r => now - r.LastAt < Silence).ToLookup(r => r.Mn, r => r.Reason, StringComparer.Ordinal);
        return TypedResults.Ok(devices.ConvertAll(d => Of(d, states.GetValueOrDefault(d.Id), [.. doubts[d.Mn], .. refused[d.Mn]], now)));
    }

    static MonitorHealth Of(Device device, DeviceState? state, List<string> doubts, DateTimeOffset now)
    {
        var silent = state is null || now - state.LastDataAt > Silence;
        if (silent)
        {
            doubts.Insert(0, "silent");
        }

        if (state?.Means.Any(m => m.Flat && now - m.At < Silence) == true)
        {
            doubts.Add("flatLine");
        }

        var told = doubts.Distinct(StringComparer.Ordinal).ToList();
        return new(
            device.Id, device.Mn, device.Name, device.County, device.SiteId, device.Simulated, silent ? "silent" : told.Count > 0 ? "suspect" : "ok", told,
            state?.LastDataAt.ToOffset(PacketTime.Beijing));
    }

    static async Task<ILookup<string, string>> DoubtsAsync(NpgsqlDataSource database, List<Device> devices, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            SELECT DISTINCT r.mn, r.quality, r.flag FROM unnest($1, $2) AS w(mn, simulated) JOIN readings r ON r.mn = w.mn AND r.simulated = w.simulated
            WHERE r.quality <> 0 AND r.factor IN ('a34001', 'a34002') AND (r.at > $3 - interval '15 minutes' OR (r.command <> 2011 AND r.at > $3 - interval '70 minutes'))
            """);
        command.Parameters.Add(Column.Texts(devices.Select(d => d.Mn)));
        command.Parameters.Add(Column.Flags(devices.Select(d => d.Simulated)));
        command.Parameters.Add(Column.Time(now));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(string Mn, string Reason)>();
        while (await reader.ReadAsync(cancellation))
        {
            var (mn, quality, flag) = (reader.GetString(0), (Quality)reader.GetInt16(1), (DataState)reader.GetInt16(2));
            found.Add((mn, JsonNamingPolicy.CamelCase.ConvertName(quality.ToString())));
            if (quality == Quality.Flagged)
            {
                found.Add((mn, $"flag-{DataStates.Letter(flag) ?? '?'}"));
            }
        }

        return found.ToLookup(f => f.Mn, f => f.Reason, StringComparer.Ordinal);
    }
}
