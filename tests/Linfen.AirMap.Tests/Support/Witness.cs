using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;
using Xunit;

namespace Linfen.AirMap.Tests.Support;

/// <summary>
/// Stands at the door of every server of the tests and holds it, when it stops, to two promises: whatever changed something has its line in
/// the audit, and no line of the log tells a password, key or cookie.
/// </summary>
sealed class Witness : IStartupFilter, ILoggerProvider
{
    /// <summary>Shorter words may stand in a log by chance.</summary>
    const int ShortestSecret = 10;

    /// <summary>These answer questions with the method of a change; a file may change nothing, and what it changed is held to the audit by <c>AuditTests</c>.</summary>
    static readonly string[] Questions = ["/validate", "/impact", "/negotiate", "/live", "/import", "/try"];

    static readonly string[] SecretFields = ["password", "current", "next", "secret"];

    readonly ConcurrentQueue<(string What, string TraceId, string Made)> changes = [];
    readonly ConcurrentDictionary<string, string> secrets = new(StringComparer.Ordinal);
    readonly ConcurrentQueue<string> lines = [];
    readonly ConcurrentQueue<string> errors = [];
    int deliveries;

    public string Log => string.Join('\n', lines);

    /// <summary>What was logged as an error since this was last asked.</summary>
    public List<string> TakeErrors()
    {
        var taken = new List<string>();
        while (errors.TryDequeue(out var error))
        {
            taken.Add(error);
        }

        return taken;
    }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(WatchAsync);
        next(app);
    };

    async Task WatchAsync(HttpContext context, RequestDelegate next)
    {
        // As the audit names it.
        var traceId = System.Diagnostics.Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
        await RememberSecretsAsync(context.Request);
        await next(context);
        var (request, path) = (context.Request, context.Request.Path.Value!);
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || context.Response.StatusCode is < 200 or >= 300 || Questions.Any(path.EndsWith))
        {
            return;
        }

        if (path.StartsWith("/api/intake/", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref deliveries);
        }
        else if (request.Query["dryRun"] != "true" && context.Response.StatusCode != StatusCodes.Status202Accepted)
        {
            changes.Enqueue(($"{request.Method} {path} {context.Response.StatusCode}", traceId, IdOf(context)));
        }
    }

    /// <summary>Of what was made or changed; empty when neither answer nor address name it.</summary>
    static string IdOf(HttpContext context) =>
        context.Response.Headers.Location.ToString() is { Length: > 0 } location ? location.Split('/')[^1]
        : context.Request.Path.Value!.Split('/').FirstOrDefault(part => Guid.TryParse(part, out _)) ?? "";

    async Task RememberSecretsAsync(HttpRequest request)
    {
        Remember("key", request.Headers.Authorization.ToString().Split(' ')[^1]);
        Remember("cookie", request.Cookies["airmap-session"]);
        if (!request.Path.StartsWithSegments("/api/session", StringComparison.Ordinal) && !request.Path.StartsWithSegments("/api/account", StringComparison.Ordinal)
            && !request.Path.StartsWithSegments("/api/accounts", StringComparison.Ordinal) && !request.Path.StartsWithSegments("/api/kiosks", StringComparison.Ordinal))
        {
            return;
        }

        request.EnableBuffering();
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body);
            if (body.RootElement.ValueKind == JsonValueKind.Object)
            {
                foreach (var field in body.RootElement.EnumerateObject().Where(f => SecretFields.Contains(f.Name) && f.Value.ValueKind == JsonValueKind.String))
                {
                    Remember(field.Name, field.Value.GetString());
                }
            }
        }
        catch (JsonException)
        {
            // Not for us to judge.
        }

        request.Body.Position = 0;
    }

    void Remember(string what, string? secret)
    {
        if (secret?.Length >= ShortestSecret)
        {
            secrets[secret] = what;
        }
    }

    /// <summary>Fails when a promise was broken. To be called when the server has stopped.</summary>
    public async Task TestifyAsync(NpgsqlDataSource superuser)
    {
        var log = Log;
        Assert.Empty(secrets.Where(s => log.Contains(s.Key, StringComparison.Ordinal)).Select(s => $"A {s.Value} stands in the log."));

        await using var known = superuser.CreateCommand("SELECT trace_id FROM airmap.audit WHERE trace_id = ANY($1) UNION SELECT target_id FROM airmap.audit WHERE target_id = ANY($2)");
        known.Parameters.AddWithValue(changes.Select(c => c.TraceId).ToArray());
        known.Parameters.AddWithValue(changes.Select(c => c.Made).ToArray());
        var audited = new HashSet<string>(StringComparer.Ordinal);
        await using (var reader = await known.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                audited.Add(reader.GetString(0));
            }
        }

        // What is sent again is answered as before and changes nothing; its line is that of the first time.
        Assert.Empty(changes.Where(c => !audited.Contains(c.TraceId) && !audited.Contains(c.Made)).Select(c => $"{c.What} left no line in the audit."));

        // Deliveries are summed up by caller and minute.
        await using var delivered = superuser.CreateCommand("SELECT coalesce(sum((after ->> 'requests')::bigint), 0)::bigint FROM airmap.audit WHERE action = 'intake.delivered'");
        var counted = (long)(await delivered.ExecuteScalarAsync())!;
        Assert.True(counted >= deliveries, string.Create(CultureInfo.InvariantCulture, $"{deliveries} deliveries, of which the audit tells {counted}."));
    }

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
    }

    /// <summary>Keeps what the server's own log keeps.</summary>
    sealed class Category(Witness witness, string name) : ILogger
    {
        readonly LogLevel least = name.StartsWith("Microsoft.", StringComparison.Ordinal) || name.StartsWith("Npgsql", StringComparison.Ordinal) ? LogLevel.Warning : LogLevel.Information;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            var line = $"{formatter(state, exception)} {exception}";
            witness.lines.Enqueue(line);
            if (logLevel >= LogLevel.Error)
            {
                witness.errors.Enqueue(line);
            }
        }
    }
}
