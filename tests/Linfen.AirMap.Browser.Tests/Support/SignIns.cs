using Linfen.AirMap.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Support;

/// <summary>Signing in beside the pages, for journeys that are not about it.</summary>
static class SignIns
{
    public const string Administrator = "admin";

    /// <summary>Gives the page's browser a session, as if its user had signed in a moment ago.</summary>
    public static async Task SignInAsync(this IPage page, Uri address, string userName = Administrator, string password = AirMapProcess.AdminPassword)
    {
        var answer = await page.APIRequest.PostAsync(new Uri(address, "/api/session").ToString(), new() { DataObject = new { userName, password } });
        Assert.True(answer.Ok, $"sign-in: {answer.Status} {await answer.TextAsync()}");
    }
}
