using System.Globalization;
using System.Net;
using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Accounts;

/// <summary>An account or key that cannot be meant is refused by the name of the field that is wrong.</summary>
public sealed class AccountFaultTests(OwnServer own) : IClassFixture<OwnServer>
{
    AirMapServer Server => own.Server;

    static string[] Faults(Answer answer) => [.. answer.IsProblem(400, "invalid").Json.GetProperty("faults").EnumerateArray().Select(f => f.GetString()!)];

    static string Fresh() => "fault-" + Guid.NewGuid().ToString("N")[..8];

    [Theory]
    [InlineData("x y", "null", "userName: ")]
    [InlineData("x\u3000y", "null", "userName: ")]
    [InlineData("fresh", "[\"999999\"]", "counties: '999999'")]
    [InlineData("fresh", "[\"141002\",\"999999\"]", "counties: '999999'")]
    [InlineData("fresh", "[null]", "counties: ")]
    public async Task An_account_is_refused_for_one_fault(string name, string counties, string fault)
    {
        var answer = await Server.PostAsync("api/accounts", $$"""{"userName":"{{(name == "fresh" ? Fresh() : name)}}","roles":["viewer"],"counties":{{counties}}}""");

        Assert.StartsWith(fault, Assert.Single(Faults(answer)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_is_not_moved_to_a_county_that_is_none()
    {
        var made = await Server.PostAsync("api/accounts", $$"""{"userName":"{{Fresh()}}","roles":["viewer"],"counties":["141002"]}""");
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var account = made.Json.GetProperty("account");

        var answer = await Server.SendAsync(
            HttpMethod.Put, $"api/accounts/{account.GetProperty("id").GetString()}", """{"roles":["viewer"],"counties":["999999"]}""",
            $"\"{account.GetProperty("version").GetInt32().ToString(CultureInfo.InvariantCulture)}\"");

        Assert.StartsWith("counties: '999999'", Assert.Single(Faults(answer)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("counties", "[\"999999\"]", "counties: '999999'")]
    [InlineData("ratePerMinute", "-1", "ratePerMinute: ")]
    [InlineData("expiresAt", "\"2020-01-01T00:00:00Z\"", "expiresAt: ")]
    public async Task A_key_is_refused_for_one_fault(string field, string value, string fault)
    {
        var answer = await Server.PostAsync("api/keys", $$"""{"name":"key","kind":"feed","{{field}}":{{value}}}""");

        Assert.StartsWith(fault, Assert.Single(Faults(answer)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1234567890")]
    [InlineData("0987654321")]
    [InlineData("abcdefghijkl")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("Password2026!")]
    [InlineData("qwertyuiop")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("Liu.Wei2026")]
    [InlineData("汾河畔的早晨很安静啊", false)]
    [InlineData("correct horse battery", false)]
    public async Task A_password_that_is_tried_first_is_refused(string password, bool refused = true)
    {
        var name = "liu.wei" + Random.Shared.Next(1_000_000).ToString(CultureInfo.InvariantCulture);
        var answer = await Server.PostAsync("api/accounts", JsonSerializer.Serialize(new { userName = name, roles = new[] { "viewer" }, password }));

        if (refused)
        {
            answer.IsProblem(400, "password-weak");
        }
        else
        {
            Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        }

        Assert.Equal(refused, GuessablePasswords.ReasonAgainst(password, name) is not null);
    }
}
