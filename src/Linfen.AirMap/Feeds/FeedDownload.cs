using System.Net;
using System.Text;
using Linfen.AirMap.Intake;

namespace Linfen.AirMap.Feeds;

/// <summary>
/// Gets an answer whole onto the disk before anything of it is read, so that nothing of a broken one is stored and an endless one costs
/// no memory. Addresses hold keys: neither they nor what was answered get into words, logs or traces.
/// </summary>
sealed class FeedDownload : IDisposable
{
    const int MostRefusalBytes = 4 * 1024;

    readonly HttpClient http = new(new SocketsHttpHandler
    {
        // A redirect would take the key to somebody else.
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The body in a file that is gone once it is closed, or why there is none.</summary>
    /// <param name="mostBytes">Of the body as it comes, and of what it unpacks to.</param>
    public async Task<(FileStream? Body, FeedFault? Fault)> GetAsync(Uri address, long mostBytes, TimeSpan patience, CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // By the machine's time, not the city's: nothing that is stored depends on it.
        waiting.CancelAfter(patience);
        FileStream? file = null;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.AcceptEncoding.ParseAdd("gzip");
            request.Headers.Accept.ParseAdd("text/csv, */*;q=0.5");
            request.Headers.UserAgent.ParseAdd("Linfen-AirMap");
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, waiting.Token);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                return (null, await RefusalAsync(answer, waiting.Token));
            }

            file = Spool();
            var fault = await FillAsync(file, answer, mostBytes, waiting.Token) ?? await NatureAsync(file, mostBytes, waiting.Token);
            var body = fault is null ? file : null;
            file = fault is null ? null : file;
            return (body, fault);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, new("timeout", $"No whole answer within {patience.TotalSeconds:0} seconds."));
        }
        catch (HttpRequestException e) when (e.StatusCode is null && e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            return (null, new("unreachable", "The server cannot be reached."));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return (null, new("broken-off", "The answer broke off before its end."));
        }
        finally
        {
            if (file is not null)
            {
                await file.DisposeAsync();
            }
        }
    }

    static FileStream Spool() => new(
        Path.Combine(Path.GetTempPath(), $"airmap-feed-{Path.GetRandomFileName()}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);

    static async Task<FeedFault?> FillAsync(FileStream file, HttpResponseMessage answer, long mostBytes, CancellationToken cancellation)
    {
        if (answer.Content.Headers.ContentLength > mostBytes)
        {
            return TooLarge(mostBytes);
        }

        await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[64 * 1024];
        var total = 0L;
        for (int read; (read = await body.ReadAsync(buffer, cancellation)) > 0;)
        {
            total += read;
            if (total > mostBytes)
            {
                return TooLarge(mostBytes);
            }

            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        return total == 0 ? new("empty-answer", "The answer was empty; even one without fires has a header.") : null;
    }

    static FeedFault TooLarge(long mostBytes) => new("answer-too-large", $"The answer is larger than {mostBytes} bytes.");

    /// <summary>Pages and JSON are told from data by how they begin, packed or not.</summary>
    static async Task<FeedFault?> NatureAsync(FileStream file, long mostBytes, CancellationToken cancellation)
    {
        var start = new byte[256];
        try
        {
            await using var unpacked = UnpackedBody.Over(file, mostBytes);
            var length = await unpacked.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
            var text = Encoding.Latin1.GetString(start, 0, length).TrimStart('ï', '»', '¿', ' ', '\t', '\r', '\n');
            return text.Length == 0 ? new("empty-answer", "The answer was empty; even one without fires has a header.")
                : text[0] == '<' ? new("html-answer", "A web page came instead of data.")
                : text[0] is '{' or '[' ? new("json-answer", "JSON came instead of data.")
                : text.StartsWith("Invalid MAP_KEY", StringComparison.OrdinalIgnoreCase) ? KeyRefused
                : null;
        }
        catch (UnreadableBodyException e)
        {
            return new(e.Type, e.Message);
        }
    }

    static readonly FeedFault KeyRefused = new("key-refused", "The key was refused: it is wrong, or its quota is spent.");

    static async Task<FeedFault> RefusalAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var status = (int)answer.StatusCode;
        return status switch
        {
            429 => new("too-many-requests", "The server asks to be left alone for a while (429).", RetryAfter(answer)),
            >= 500 => new("server-error", $"The server answered {status}.", RetryAfter(answer)),
            401 or 403 => new("refused", $"The server lets us not in ({status})."),
            404 or 410 => new("not-there", $"There is nothing at the address ({status})."),
            >= 300 and < 400 => new("redirected", $"The server sends us elsewhere ({status}), which is not followed."),
            204 => new("empty-answer", "The answer was empty; even one without fires has a header."),
            400 when await SaysAsync(answer, "Invalid MAP_KEY", cancellation) => KeyRefused,
            _ => new("request-refused", $"The server answered {status}."),
        };
    }

    static async Task<bool> SaysAsync(HttpResponseMessage answer, string words, CancellationToken cancellation)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
        var start = new byte[MostRefusalBytes];
        var length = await body.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        return Encoding.Latin1.GetString(start, 0, length).Contains(words, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Only as a number of seconds: a date would be by the other side's clock.</summary>
    static TimeSpan? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter?.Delta;

    public void Dispose() => http.Dispose();
}
