using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Linfen.AirMap.Tests.Support;

/// <summary>Registers as a caller uses them.</summary>
public static class RegisterCalls
{
    /// <summary>Adds an entry that must be taken; returns its properties.</summary>
    public static async Task<JsonElement> AddAsync(this AirMapServer server, string register, object entry)
    {
        var answer = await server.PostAsync("api/" + register, JsonSerializer.Serialize(entry));
        Assert.True((int)answer.Status == 201, $"{answer.Status}: {answer.Text}");
        return answer.Json.GetProperty("properties");
    }

    public static Task<Answer> PutAsync(this AirMapServer server, string path, object entry, string? ifMatch) => server.SendAsync(HttpMethod.Put, path, JsonSerializer.Serialize(entry), ifMatch);

    public static Task<Answer> DeleteAsync(this AirMapServer server, string path, string? ifMatch) => server.SendAsync(HttpMethod.Delete, path, null, ifMatch);

    /// <summary>Names the version that stands; null where there is nothing.</summary>
    public static async Task<string?> TagAsync(this AirMapServer server, string path)
    {
        using var answer = await server.Client.GetAsync(new Uri(path, UriKind.Relative));
        return answer.Headers.ETag?.Tag;
    }

    public static async Task<Answer> SendAsync(this AirMapServer server, HttpMethod method, string path, string? body, string? ifMatch)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        if (ifMatch is not null)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue(ifMatch));
        }

        using var response = await server.Client.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Changes some fields of an entry, as a form does: reads it, replaces, writes it back with its tag.</summary>
    public static async Task<JsonElement> ChangeAsync(this AirMapServer server, string register, JsonElement entry, params (string Name, object? Value)[] changes)
    {
        var path = $"api/{register}/{entry.GetProperty("id").GetString()}";
        using var read = await server.Client.GetAsync(new Uri(path, UriKind.Relative));
        var stored = JsonDocument.Parse(await read.Content.ReadAsStringAsync()).RootElement;
        var body = stored.GetProperty("properties").EnumerateObject().Where(p => p.Name != "since").ToDictionary(p => p.Name, p => (object?)p.Value, StringComparer.Ordinal);
        foreach (var (name, value) in changes)
        {
            body[name] = value;
        }

        var answer = await server.PutAsync(path, new { geometry = stored.GetProperty("geometry"), properties = body }, read.Headers.ETag!.Tag);
        Assert.True((int)answer.Status == 200, $"{answer.Status}: {answer.Text}");
        return answer.Json.GetProperty("properties");
    }

    /// <summary>Rules of the open violations of a subject, in order.</summary>
    public static async Task<List<string>> OpenRulesAsync(this AirMapServer server, JsonElement subject) =>
        await server.AskAllAsync($"select rule from airmap.violations where closed_at is null and subject_id = '{subject.GetProperty("id").GetString()}' order by rule");
}
