using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Linfen.AirMap.Tests.Support;

/// <summary>What the server answered. No answer of any kind may tell of SQL or of the program's inside.</summary>
public sealed partial record Answer(HttpStatusCode Status, string? MediaType, string Text)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var answer = new Answer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
        if (!response.IsSuccessStatusCode)
        {
            Assert.DoesNotMatch(Inside(), answer.Text);
        }

        return answer;
    }

    /// <summary>The counts of an intake call, whether it went well or not.</summary>
    public Counts Counts() => Support.Counts.Read(Json);

    public Counts Accepted()
    {
        Assert.True(Status == HttpStatusCode.OK, $"{Status}: {Text}");
        return Counts();
    }

    /// <summary>Checks that this is an RFC 9457 problem of that kind.</summary>
    public Answer IsProblem(int status, string type)
    {
        Assert.True((int)Status == status, $"{(int)Status}: {Text}");
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal("/problems/" + type, Json.GetProperty("type").GetString());
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        return this;
    }

    [GeneratedRegex(@"\b(SELECT|INSERT|UPDATE|DELETE FROM)\b|Npgsql|Postgres|SqlState|Exception|StackTrace|System\.|Microsoft\.|\.cs:line|^\s+at \w", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Inside();
}

public sealed record Counts(long Received, long Stored, long Duplicates, long Outside, long Quarantined, long RejectedCount, IReadOnlyList<Rejection> Rejected)
{
    static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static Counts Read(JsonElement json)
    {
        var counts = json.Deserialize<Counts>(Web)!;
        Assert.Equal(counts.Received, counts.Stored + counts.Duplicates + counts.Outside + counts.Quarantined + counts.RejectedCount);
        Assert.True(counts.Rejected.Count == Math.Min(1000, counts.RejectedCount), "every rejection up to the thousandth is listed");
        return counts;
    }

    /// <summary>The counts in the order of the interface, without the list.</summary>
    public (long Stored, long Duplicates, long Outside, long Quarantined, long Rejected) Figures => (Stored, Duplicates, Outside, Quarantined, RejectedCount);
}

public sealed record Rejection(long Line, string Reason);
