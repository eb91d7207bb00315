using System.Net.Http.Headers;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Linfen.AirMap.Tests.Support;

/// <summary>Somebody who asks: with a cookie as a browser, with a key as a machine, or unknown.</summary>
public sealed class Visitor : IDisposable
{
    readonly HttpClient client;

    Visitor(Uri server) => client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = server };

    public HttpClient Client => client;

    public string? Cookie { get; private init; }

    public string? CsrfToken { get; private init; }

    public static Visitor Unknown(Uri server) => new(server);

    public static Visitor WithCookie(Uri server, string token)
    {
        var visitor = new Visitor(server) { Cookie = "airmap-session=" + token, CsrfToken = Secret.CsrfOf(token) };
        visitor.client.DefaultRequestHeaders.Add("Cookie", visitor.Cookie);
        visitor.client.DefaultRequestHeaders.Add("X-CSRF-Token", visitor.CsrfToken);
        return visitor;
    }

    public static Visitor WithKey(Uri server, string key)
    {
        var visitor = new Visitor(server);
        visitor.client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return visitor;
    }

    /// <summary>A key such as the installation's own verbs have.</summary>
    internal static async Task<string> KeyForEverythingAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var (db, now, key) = (scope.ServiceProvider.GetRequiredService<AirMapDb>(), scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow(), Secret.NewKey());
        db.Keys.Add(MachineKey.Create(Guid.CreateVersion7(now), Secret.Hash(key), new("local", KeyKind.Local, [], null, null, 0, null), "test", now));
        await db.SaveChangesAsync();
        return key;
    }

    /// <summary>A signed-in account of one role; without counties for the whole city.</summary>
    internal static Task<Visitor> AsAsync(AirMapServer server, Role role, params string[] counties) => AsAsync(server, role, Scope.Of(counties.Length == 0 ? null : counties));

    internal static async Task<Visitor> AsAsync(AirMapServer server, Role role, Scope where)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var (db, now, token) = (scope.ServiceProvider.GetRequiredService<AirMapDb>(), server.Now, Secret.NewToken());
        var account = Account.Create(Guid.CreateVersion7(now), $"{role}-{Guid.NewGuid():N}"[..30], now);
        account.Take(new(null, [role], where.Codes, [], [], null, false));
        db.Accounts.Add(account);
        db.Sessions.Add(Session.OfAccount(Guid.CreateVersion7(now), Secret.Hash(token), account.Id, now, now.AddDays(365), "127.0.0.1", "test"));
        await db.SaveChangesAsync();
        return WithCookie(server.Address, token);
    }

    public async Task<Answer> SendAsync(string method, string path, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative)) { Content = body };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    public Task<Answer> GetAsync(string path) => SendAsync("GET", path);

    public Task<Answer> PostAsync(string path, string json) => SendAsync("POST", path, new StringContent(json, System.Text.Encoding.UTF8, "application/json"));

    public void Dispose() => client.Dispose();
}
