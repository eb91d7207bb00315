using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Linfen.AirMap.Tests.Support;

/// <summary>A small OpenID Connect issuer: it lets in whoever stands at its door, and checks what a client has to prove.</summary>
public sealed class Issuer : IAsyncDisposable
{
    public const string ClientId = "airmap";
    public const string ClientSecret = "secret of the client 5521";

    readonly WebApplication app;
    readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = "one" };
    readonly ConcurrentDictionary<string, (string Nonce, string Challenge, string Redirect)> codes = new(StringComparer.Ordinal);

    Issuer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => TypedResults.Json(new
        {
            issuer = Address, authorization_endpoint = Address + "/authorize", token_endpoint = Address + "/token", jwks_uri = Address + "/keys",
            response_types_supported = new[] { "code" }, subject_types_supported = new[] { "public" }, id_token_signing_alg_values_supported = new[] { "RS256" },
        }));
        app.MapGet("/keys", () =>
        {
            var open = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(key.Rsa.ExportParameters(false)) { KeyId = key.KeyId });
            return TypedResults.Json(new { keys = new[] { new { kty = open.Kty, use = "sig", alg = "RS256", kid = open.Kid, n = open.N, e = open.E } } });
        });
        app.MapGet("/authorize", Authorize);
        app.MapPost("/token", TokenAsync);
    }

    public string Address => app.Urls.Single();

    /// <summary>Who stands at the door.</summary>
    public string Visitor { get; set; } = "";

    public static async Task<Issuer> StartAsync()
    {
        var issuer = new Issuer();
        await issuer.app.StartAsync();
        return issuer;
    }

    IResult Authorize(HttpRequest request)
    {
        var asked = request.Query;
        if (asked["client_id"] != ClientId || asked["response_type"] != "code" || asked["code_challenge_method"] != "S256" || !asked["scope"].ToString().Contains("openid", StringComparison.Ordinal))
        {
            return TypedResults.BadRequest();
        }

        var code = Guid.NewGuid().ToString("N");
        codes[code] = (asked["nonce"]!, asked["code_challenge"]!, asked["redirect_uri"]!);
        return TypedResults.Redirect(QueryHelpers.AddQueryString(asked["redirect_uri"]!, new Dictionary<string, string?>(StringComparer.Ordinal) { ["code"] = code, ["state"] = asked["state"] }));
    }

    async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (!codes.TryRemove(form["code"]!, out var given) || !IsClient(request, form) || form["redirect_uri"] != given.Redirect
            || WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]!))) != given.Challenge)
        {
            return TypedResults.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address, Audience = ClientId, Expires = DateTime.UtcNow.AddMinutes(5), SigningCredentials = new(key, SecurityAlgorithms.RsaSha256),
            Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = "0001", ["preferred_username"] = Visitor, ["nonce"] = given.Nonce },
        });
        return TypedResults.Json(new { access_token = Guid.NewGuid().ToString("N"), token_type = "Bearer", expires_in = 300, id_token = token });
    }

    static bool IsClient(HttpRequest request, IFormCollection form) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var basic)
            ? Encoding.UTF8.GetString(Convert.FromBase64String(basic.Parameter!)) == string.Create(CultureInfo.InvariantCulture, $"{ClientId}:{Uri.EscapeDataString(ClientSecret)}")
            : form["client_id"] == ClientId && form["client_secret"] == ClientSecret;

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Rsa.Dispose();
    }
}
