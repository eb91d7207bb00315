using System.Net;
using System.Text;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Testing;
using Linfen.AirMap.Tests.Findings;
using Linfen.AirMap.Tests.Support;
using Linfen.AirMap.Tests.Zones;
using Linfen.AirMap.Tiles;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Linfen.AirMap.Tests.Accounts;

/// <summary>
/// Every endpoint, hub method, tile layer and export, for every role with its own, another and no county: what is expected and what is seen.
/// The rights are written down here a second time, so that a slip in the product's table shows.
/// </summary>
public sealed class AccessMatrixTests(OwnServer own) : IClassFixture<OwnServer>, IAsyncLifetime
{
    const string Own = "141024";
    const string Other = "141029";

    static readonly Dictionary<string, Permission[]> Rights = new(StringComparer.Ordinal)
    {
        ["Viewer"] = [Permission.View],
        ["GridManager"] = [Permission.View, Permission.Report, Permission.AcknowledgeAlarms],
        ["Department"] = [Permission.View, Permission.Export, Permission.Report, Permission.Verify, Permission.AcknowledgeAlarms],
        ["CountyOfficer"] = [Permission.View, Permission.Export, Permission.Report, Permission.Verify, Permission.AcknowledgeAlarms, Permission.EditRegisters, Permission.ApproveHeatSources, Permission.GrantKiosks],
        ["Planner"] = [Permission.View, Permission.Export, Permission.ReadDrafts, Permission.DrawZones],
        ["Approver"] = [Permission.View, Permission.Export, Permission.ReadDrafts, Permission.PublishZones],
        ["CityOfficer"] = [Permission.View, Permission.Export, Permission.Report, Permission.Verify, Permission.AcknowledgeAlarms, Permission.EditRegisters, Permission.ApproveHeatSources, Permission.ReadDrafts, Permission.GrantKiosks],
        ["Auditor"] = [Permission.View, Permission.Export, Permission.ReadAudit],
        ["Administrator"] = Enum.GetValues<Permission>(),
    };

    static readonly Permission[] OfTheCity =
        [Permission.SetParameters, Permission.SetAlarmRules, Permission.ClearSimulated, Permission.ManageAccounts, Permission.ManageKeys, Permission.ReadMetrics];

    readonly List<string> secrets = [];
    readonly List<string> matrix = ["door,role,scope,expected,seen"];
    readonly Dictionary<string, string> ids = new(StringComparer.Ordinal);

    AirMapServer Server => own.Server;

