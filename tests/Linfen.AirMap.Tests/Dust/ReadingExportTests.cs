using System.Globalization;
using System.Net;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Tables;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Dust;

/// <summary>Readings leave as files: all of them, only to whom they belong, and without filling the memory.</summary>
public sealed class ReadingExportTests(OwnServer own) : IClassFixture<OwnServer>
{
    AirMapServer Server => own.Server;

    async Task<string> DeliveredAsync(params (int MinutesAgo, string Factors)[] packets)
    {
        var (_, _, mn) = await Server.MonitorAsync();
        using var device = await FieldDevice.ConnectAsync(Server.DevicePort);
        foreach (var (ago, factors) in packets)
        {
            await device.SendAsync(DustCalls.Frame(DustCalls.Segment(mn, Server.Now.AddMinutes(-ago), factors)));
            Assert.NotNull(await device.AnswerAsync());
        }

        return mn;
    }

    [Fact]
    public async Task A_file_holds_every_reading_oldest_first_with_its_flag_and_why_it_does_not_count()
    {
        var mn = await DeliveredAsync((1, "a34001-Rtd=180.5,a34001-Flag=N;a34002-Rtd=62.7,a34002-Flag=C"), (0, "a34001-Rtd=0.18,a34001-Flag=N"));
        var csv = (await Server.GetAsync($"api/monitors/{mn}/readings/export")).Text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("monitor,mn,county,factor,code,at,value,min,max,unit,flag,valid,quality,knownAt,simulated", csv[0]);
        Assert.Equal(
            ["TSP,a34001,2026-03-15T09:59:00+08:00,180.5,,,µg/m³,N,true,", "PM10,a34002,2026-03-15T09:59:00+08:00,62.7,,,µg/m³,C,false,flagged", "TSP,a34001,2026-03-15T10:00:00+08:00,0.18,,,µg/m³,N,false,unitImplausible"],
            csv[1..].Select(line => string.Join(',', line.Split(',')[3..13])), StringComparer.Ordinal);

        var chinese = (await Server.GetAsync($"api/monitors/{mn}/readings/export?lang=zh&factor=a34002")).Text;
        Assert.Contains("监测设备,设备编号 MN", chinese, StringComparison.Ordinal);
        Assert.Contains("可吸入颗粒物,a34002", chinese, StringComparison.Ordinal);
        Assert.Contains("设备标记为无效", chinese, StringComparison.Ordinal);
        Assert.DoesNotContain("a34001", chinese, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sheet_and_the_means_of_hours_say_the_same_as_the_readings()
    {
        var mn = await DeliveredAsync((70, "a34001-Rtd=100,a34001-Flag=N"), (65, "a34001-Rtd=300,a34001-Flag=N"), (0, "a34001-Rtd=50,a34001-Flag=N"));
        var (from, to) = (Uri.EscapeDataString(Server.Now.AddHours(-3).ToString("O", CultureInfo.InvariantCulture)), Uri.EscapeDataString(Server.Now.AddMinutes(1).ToString("O", CultureInfo.InvariantCulture)));
        using var response = await Server.Client.GetAsync(new Uri($"api/monitors/{mn}/readings/export?format=xlsx&interval=hour&from={from}&to={to}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", response.Content.Headers.ContentType!.MediaType);
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using var sheet = await TableReader.OpenAsync(body, "readings.xlsx", null, new TableLimits(), TestContext.Current.CancellationToken);
        var rows = new List<(string, string)>();
        await foreach (var row in sheet.Rows)
        {
            rows.Add((row.Cells["at"], row.Cells["value"]));
        }

        Assert.Equal([("2026-03-15T08:00:00+08:00", "200"), ("2026-03-15T10:00:00+08:00", "50")], rows);
    }

    [Fact]
    public async Task Who_may_not_export_or_sees_another_county_gets_nothing_and_what_left_is_audited()
    {
        var mn = await DeliveredAsync((0, "a34001-Rtd=180.5,a34001-Flag=N"));
        var address = $"api/monitors/{mn}/readings/export?format=csv";
        using var stranger = await Visitor.AsAsync(Server, Role.CountyOfficer, "141029");
        (await stranger.GetAsync(address)).IsProblem(404, "not-found");
        (await stranger.GetAsync($"api/monitors/{mn}/curve")).IsProblem(404, "not-found");
        using var viewer = await Visitor.AsAsync(Server, Role.Viewer, "141024");
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.GetAsync(address)).Status);

        using var owner = await Visitor.AsAsync(Server, Role.CountyOfficer, "141024");
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync(address)).Status);
        var line = Assert.Single(await Server.AskAllAsync($"select after::text from airmap.audit where action = 'readings.exported' and after::text like '%{mn}%'"));
        Assert.Contains("\"interval\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused_with_its_reason()
    {
        var mn = await DeliveredAsync((0, "a34001-Rtd=180.5,a34001-Flag=N"));
        (await Server.GetAsync($"api/monitors/{mn}/readings/export?format=shp")).IsProblem(400, "format-unsupported");
        (await Server.GetAsync($"api/monitors/{mn}/readings/export?interval=century")).IsProblem(400, "query-invalid");
        (await Server.GetAsync($"api/monitors/{mn}/readings/export?from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z")).IsProblem(400, "query-invalid");
        (await Server.GetAsync("api/monitors/NOBODY/readings/export")).IsProblem(404, "not-found");
    }
}
