using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Photos;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Findings;

/// <summary>
/// When and where the photos of a finding were taken, as their cameras say: for officials who weigh the evidence. It is read from the originals and
/// stands in no list, event or history, nor in the copies that are shown.
/// </summary>
static class FindingCaptures
{
    public sealed record CaptureList(IReadOnlyList<PhotoCapture> Photos);

    /// <param name="TakenAt">By the camera's clock, without an offset where it notes none; null where it says nothing.</param>
    public sealed record PhotoCapture(string Photo, string? TakenAt, double? Lon, double? Lat);

    public static async Task<IResult> Answer(Guid id, AirMapDb db, PhotoStore photos, HttpContext context, CancellationToken cancellation)
    {
        var own = context.User.Scope().Codes;
        var finding = await db.Subjects.AsNoTracking()
            .SingleOrDefaultAsync(s => s.Id == id && s.Kind == FindingRegister.KindName && (own == null || own.Contains(s.County)), cancellation);
        if (finding is null)
        {
            return Problems.NotFound("such finding");
        }

        var captures = new List<PhotoCapture>();
        foreach (var hash in FindingStep.All.Select(s => s.PhotosField).Prepend("photos").SelectMany(finding.Fields.Texts).Distinct(StringComparer.Ordinal))
        {
            var capture = await photos.CaptureOfAsync(hash, cancellation);
            captures.Add(new(hash, TakenAt(capture), capture?.Place?.Lon, capture?.Place?.Lat));
        }

        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new CaptureList(captures));
    }

    static string? TakenAt(Capture? capture) => capture switch
    {
        { LocalTime: { } time, UtcOffset: { } offset } => new DateTimeOffset(time, offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture),
        { LocalTime: { } time } => time.ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };
}
