using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Linfen.AirMap.Tests.Feeds;

/// <summary>A server of somebody else's, which answers well or badly as it is told.</summary>
sealed class OutsideServer : IAsyncDisposable
{
    readonly WebApplication app;
    long served;

    OutsideServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(async context =>
        {
            Asked.Enqueue(context.Request.Path);
            Queries.Enqueue(context.Request.QueryString.Value ?? "");
            try
            {
                await Answer(context);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // Whoever asked hung up.
            }
        });
    }

    /// <summary>Paths, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>What stood behind the question mark, in order.</summary>
    public ConcurrentQueue<string> Queries { get; } = new();

    public RequestDelegate Answer { get; set; } = context => TextAsync(context, "");

    public string Address => app.Urls.Single();

    /// <summary>Bytes that an endless body has got rid of.</summary>
    public long Served => Interlocked.Read(ref served);

    public static async Task<OutsideServer> StartAsync()
    {
        var server = new OutsideServer();
        await server.app.StartAsync();
        return server;
    }

    public List<string> TakeAsked()
    {
        var taken = new List<string>();
        while (Asked.TryDequeue(out var path))
        {
            taken.Add(path);
        }

        return taken;
    }

    public static Task TextAsync(HttpContext context, string text, string mediaType = "text/csv", int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = mediaType;
        return context.Response.WriteAsync(text);
    }

    /// <summary>How servers misbehave, by name.</summary>
    /// <param name="good">What a good answer would be.</param>
    public RequestDelegate Misbehaving(string how, string good) => how switch
    {
        "500" => context => TextAsync(context, good, status: 500),
        "429" => context => TextAsync(context, "slow down", status: 429),
        "invalid key" => context => TextAsync(context, "Invalid MAP_KEY.", "text/plain", 400),
        "invalid key with 200" => context => TextAsync(context, "Invalid MAP_KEY.", "text/plain"),
        "html" => context => TextAsync(context, "<!DOCTYPE html><html><title>Earthdata login</title></html>", "text/html"),
        "json" => context => TextAsync(context, """{"error":"maintenance"}""", "application/json"),
        "other csv" => context => TextAsync(context, "name,age\nsomebody,7\n"),
        "nothing" => context => TextAsync(context, ""),
        "204" => context => TextAsync(context, "", status: 204),
        "redirect" => context =>
        {
            context.Response.Redirect(Address + "/login");
            return Task.CompletedTask;
        },
        "hangs" => context => Task.Delay(Timeout.Infinite, context.RequestAborted),
        "hangs in the middle" => async context =>
        {
            await TextAsync(context, good);
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        },
        "breaks off" => async context =>
        {
            context.Response.ContentLength = good.Length + 1_000;
            await context.Response.WriteAsync(good);
            await context.Response.Body.FlushAsync();
            context.Abort();
        },
        "cut gzip" => async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            var packed = Packed(good);
            await context.Response.Body.WriteAsync(packed.AsMemory(0, packed.Length - 12));
        },
        "bomb" => async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await context.Response.Body.WriteAsync(Packed(good + new string('\n', 4 << 20)));
        },
        "endless" => context => EndlessAsync(context, good),
        _ => throw new ArgumentOutOfRangeException(nameof(how), how, null),
    };

    async Task EndlessAsync(HttpContext context, string start)
    {
        await context.Response.WriteAsync(start);
        var rows = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("63.30262,168.38342,312.2,1.04,1.02,2026-03-15,0001,N20,VIIRS,n,2.0NRT,290.94,9.94,D\n", 1_000)));
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(rows, context.RequestAborted);
            Interlocked.Add(ref served, rows.Length);
            // Not faster than a line: writing to somebody who has gone costs nothing, and his going is told late where all processors are busy writing.
            await Task.Delay(TimeSpan.FromMilliseconds(4), context.RequestAborted);
        }
    }

    public static byte[] Packed(string text)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await app.StopAsync(patience.Token);
        await app.DisposeAsync();
    }
}
