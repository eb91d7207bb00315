using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Tests.Dust;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Registers;

/// <summary>What makes an entry the same thing as another one, and what does not.</summary>
public sealed class IdentityTests(OwnServer own) : IClassFixture<OwnServer>
{
    AirMapServer Server => own.Server;

    [Fact]
    public async Task A_number_under_which_a_device_calls_belongs_to_one_monitor()
    {
        var (_, _, mn) = await Server.MonitorAsync(("code", "M-" + Guid.NewGuid().ToString("N")));
        var site = await Server.AddAsync("sites", new { name = "另一工地" + mn[..6], status = "active", lon = 111.5, lat = 36.1 });
        var second = JsonSerializer.Serialize(new { name = "另一台", mn, code = "M-" + Guid.NewGuid().ToString("N"), siteId = site.GetProperty("id").GetString() });
        (await Server.PostAsync("api/monitors", second)).IsProblem(409, "exists");
    }

    [Fact]
    public async Task Inspections_of_one_name_are_told_apart_by_their_time_and_machines_by_their_plate()
    {
        var place = Server.FreshPlace();
        var site = await Server.AddAsync("sites", new { name = "同名" + Guid.NewGuid().ToString("N")[..8], status = "active", lon = place.Lon, lat = place.Lat });
        var path = "sites/" + site.GetProperty("id").GetString();
        object Inspection(string at) => new { name = "日常检查", at, enclosure = "passed" };
        await Server.AddAsync(path + "/inspections", Inspection("2026-03-14T08:00:00+08:00"));
        await Server.AddAsync(path + "/inspections", Inspection("2026-03-15T08:00:00+08:00"));
        (await Server.PostAsync($"api/{path}/inspections", JsonSerializer.Serialize(Inspection("2026-03-15T00:00:00Z")))).IsProblem(409, "exists");

        object Machine(string plate) => new { name = "装载机", kind = "loader", power = "newEnergy", plate };
        await Server.AddAsync(path + "/machines", Machine("晋L-0001"));
        await Server.AddAsync(path + "/machines", Machine("晋L-0002"));
        (await Server.PostAsync($"api/{path}/machines", JsonSerializer.Serialize(Machine("晋L-0002")))).IsProblem(409, "exists");
    }

    [Fact]
    public async Task Of_an_entry_elsewhere_that_has_the_number_nothing_else_is_told()
    {
        var code = "B-" + Guid.NewGuid().ToString("N");
        var there = Server.Places.NextIn("141029");
        await Server.AddAsync("heating/boilers", new { name = "别县锅炉", code, kind = "boiler", fuel = "gas", status = "operating", lon = there.Lon, lat = there.Lat });
        using var officer = await Visitor.AsAsync(Server, Role.CountyOfficer, "141024");
        var here = Server.Places.NextIn("141024");
        var body = JsonSerializer.Serialize(new { name = "本县锅炉", code, kind = "boiler", fuel = "gas", status = "operating", lon = here.Lon, lat = here.Lat });
        var refused = (await officer.PostAsync("api/heating/boilers", body)).IsProblem(409, "exists");
        Assert.DoesNotContain("别县锅炉", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("141029", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_a_place_is_no_place()
    {
        foreach (var body in new[] { """{"name":"半个坐标","kind":"boiler","lon":111.5}""", """{"name":"半个坐标","kind":"boiler","lat":36.1}""" })
        {
            (await Server.PostAsync("api/heating/boilers", body)).IsProblem(400, "invalid");
        }
    }
}
