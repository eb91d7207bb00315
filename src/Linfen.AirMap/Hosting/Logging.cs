using System.Globalization;
using Serilog;
using Serilog.AspNetCore;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Linfen.AirMap.Hosting;

/// <summary>Readable lines on the console, compact JSON with W3C trace ids in a rolling file.</summary>
static class Logging
{
    public static void Configure(LoggerConfiguration log, string home) => log
        .MinimumLevel.Information()
        .MinimumLevel.Override("Microsoft.AspNetCore", LogEventLevel.Warning)
        // What fails there is thrown, too, and told by whoever asked: an outage would write each request's stack twice.
        .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Fatal)
        .MinimumLevel.Override("Npgsql", LogEventLevel.Warning)
        .Enrich.FromLogContext()
        .WriteTo.Console(outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}", formatProvider: CultureInfo.InvariantCulture)
        .WriteTo.File(
            new CompactJsonFormatter(), Path.Combine(home, "logs", "airmap-.json"), rollingInterval: RollingInterval.Day,
            fileSizeLimitBytes: 64 << 20, rollOnFileSizeLimit: true, retainedFileCountLimit: 30, shared: true);

    /// <summary>Requests that went well are of interest only to one who looks for them.</summary>
    public static void Requests(RequestLoggingOptions options) => options.GetLevel = (context, _, error) =>
        error is not null || context.Response.StatusCode >= 500 ? LogEventLevel.Error
        : context.Response.StatusCode >= 400 ? LogEventLevel.Information
        : LogEventLevel.Debug;
}
