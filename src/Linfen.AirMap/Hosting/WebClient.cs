using Linfen.AirMap.Accounts;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Linfen.AirMap.Hosting;

/// <summary>Serves the built client: hashed assets for ever, pages always fresh, precompressed where the build made it so.</summary>
static class WebClient
{
    const string Policy =
        "default-src 'none'; script-src 'self'; worker-src 'self' blob:; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; "
        + "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // At the last moment: the answer to an exception begins with empty headers.
        context.Response.OnStarting(static state =>
        {
            var headers = ((HttpContext)state).Response.Headers;
            headers.ContentSecurityPolicy = ReferencePage.PolicyOf((HttpContext)state) ?? Policy;
            headers.XContentTypeOptions = "nosniff";
            if (((HttpContext)state).Request.IsHttps)
            {
                headers.StrictTransportSecurity = "max-age=31536000";
            }

            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            return Task.CompletedTask;
        }, context);
        return next(context);
    });

    public static void UseWebClient(this WebApplication app, Settings settings)
    {
        if (!Directory.Exists(settings.Web))
        {
            app.MapGet("/", () => Results.Text("The web client is not built. Run ./airmap up.\n网页尚未构建，请运行 ./airmap up。\n", "text/plain; charset=utf-8")).Open("Says that the client is not built.");
            return;
        }

        var files = new PhysicalFileProvider(settings.Web);
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.Use((context, next) => PreferPacked(context, files, next));
        var build = new ClientBuild(Path.Combine(settings.Web, "index.html"));
        app.Use((context, next) => NameBuild(context, build, next));
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files, ContentTypeProvider = WithPacked(), OnPrepareResponse = Finish });
    }

    static Task NameBuild(HttpContext context, ClientBuild build, RequestDelegate next)
    {
        if (context.Request.Path == "/api/events" && build.Name is { } name)
        {
            context.Response.Headers[ClientBuild.Header] = name;
        }

        return next(context);
    }

    /// <summary>A file of unknown type is not served; .br is none of the known ones.</summary>
    static FileExtensionContentTypeProvider WithPacked() => new() { Mappings = { [".br"] = "application/octet-stream" } };

    static Task PreferPacked(HttpContext context, PhysicalFileProvider files, RequestDelegate next)
    {
        var path = context.Request.Path.Value ?? "";
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            var accepted = context.Request.Headers.AcceptEncoding.ToString();
            foreach (var (encoding, ending) in new[] { ("br", ".br"), ("gzip", ".gz") })
            {
                if (accepted.Contains(encoding, StringComparison.OrdinalIgnoreCase) && Path.HasExtension(path) && files.GetFileInfo(path + ending).Exists)
                {
                    context.Items[typeof(WebClient)] = (encoding, path);
                    context.Request.Path = path + ending;
                    break;
                }
            }
        }

        return next(context);
    }

    static void Finish(StaticFileResponseContext served)
    {
        var headers = served.Context.Response.Headers;
        var path = served.Context.Request.Path.Value ?? "";
        headers.Vary = HeaderNames.AcceptEncoding;
        if (served.Context.Items[typeof(WebClient)] is (string encoding, string original))
        {
            headers.ContentEncoding = encoding;
            headers.ContentType = ContentType(original);
            path = original;
        }

        headers.CacheControl = path.Contains("/assets/", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
    }

    static string ContentType(string path) =>
        new FileExtensionContentTypeProvider().TryGetContentType(path, out var type)
            ? type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type
            : "application/octet-stream";
}
