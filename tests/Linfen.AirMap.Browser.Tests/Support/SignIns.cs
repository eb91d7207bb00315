using Linfen.AirMap.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Support;

/// <summary>Signing in beside the pages, for journeys that are not about it.</summary>
static class SignIns
{
    public const string Administrator = "admin";

    /// <summary>Gives the browser a session of the first account, as if its user had signed in a moment ago.</summary>
    public static async Task SignInAsync(this IBrowserContext context, Uri address)
    {
        var answer = await context.APIRequest.PostAsync(new Uri(address, "/api/session").ToString(), new() { DataObject = new { userName = Administrator, password = AirMapProcess.AdminPassword } });
        Assert.True(answer.Ok, $"sign-in: {answer.Status} {await answer.TextAsync()}");
    }
}
