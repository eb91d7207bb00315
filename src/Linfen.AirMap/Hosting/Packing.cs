using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Linfen.AirMap.Hosting;

/// <summary>
/// Packs JSON on its way out. Left as they are: the hub, whose messages are small and must not wait for a packer's buffer; tiles and files,
/// which are packed already; what is under a strong tag, which names these very bytes (RFC 9110, 8.8.1) and comes back in If-Match; and
/// what nobody may keep, since a secret beside a sender's own words shows in the packed length.
/// </summary>
sealed class Packing(IServiceProvider services, IOptions<ResponseCompressionOptions> options) : ResponseCompressionProvider(services, options)
{
    /// <summary>A packet's worth: packing what is shorter saves nothing.</summary>
    const long LeastBytes = 1_400;

    public static void Add(IServiceCollection services)
    {
        services.AddResponseCompression(packing =>
        {
            packing.EnableForHttps = true;
            packing.MimeTypes = ["application/json", "application/geo+json", "application/problem+json"];
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
        services.AddSingleton<IResponseCompressionProvider, Packing>();
    }

    public override bool ShouldCompressResponse(HttpContext context)
    {
        var headers = context.Response.Headers;
        return !context.Request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal)
            && !(headers.ContentLength < LeastBytes)
            && headers.ContentEncoding.Count == 0
            && !headers.CacheControl.ToString().Contains("no-store", StringComparison.Ordinal)
            && !(EntityTagHeaderValue.TryParse(headers.ETag.ToString(), out var tag) && !tag.IsWeak)
            && base.ShouldCompressResponse(context);
    }
}