    /// <summary>One of everything in the county, under words that stand nowhere else.</summary>
    public async ValueTask InitializeAsync()
    {
        var place = Server.Places.NextIn(Own);
        var fire = await Server.FireOfAsync(new Sighting("matrix-" + Guid.NewGuid().ToString("N"), Server.Now, place));
        var boiler = await Server.AddBoilerAsync(Server.Places.NextIn(Own));
        var finding = await Server.FiledAsync(FindingCalls.Finding(AirMap.Plan.Articles.FindingKinds.All[0].Code, Server.Places.NextIn(Own)));
        var zone = await Server.DraftAsync("coalFree", "矩阵草案" + Guid.NewGuid().ToString("N"), Tests.Zones.ZoneCalls.Square(place));
        (ids["fires"], ids["heating/boilers"], ids["findings"], ids["zones"]) = (fire.Id(), boiler.GetProperty("id").GetString()!, finding.GetProperty("id").GetString()!, zone.Id());
        ids["violations"] = await Server.AskAsync<string>($"select id::text from airmap.violations where subject_id = '{fire.Id()}' limit 1");
        ids["alarms"] = await Server.AskAsync<string>($"select id::text from airmap.alarms where violation_id = '{ids["violations"]}'");
        secrets.AddRange(ids.Values);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    static IEnumerable<(string Name, Scope Scope)> Scopes => [("own", Scope.Of([Own])), ("other", Scope.Of([Other])), ("none", Scope.Nowhere), ("city", Scope.City)];

    [Fact]
    public async Task Every_door_lets_in_whom_it_should_and_shows_nobody_what_lies_elsewhere()
    {
        var routes = Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        var wrong = new List<string>();
        foreach (var role in Enum.GetValues<Role>())
        {
            foreach (var (name, scope) in Scopes)
            {
                using var visitor = await Visitor.AsAsync(Server, role, scope);
                foreach (var (method, path, permission) in routes.SelectMany(Calls))
                {
                    var expected = Expected(role.ToString(), scope, permission);
                    var seen = await SeenAsync(visitor, method, path, name is "own" or "city");
                    matrix.Add($"{method} {path},{role},{name},{expected},{seen}");
                    if (expected != seen)
                    {
                        wrong.Add(matrix[^1]);
                    }
                }

                foreach (var layer in TileSql.Layers)
                {
                    var seen = await SeenAsync(visitor, "GET", $"tiles/{layer}/8/207/99.mvt", name is "own" or "city");
                    matrix.Add($"tile {layer},{role},{name},in,{seen}");
                    if (seen != "in")
                    {
                        wrong.Add(matrix[^1]);
                    }
                }

                var watched = await WatchedAsync(visitor);
                matrix.Add($"hub Watch([{Own}]),{role},{name},{(scope.Holds(Own) ? "in" : "denied")},{watched}");
                if (watched != (scope.Holds(Own) ? "in" : "denied"))
                {
                    wrong.Add(matrix[^1]);
                }
            }
        }

        Directory.CreateDirectory(Path.Combine(Checkout.Root, "artifacts"));
        await File.WriteAllLinesAsync(Path.Combine(Checkout.Root, "artifacts", "access-matrix.csv"), matrix, TestContext.Current.CancellationToken);
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {matrix.Count - 1} cells:\n" + string.Join('\n', wrong.Take(60)));
        Assert.True(matrix.Count > 2_000, $"only {matrix.Count} cells");
    }

    IEnumerable<(string Method, string Path, Permission? Permission)> Calls(RouteEndpoint route)
    {
        var path = route.RoutePattern.RawText!.Trim('/');
        var policy = route.Metadata.GetMetadata<OpenDoor>() is not null ? null : route.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy).FirstOrDefault(p => p is not null);
        // Everybody's own account is another test's matter, and signing out would end this one.
        if (path.StartsWith("hubs", StringComparison.Ordinal) || path.StartsWith("tiles", StringComparison.Ordinal) || path.StartsWith("api/session", StringComparison.Ordinal)
            || policy == Doors.SignedIn || path.StartsWith("api/kiosks", StringComparison.Ordinal) || path.StartsWith("docs", StringComparison.Ordinal))
        {
            yield break;
        }

        Permission? permission = policy is null ? null : Enum.Parse<Permission>(policy);
        foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
        {
            yield return (method, Filled(path), permission);
        }
    }

    string Filled(string path)
    {
        foreach (var (list, id) in ids)
        {
            if (path.StartsWith($"api/{list}/{{", StringComparison.Ordinal))
            {
                path = path.Replace("{id:guid}", id, StringComparison.Ordinal).Replace("{parent:guid}", id, StringComparison.Ordinal);
            }
        }

        return path.Replace("{id:guid}", Guid.Empty.ToString(), StringComparison.Ordinal).Replace("{parent:guid}", Guid.Empty.ToString(), StringComparison.Ordinal)
            .Replace("{hash}", new string('0', 64), StringComparison.Ordinal).Replace("{code}", "unknown", StringComparison.Ordinal)
            .Replace("{effectiveFrom}", "2030-01-01", StringComparison.Ordinal).Replace("{documentName}", "v1", StringComparison.Ordinal);
    }

    static string Expected(string role, Scope scope, Permission? permission) =>
        permission is not { } needed ? "in"
        : !Rights[role].Contains(needed) || (OfTheCity.Contains(needed) && !scope.IsCity) ? "denied"
        : "in";

