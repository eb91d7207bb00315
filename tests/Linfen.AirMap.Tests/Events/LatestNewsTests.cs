using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Tests.Dust;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Events;

/// <summary>Monitors that speak every minute do not wash away what happened: who comes still finds the last news.</summary>
public sealed class LatestNewsTests(OwnServer own) : IClassFixture<OwnServer>
{
    AirMapServer Server => own.Server;

    static List<string> Types(JsonElement page) => [.. page.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("type").GetString()!)];

    [Fact]
    public async Task The_latest_events_leave_readings_out_end_where_they_are_asked_to_and_stay_in_their_county()
    {
        await Server.ReportAsync(new Sighting("before-the-dust", Server.Now.AddMinutes(-1), Server.Places.NextIn("141024")));
        var burning = await Server.HeadAsync();
        for (var i = 0; i < 5; i++)
        {
            var (_, _, mn) = await Server.MonitorAsync();
            using var device = await FieldDevice.ConnectAsync(Server.DevicePort);
            await device.SendAsync(DustCalls.Frame(DustCalls.Segment(mn, Server.Now)));
            Assert.NotNull(await device.AnswerAsync());
        }

        Assert.Contains("reading.stored", (await Server.EventsAsync(burning)).Select(e => e.GetProperty("type").GetString()), StringComparer.Ordinal);
        var latest = (await Server.GetAsync("api/events/latest?limit=1000")).Json;
        Assert.DoesNotContain("reading.stored", Types(latest), StringComparer.Ordinal);
        Assert.Equal(await Server.HeadAsync(), latest.GetProperty("last").GetInt64());

        var page = (await Server.GetAsync($"api/events/latest?until={burning}&limit=3")).Json;
        Assert.Equal(["fire.detected", "violation.opened", "alarm.raised"], Types(page));
        using var stranger = await Visitor.AsAsync(Server, Role.Viewer, "141029");
        Assert.DoesNotContain("fire.detected", Types((await stranger.GetAsync("api/events/latest")).Json), StringComparer.Ordinal);
        (await Server.GetAsync("api/events/latest?limit=0")).IsProblem(400, "query-invalid");
        (await Server.GetAsync("api/events/latest?epoch=another")).IsProblem(410, "epoch-changed");
    }
}
