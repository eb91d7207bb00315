using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Photos;
using Microsoft.AspNetCore.Http.Features;

namespace Linfen.AirMap.Findings;

/// <summary>The body of a call about findings: JSON alone, or a form with the JSON in one part and photos in others.</summary>
sealed record FindingBody(JsonElement Json, IReadOnlyList<string> Photos)
{
    public const long MostBytes = 64L * 1024 * 1024;

    const int MostJsonBytes = 256 * 1024;

    const string PhotoPart = "photo";

    /// <param name="part">Name of the form's part that holds the JSON.</param>
    /// <param name="check">What is wrong with the JSON when so many photos come with it; asked before any photo is stored.</param>
    public static async Task<(FindingBody? Body, IResult? Problem)> ReadAsync(
        HttpContext context, string part, PhotoStore photos, Func<FindingBody, IReadOnlyList<string>> check, CancellationToken cancellation)
    {
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = MostBytes;
        try
        {
            return context.Request.HasFormContentType
                ? await FormAsync(await FormOfAsync(context.Request, cancellation), part, photos, check, cancellation)
                : (new(await JsonAsync(context.Request.Body, context.Request.ContentLength, cancellation), []), null);
        }
        catch (JsonException e)
        {
            return (null, Problems.Of(400, "not-json", $"The finding is no JSON: {e.Message}"));
        }
        catch (BadHttpRequestException e)
        {
            return (null, Problems.Of(e.StatusCode, e.StatusCode == 413 ? "body-too-large" : "body-unreadable", e.StatusCode == 413 ? $"A finding has at most {MostJsonBytes} bytes, with its photos {MostBytes}." : e.Message));
        }
    }

    static readonly FormOptions Limits = new() { MultipartBodyLengthLimit = MostBytes, ValueLengthLimit = MostJsonBytes, ValueCountLimit = 16, BufferBodyLengthLimit = MostBytes };

    static async Task<IFormCollection> FormOfAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            return await request.ReadFormAsync(Limits, cancellation);
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            // It ends too early, or has parts without end.
            throw new BadHttpRequestException($"The form cannot be read: {e.Message}", e);
        }
    }

    static async Task<JsonElement> JsonAsync(Stream body, long? length, CancellationToken cancellation)
    {
        if (length > MostJsonBytes)
        {
            throw new BadHttpRequestException("The JSON is too long.", StatusCodes.Status413PayloadTooLarge);
        }

        // One byte more than may be, so that too much is seen without reading it all.
        var buffer = new byte[MostJsonBytes + 1];
        var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        if (read > MostJsonBytes)
        {
            throw new BadHttpRequestException("The JSON is too long.", StatusCodes.Status413PayloadTooLarge);
        }

        if (read == 0)
        {
            return JsonSerializer.SerializeToElement(new { });
        }

        using var document = JsonDocument.Parse(buffer.AsMemory(0, read), new JsonDocumentOptions { MaxDepth = 16 });
        return document.RootElement.Clone();
    }

    static async Task<(FindingBody? Body, IResult? Problem)> FormAsync(
        IFormCollection form, string part, PhotoStore photos, Func<FindingBody, IReadOnlyList<string>> check, CancellationToken cancellation)
    {
        var pictures = form.Files.GetFiles(PhotoPart);
        if (form.Files.FirstOrDefault(f => f.Name is not PhotoPart && f.Name != part) is { } stranger)
        {
            return (null, Problems.Invalid([$"{stranger.Name}: the form has the parts '{part}' and '{PhotoPart}' only"]));
        }

        if (pictures.Count > FindingReader.MostPhotos)
        {
            return (null, Problems.Invalid([$"photos: are more than {FindingReader.MostPhotos}"]));
        }

        JsonElement json;
        if (form.Files.GetFile(part) is { } file)
        {
            await using var stream = file.OpenReadStream();
            json = await JsonAsync(stream, file.Length, cancellation);
        }
        else
        {
            using var document = JsonDocument.Parse(form[part] is [{ Length: > 0 } text] ? text : "{}", new JsonDocumentOptions { MaxDepth = 16 });
            json = document.RootElement.Clone();
        }

        var faults = check(new(json, [.. pictures.Select((_, i) => i.ToString(CultureInfo.InvariantCulture))]));
        return faults.Count > 0 ? (null, Problems.Invalid(faults)) : await StoreAsync(json, pictures, photos, cancellation);
    }

    /// <summary>One picture that is refused refuses the whole, and none is kept.</summary>
    static async Task<(FindingBody? Body, IResult? Problem)> StoreAsync(JsonElement json, IReadOnlyList<IFormFile> pictures, PhotoStore photos, CancellationToken cancellation)
    {
        var outcomes = await photos.StoreAllAsync(pictures.Count, i => pictures[i].OpenReadStream(), cancellation);
        return outcomes is [.., PhotoOutcome.Refused refused]
            ? (null, Problems.Of(400, "photo-refused", $"Photo {outcomes.Count} is not taken: {refused.Reason}. Nothing of the finding was stored."))
            : (new(json, [.. outcomes.Cast<PhotoOutcome.Stored>().Select(s => s.Hash)]), null);
    }
}
