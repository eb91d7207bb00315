using System.Net;
using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Tests.Support;
using Linfen.AirMap.Tests.Zones;
using Xunit;

namespace Linfen.AirMap.Tests.Accounts;

/// <summary>Who did what, when, from where, before and after.</summary>
public sealed class AuditTests(OwnServer own) : IClassFixture<OwnServer>
{
    AirMapServer Server => own.Server;

    async Task<List<JsonElement>> LinesAsync(string query)
    {
        using var auditor = await Visitor.AsAsync(Server, Role.Auditor);
        return [.. (await auditor.GetAsync("api/audit?limit=1000&" + query)).Json.GetProperty("entries").EnumerateArray()];
    }

    [Fact]
    public async Task A_change_of_a_register_tells_both_versions_and_its_author()
    {
        using var officer = await Visitor.AsAsync(Server, Role.CityOfficer);
        var name = (await officer.GetAsync("api/session")).Json.GetProperty("userName").GetString();
        var boiler = await Server.AddBoilerAsync(Server.FreshPlace());
        var id = boiler.GetProperty("id").GetString()!;
        using var read = await officer.Client.GetAsync(new Uri($"api/heating/boilers/{id}", UriKind.Relative), TestContext.Current.CancellationToken);
        var stored = JsonDocument.Parse(await read.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        var body = stored.GetProperty("properties").EnumerateObject().Where(p => p.Name != "since").ToDictionary(p => p.Name, p => (object?)p.Value, StringComparer.Ordinal);
        body["fuel"] = "gas";

        var changed = await officer.SendAsync("PUT", $"api/heating/boilers/{id}", JsonBody(new { geometry = stored.GetProperty("geometry"), properties = body }), ("If-Match", read.Headers.ETag!.Tag));
        Assert.Equal(HttpStatusCode.OK, changed.Status);

        var line = Assert.Single(await LinesAsync($"target={id}&action=boiler.changed"));
        Assert.Equal((name, "done", "127.0.0.1"), (line.GetProperty("actor").GetString(), line.GetProperty("outcome").GetString(), line.GetProperty("address").GetString()));
        Assert.Equal("coal", line.GetProperty("before").GetProperty("properties").GetProperty("fuel").GetString());
        Assert.Equal("gas", line.GetProperty("after").GetProperty("properties").GetProperty("fuel").GetString());
        Assert.Single(await LinesAsync($"target={id}&action=boiler.created"));
        var history = (await officer.GetAsync($"api/heating/boilers/{id}/history")).Json.GetProperty("versions")[0];
        Assert.Equal(name, history.GetProperty("by").GetString());
    }

    [Fact]
    public async Task A_file_leaves_one_line_with_its_entries_and_none_where_it_changes_nothing()
    {
        var (one, two) = (Server.FreshPlace(), Server.FreshPlace());
        var file = System.Text.Encoding.UTF8.GetBytes(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"name,lon,lat\naudited patch,{one.Lon},{one.Lat}\nanother one,{two.Lon},{two.Lat}\n"));

        Assert.Equal(HttpStatusCode.OK, (await Server.PostAsync("api/land/import", file)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Server.PostAsync("api/land/import", file)).Status);

        var line = Assert.Single(await LinesAsync("action=land.imported"));
        var ids = line.GetProperty("after").GetProperty("ids").EnumerateArray().Select(id => id.GetString()).ToList();
        Assert.Equal(2, ids.Count);
        Assert.All(await Task.WhenAll(ids.Select(id => Server.GetAsync($"api/land/{id}"))), entry => Assert.Equal(HttpStatusCode.OK, entry.Status));
    }

    [Fact]
    public async Task Verdicts_zones_exports_and_refusals_leave_their_lines()
    {
        var fire = await Server.FireOfAsync(new Sighting(Guid.NewGuid().ToString(), Server.Now, Server.FreshPlace()));
        Assert.Equal(HttpStatusCode.OK, (await Server.PostAsync($"api/fires/{fire.Id()}/verdict", """{"verdict":"out"}""")).Status);
        Assert.Single(await LinesAsync($"target={fire.Id()}&action=fire.verdict"));

        var zone = await Server.DraftAsync("coalFree", "审计" + Guid.NewGuid().ToString("N"), Tests.Zones.ZoneCalls.Square(Server.FreshPlace()));
        await Server.PublishAsync(zone, "2026-03-15");
        Assert.Equal(["zone.drawn", "zone.published"], (await LinesAsync("target=" + zone.Id())).Select(l => l.GetProperty("action").GetString()!).Order(StringComparer.Ordinal).ToList());

        using var viewer = await Visitor.AsAsync(Server, Role.Viewer);
        var name = (await viewer.GetAsync("api/session")).Json.GetProperty("userName").GetString();
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.SendAsync("DELETE", "api/simulated")).Status);
        await Until.TrueAsync(async () => (await LinesAsync($"actor={name}&outcome=refused")).Count == 1, "the refusal is written down");

        using var officer = await Visitor.AsAsync(Server, Role.CityOfficer);
        var who = (await officer.GetAsync("api/session")).Json.GetProperty("userName").GetString();
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync("api/heating/boilers/export?format=csv")).Status);
        Assert.Single(await LinesAsync($"actor={who}&action=register.exported"));
    }

    [Fact]
    public async Task The_audit_is_exported_and_the_export_is_audited()
    {
        using var auditor = await Visitor.AsAsync(Server, Role.Auditor);
        var name = (await auditor.GetAsync("api/session")).Json.GetProperty("userName").GetString();
        foreach (var format in new[] { "csv", "xlsx" })
        {
            Assert.Equal(HttpStatusCode.OK, (await auditor.GetAsync("api/audit/export?format=" + format)).Status);
        }

        Assert.Equal(2, (await LinesAsync($"actor={name}&action=audit.exported")).Count);
        using var officer = await Visitor.AsAsync(Server, Role.CityOfficer);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync("api/audit")).Status);
    }

    [Fact]
    public async Task No_line_holds_a_password_or_a_key()
    {
        var account = await Server.PostAsync("api/accounts", """{"userName":"audit-secret","roles":["viewer"]}""");
        var key = await Server.PostAsync("api/keys", """{"name":"audit-secret","kind":"feed"}""");
        var (password, secret) = (account.Json.GetProperty("password").GetString()!, key.Json.GetProperty("secret").GetString()!);
        using var unknown = Visitor.Unknown(Server.Address);
        await unknown.PostAsync("api/session", $$"""{"userName":"audit-secret","password":"{{password}}"}""");

        var all = string.Join('\n', await Server.AskAllAsync("select row_to_json(a)::text from airmap.audit a"));
        Assert.Single(await LinesAsync("actor=audit-secret&action=session.opened"));
        Assert.Contains("audit-secret", all, StringComparison.Ordinal);
        Assert.DoesNotContain(password, all, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
    }

    static StringContent JsonBody(object body) => new(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json");
}
