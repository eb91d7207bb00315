using System.Net.Sockets;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Linfen.AirMap.Hosting;

/// <summary>Errors as RFC 9457 problems with a stable type; never SQL, never a stack trace.</summary>
static class Problems
{
    /// <param name="further">Members beside those of the standard, such as counts.</param>
    public static ProblemHttpResult Of(int status, string type, string detail, IDictionary<string, object?>? further = null) => TypedResults.Problem(
        detail: detail, statusCode: status, type: "/problems/" + type, title: type.Replace('-', ' '), extensions: further);

    /// <summary>What was sent cannot be taken; each fault names its field.</summary>
    public static ProblemHttpResult Invalid(IReadOnlyList<string> faults) => TypedResults.Problem(
        detail: string.Join("; ", faults), statusCode: 400, type: "/problems/invalid", title: "invalid",
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["faults"] = faults });

    /// <summary>Somebody else was first: both versions, so that nobody's edit is lost.</summary>
    public static ProblemHttpResult Conflict(string type, string detail, object? stored, object? yours) => TypedResults.Problem(
        detail: detail, statusCode: 409, type: "/problems/" + type, title: type.Replace('-', ' '),
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["stored"] = stored, ["yours"] = yours });

    /// <summary>A long task ended early; <paramref name="report"/> tells what was done before.</summary>
    public static ProblemHttpResult Stopped(int status, string type, string detail, object report) => TypedResults.Problem(
        detail: detail, statusCode: status, type: "/problems/" + type, title: type.Replace('-', ' '),
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["report"] = report });

    public static ProblemHttpResult NotFound(string what) => Of(404, "not-found", $"There is no {what}.");

    /// <summary>The database is away or broke the connection; a later try may succeed.</summary>
    public static bool IsDatabaseOutage(Exception? e) => e switch
    {
        null => false,
        PostgresException p => p.IsTransient || p.SqlState.StartsWith("57", StringComparison.Ordinal) || p.SqlState.StartsWith("53", StringComparison.Ordinal)
            || p.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException or SocketException or RetryLimitExceededException => true,
        InvalidOperationException { InnerException: not null } => IsDatabaseOutage(e.InnerException),
        _ => false,
    };

    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = e => e switch
            {
                BadHttpRequestException bad => bad.StatusCode,
                _ when IsDatabaseOutage(e) => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status500InternalServerError,
            },
            ExceptionHandler = context => WriteAsync(context, context.Features.Get<IExceptionHandlerFeature>()?.Error),
        });
        app.UseStatusCodePages(pages => WriteAsync(pages.HttpContext, null));
    }

    static async Task WriteAsync(HttpContext context, Exception? exception)
    {
        // Whoever asks for a page or a tile gets its error as a problem too; by itself the writer would keep to the Accept header.
        context.Request.Headers.Accept = default;
        await context.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(new()
        {
            HttpContext = context,
            Exception = exception,
            ProblemDetails = { Status = context.Response.StatusCode },
        });
    }

    public static void Describe(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        if (problem.Type is null || !problem.Type.StartsWith("/problems/", StringComparison.Ordinal))
        {
            (problem.Type, problem.Detail) = problem.Status switch
            {
                404 => ("/problems/not-found", problem.Detail ?? "There is nothing at this address."),
                405 => ("/problems/method-not-allowed", problem.Detail ?? "This address does not take that method."),
                503 => ("/problems/database-unavailable", "The database does not answer at the moment. Try again shortly."),
                >= 500 => ("/problems/internal", "Something went wrong in the server. The trace id finds it in the log."),
                _ => ("/problems/bad-request", context.Exception?.Message ?? problem.Detail ?? "The request cannot be understood."),
            };
        }
    }
}
