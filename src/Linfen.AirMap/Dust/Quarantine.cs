using System.Security.Claims;
using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hj212;
using Linfen.AirMap.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Linfen.AirMap.Dust;

/// <param name="Quality">Why they do not count: unitImplausible, clockOff, jump, flatLine.</param>
/// <param name="Least">Least and most of the values; dust in µg/m³.</param>
public sealed record QuarantinedReadings(
    Guid Monitor, string Mn, string Name, string? County, bool Simulated, string Factor, string Quality, long Readings, DateTimeOffset From, DateTimeOffset To, double? Least, double? Most);

/// <summary>
/// Readings that this product does not believe, as long as nobody says that they are right. What a device itself calls invalid (a flag), or what no
/// instrument can measure, is not among them: nobody can release that.
/// </summary>
static class Quarantine
{
    static readonly TimeSpan Usual = TimeSpan.FromDays(7);

    public static IReadOnlyList<Quality> Qualities { get; } = [Quality.UnitImplausible, Quality.ClockOff, Quality.Jump, Quality.FlatLine];

    public static string NameOf(Quality quality) => JsonNamingPolicy.CamelCase.ConvertName(quality.ToString());

    public static void MapQuarantine(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/monitors/quarantine", All).WithTags("Dust monitors").Needs(Permission.View)
            .WithSummary("Readings that are not believed, by monitor, factor and reason; of the last seven days unless from or to say otherwise")
            .Produces<IReadOnlyList<QuarantinedReadings>>().ProducesProblem(400);
        app.MapGet("/api/monitors/{mn}/quarantine", Of).WithTags("Dust monitors").Needs(Permission.View)
            .WithSummary("The same of one monitor; its values one by one are at /readings, with their quality").Produces<IReadOnlyList<QuarantinedReadings>>().ProducesProblem(400).ProducesProblem(404);
        app.MapPost("/api/monitors/{mn}/release", ReleaseDesk.ReleaseAsync).WithTags("Dust monitors").Needs(Permission.Verify)
            .WithSummary("Says that quarantined readings are right: they count from now on")
            .WithDescription(
                "`from`, `to` (31 days at most), `quality` (unitImplausible, clockOff, jump, flatLine), `reason`, `factor?` (all without), `scale?` (of unitImplausible: what the values are to be multiplied by, 1000 or 0.001 …; "
                + "what is no dust in µg/m³ then stays). Means and curves have them at once. Violations are opened by the present averaging time only: what is released of an earlier hour accuses nobody after the event.")
            .Accepts<ReleaseBody>("application/json").Produces<Released>().ProducesProblem(400).ProducesProblem(404);
    }

    static async Task<IResult> All(
        ClaimsPrincipal user, DeviceBook book, NpgsqlDataSource database, TimeProvider clock, CancellationToken cancellation, string? county = null, string? from = null, string? to = null)
    {
        var devices = (await book.AllAsync()).Where(d => user.Scope().Holds(d.County) && (county is null || d.County == county)).ToList();
        return await ListAsync(devices, database, clock, from, to, cancellation);
    }

    static async Task<IResult> Of(
        string mn, ClaimsPrincipal user, DeviceBook book, NpgsqlDataSource database, TimeProvider clock, CancellationToken cancellation, string? from = null, string? to = null) =>
        await book.FindAsync(mn) is { } device && user.Scope().Holds(device.County)
            ? await ListAsync([device], database, clock, from, to, cancellation)
            : Problems.NotFound("such monitor");

    static async Task<IResult> ListAsync(List<Device> devices, NpgsqlDataSource database, TimeProvider clock, string? from, string? to, CancellationToken cancellation)
    {
        if (!ListQuery.TryTime(from, out var begin) || !ListQuery.TryTime(to, out var end))
        {
            return Problems.Of(400, "query-invalid", "from and to are RFC 3339 times with an offset.");
        }

        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(Column.Texts(devices.Select(d => d.Mn)));
        command.Parameters.Add(Column.Flags(devices.Select(d => d.Simulated)));
        // Clocks that are ahead have their readings in the future.
        command.Parameters.Add(Column.Time(begin ?? clock.GetUtcNow() - Usual));
        command.Parameters.Add(Column.Time(end ?? DateTimeOffset.MaxValue.AddYears(-1)));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<QuarantinedReadings>();
        while (await reader.ReadAsync(cancellation))
        {
            var device = devices[(int)reader.GetInt64(0) - 1];
            double? Number(int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);
            found.Add(new(
                device.Id, device.Mn, device.Name, device.County, device.Simulated, reader.GetString(1), NameOf((Quality)reader.GetInt16(2)), reader.GetInt64(3),
                reader.GetFieldValue<DateTimeOffset>(4).ToOffset(PacketTime.Beijing), reader.GetFieldValue<DateTimeOffset>(5).ToOffset(PacketTime.Beijing), Number(6), Number(7)));
        }

        return TypedResults.Ok(found);
    }

    const string Sql =
        """
        SELECT w.n, r.factor, r.quality, count(*), min(r.at), max(r.at), min(r.value), max(r.value)
        FROM unnest($1, $2) WITH ORDINALITY AS w(mn, simulated, n) JOIN readings r ON r.mn = w.mn AND r.simulated = w.simulated
        WHERE r.quality <> 0 AND r.quality IN (3, 5, 6, 7) AND r.at >= $3 AND r.at < $4 GROUP BY 1, 2, 3 ORDER BY max(r.at) DESC, 1, 2
        """;
}
