using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hj212;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Registers;
using Linfen.AirMap.Subjects;
using Npgsql;

namespace Linfen.AirMap.Dust;

/// <param name="Crc">Check sum of its last packet: right, lowercase, modbus …; where it is wrong or missing its entry has to be lenient.</param>
/// <param name="Sample">Values by factor as it last sent them, in its own units; null without data.</param>
public sealed record PendingMonitor(
    string Mn, string Address, string Crc, JsonElement? Sample, long Packets, DateTimeOffset FirstAt, DateTimeOffset LastAt, DateTimeOffset? DismissedAt);

/// <summary>
/// The devices that wait for an operator. They have no county yet, so only who may see the whole city sees them. One that was dismissed stays so, and can
/// still be approved.
/// </summary>
static class PendingEndpoints
{
    public static void MapPendingMonitors(this IEndpointRouteBuilder app)
    {
        var pending = app.MapGroup("/api/monitors/pending").WithTags("Dust monitors").Needs(Permission.EditRegisters);
        pending.MapGet("/", List).Produces<IReadOnlyList<PendingMonitor>>()
            .WithSummary("Devices that called in and are not in the register, the latest first; empty unless Airmap:Hj212:Unknown is hold. dismissed=true adds those dismissed");
        pending.MapPost("/{mn}/approve", ApproveAsync).Accepts<object>("application/json").Produces(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Adds the device to the register of monitors; its next packet is kept and answered")
            .WithDescription("The body is that of POST /api/monitors (`name`, `siteId`, `dustUnit`, `crc` …) without `mn`. Packets from before are not kept: the device was not answered and sends them again.");
        pending.MapPost("/{mn}/dismiss", DismissAsync).Accepts<Dismissal>("application/json").Produces(204).ProducesProblem(404)
            .WithSummary("Takes the device off the list for good; it goes on being refused");
    }

    public sealed record Dismissal(string? Reason);

    static async Task<IResult> List(
        ClaimsPrincipal user, PendingMonitors pending, DeviceBook book, NpgsqlDataSource database, CancellationToken cancellation, bool dismissed = false)
    {
        if (!user.Scope().IsCity)
        {
            return TypedResults.Ok(Array.Empty<PendingMonitor>());
        }

        var all = new List<PendingMonitor>();
        foreach (var monitor in await ReadAsync(pending, database, cancellation))
        {
            if ((dismissed || monitor.DismissedAt is null) && await book.FindAsync(monitor.Mn) is null)
            {
                all.Add(monitor);
            }
        }

        return TypedResults.Ok(all.OrderByDescending(m => m.LastAt).ToList());
    }

    static async Task<IResult> ApproveAsync(
        string mn, HttpContext context, PendingMonitors pending, DeviceBook book, RegisterBook registers, RegisterDesk desk, Ledger ledger, NpgsqlDataSource database,
        CancellationToken cancellation)
    {
        if (await FindAsync(mn, context.User, pending, database, cancellation) is null)
        {
            return NotHeld();
        }

        if (await book.FindAsync(mn) is not null)
        {
            return Problems.Of(409, "exists", "The register has a monitor of this MN.");
        }

        JsonObject? body;
        try
        {
            body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: cancellation) as JsonObject;
        }
        catch (JsonException e)
        {
            return Problems.Of(400, "not-json", $"The body is no JSON: {e.Message}");
        }

        if (body is null)
        {
            return Problems.Invalid(["the body is a JSON object with the fields of the register"]);
        }

        body["mn"] = mn;
        var answer = await desk.AddAsync(registers.Find("monitor")!, JsonSerializer.SerializeToElement(body), context, cancellation);
        if (context.Response.StatusCode == StatusCodes.Status201Created)
        {
            await pending.WriteAsync(cancellation);
            await ledger.CommitAsync(new PendingApproved(mn), cancellation);
        }

        return answer;
    }

    static async Task<IResult> DismissAsync(
        string mn, Dismissal? body, HttpContext context, PendingMonitors pending, Ledger ledger, NpgsqlDataSource database, CancellationToken cancellation)
    {
        if (await FindAsync(mn, context.User, pending, database, cancellation) is null)
        {
            return NotHeld();
        }

        await pending.WriteAsync(cancellation);
        await ledger.CommitAsync(new PendingDismissed(mn, body?.Reason) { By = Author.Of(context) }, cancellation);
        return TypedResults.NoContent();
    }

    static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult NotHeld() => Problems.NotFound("held device of this MN");

    static async Task<PendingMonitor?> FindAsync(string mn, ClaimsPrincipal user, PendingMonitors pending, NpgsqlDataSource database, CancellationToken cancellation) =>
        user.Scope().IsCity ? (await ReadAsync(pending, database, cancellation)).FirstOrDefault(m => m.Mn == mn) : null;

    /// <summary>What is written down, together with what is not yet.</summary>
    static async Task<IReadOnlyCollection<PendingMonitor>> ReadAsync(PendingMonitors pending, NpgsqlDataSource database, CancellationToken cancellation)
    {
        var fresh = pending.Calls;
        await using var command = database.CreateCommand("SELECT mn, address, crc, sample::text, packets, first_at, last_at, dismissed_at FROM pending_monitors");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var all = new Dictionary<string, PendingMonitor>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            all[reader.GetString(0)] = new(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : Json(reader.GetString(3)), reader.GetInt64(4),
                Local(reader.GetFieldValue<DateTimeOffset>(5)), Local(reader.GetFieldValue<DateTimeOffset>(6)), reader.IsDBNull(7) ? null : Local(reader.GetFieldValue<DateTimeOffset>(7)));
        }

        foreach (var call in fresh)
        {
            var sample = call.Sample is null ? (JsonElement?)null : Json(call.Sample);
            all[call.Mn] = all.TryGetValue(call.Mn, out var known)
                ? known with { Address = call.Address, Crc = call.Crc, Sample = sample ?? known.Sample, Packets = known.Packets + call.Packets, LastAt = Local(call.LastAt) }
                : new(call.Mn, call.Address, call.Crc, sample, call.Packets, Local(call.FirstAt), Local(call.LastAt), null);
        }

        return all.Values;
    }

    static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);

    static DateTimeOffset Local(DateTimeOffset time) => time.ToOffset(PacketTime.Beijing);
}
