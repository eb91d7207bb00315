using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Findings;

/// <summary>Findings as phones and desks send them.</summary>
static class FindingCalls
{
    public const string Findings = "api/findings";

    /// <summary>Half an hour before the server's clock.</summary>
    public static readonly DateTimeOffset FoundAt = AirMapServer.Morning.AddMinutes(-30);

    public static Dictionary<string, object?> Finding(string kind, LonLat place, string filedBy = "patrol", DateTimeOffset? at = null) => new(StringComparer.Ordinal)
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["kind"] = kind,
        ["at"] = (at ?? FoundAt).ToString("O", CultureInfo.InvariantCulture),
        ["lon"] = place.Lon,
        ["lat"] = place.Lat,
        ["text"] = "院内堆放约两吨",
        ["filedBy"] = filedBy,
    };

    public static Task<Answer> FileAsync(this AirMapServer server, object finding) => server.PostAsync(Findings, JsonSerializer.Serialize(finding));

    /// <summary>Files what must be taken; returns its properties.</summary>
    public static async Task<JsonElement> FiledAsync(this AirMapServer server, object finding)
    {
        var answer = await server.FileAsync(finding);
        Assert.True((int)answer.Status == 201, $"{answer.Status}: {answer.Text}");
        return answer.Json.GetProperty("properties");
    }

    public static MultipartFormDataContent Form(string part, object json, params byte[][] photos)
    {
        var form = new MultipartFormDataContent { { new StringContent(JsonSerializer.Serialize(json), Encoding.UTF8, "application/json"), part } };
        foreach (var photo in photos)
        {
            var content = new ByteArrayContent(photo);
            content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            form.Add(content, "photo", "photo.jpg");
        }

        return form;
    }

    public static Task<Answer> StepAsync(this AirMapServer server, JsonElement finding, string step, object? said = null, string? ifMatch = null) =>
        server.SendAsync(HttpMethod.Post, $"{Findings}/{finding.GetProperty("id").GetString()}/{step}", JsonSerializer.Serialize(said ?? new { }), ifMatch);

    /// <summary>Takes a step that must be taken.</summary>
    public static async Task<JsonElement> TakenAsync(this AirMapServer server, JsonElement finding, string step, object? said = null)
    {
        var answer = await server.StepAsync(finding, step, said);
        Assert.True((int)answer.Status == 200, $"{answer.Status}: {answer.Text}");
        return answer.Json.GetProperty("properties");
    }

    public static Task<long> StoredAsync(this AirMapServer server, object id) => server.AskAsync<long>($"select count(*) from airmap.subjects where id = '{id}'");
}