    /// <summary>"in" also where the body or id is no good: the door was open.</summary>
    async Task<string> SeenAsync(Visitor visitor, string method, string path, bool maySee)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        request.Content = method is "GET" or "DELETE" ? null : new StringContent("{}", Encoding.UTF8, "application/json");
        using var response = await visitor.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = Encoding.Latin1.GetString(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        if (response.StatusCode == HttpStatusCode.Forbidden && text.Contains("/problems/forbidden", StringComparison.Ordinal))
        {
            return "denied";
        }

        // An id that the caller named himself comes back in links and words of refusal.
        var leak = maySee ? null : secrets.Find(secret => text.Contains(secret, StringComparison.Ordinal) && !path.Contains(secret, StringComparison.Ordinal));
        return response.StatusCode == HttpStatusCode.InternalServerError ? "500 " + string.Join(' ', Server.TakeErrors().Take(1)).ReplaceLineEndings(" ")
            : response.StatusCode == HttpStatusCode.Unauthorized ? "401"
            : leak is not null ? "leak of " + leak
            : !maySee && response.IsSuccessStatusCode && secrets.Exists(s => path.Contains(s, StringComparison.Ordinal)) && text.Contains("\"id\"", StringComparison.Ordinal) ? "leak of what it names"
            : "in";
    }

    async Task<string> WatchedAsync(Visitor visitor)
    {
        await using var hub = new HubConnectionBuilder().WithUrl(new Uri(Server.Address, "hubs/live"), o => o.Headers["Cookie"] = visitor.Cookie!).Build();
        await hub.StartAsync(TestContext.Current.CancellationToken);
        try
        {
            await hub.InvokeAsync("Watch", new Linfen.AirMap.Events.WatchRequest([Own]), TestContext.Current.CancellationToken);
            return "in";
        }
        catch (Microsoft.AspNetCore.SignalR.HubException)
        {
            return "denied";
        }
    }

    [Fact]
    public async Task Counts_of_other_counties_are_not_told()
    {
        using var stranger = await Visitor.AsAsync(Server, Role.CountyOfficer, Other);
        using var owner = await Visitor.AsAsync(Server, Role.CountyOfficer, Own);

        var counts = (await stranger.GetAsync("api/registers/counts")).Json.GetProperty("counts").EnumerateArray().Where(c => c.GetProperty("kind").GetString() is "boiler" or "finding").ToList();
        Assert.All(counts, c => Assert.Equal((0, 0, 0), (c.GetProperty("entries").GetInt32(), c.GetProperty("open").GetInt32(), c.GetProperty("undecidable").GetInt32())));
        foreach (var county in (await stranger.GetAsync("api/counties")).Json.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("properties")))
        {
            Assert.Equal(county.GetProperty("code").GetString() != Other, county.GetProperty("summary").ValueKind == System.Text.Json.JsonValueKind.Null);
        }

        Assert.DoesNotContain(ids["fires"], (await stranger.GetAsync("api/events?limit=1000")).Text, StringComparison.Ordinal);
        Assert.Contains(ids["fires"], (await owner.GetAsync("api/events?limit=1000")).Text, StringComparison.Ordinal);
        Assert.Equal(0, (await stranger.GetAsync("api/activity")).Json.GetProperty("bins").EnumerateArray().Sum(b => b.GetProperty("fires").GetInt32()));
        Assert.True((await owner.GetAsync("api/activity")).Json.GetProperty("bins").EnumerateArray().Sum(b => b.GetProperty("fires").GetInt32()) > 0);
    }

    [Fact]
    public async Task What_lies_elsewhere_is_not_found_and_cannot_be_written()
    {
        using var stranger = await Visitor.AsAsync(Server, Role.CountyOfficer, Other);
        foreach (var (list, id) in ids)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"api/{list}/{id}")).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync($"api/fires/{ids["fires"]}/verdict", """{"verdict":"out"}""")).Status);
        var place = Server.Places.NextIn(Own);
        var entry = System.Text.Json.JsonSerializer.Serialize(new { name = "越界锅炉", kind = "boiler", fuel = "gas", status = "operating", tonnesPerHour = 20, lon = place.Lon, lat = place.Lat });
        (await stranger.PostAsync("api/heating/boilers", entry)).IsProblem(403, "outside-scope");
        using var owner = await Visitor.AsAsync(Server, Role.CountyOfficer, Own);
        var added = await owner.PostAsync("api/heating/boilers", entry);
        Assert.True(added.Status == HttpStatusCode.Created, added.Text);
        (await stranger.SendAsync("DELETE", $"api/heating/boilers/{added.Json.Id()}", null, ("If-Match", "\"1\""))).IsProblem(404, "not-found");
    }
}
