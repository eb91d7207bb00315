using Linfen.AirMap.Hosting;
using Microsoft.Net.Http.Headers;

namespace Linfen.AirMap.Photos;

/// <summary>The copies of photos. They never change, since their address is the hash of the photo.</summary>
static class PhotoEndpoints
{
    public static void MapPhotos(this IEndpointRouteBuilder app)
    {
        var photos = app.MapGroup("/api/photos").WithTags("Photos");
        photos.MapGet("/{hash}", (string hash, PhotoStore store, HttpContext context) => Show(store, hash, PhotoSize.View, context))
            .Produces(200, contentType: PhotoFormat.Jpeg).ProducesProblem(404).WithSummary("A photo, at most 2048 pixels long, without anything its camera noted");
        photos.MapGet("/{hash}/thumbnail", (string hash, PhotoStore store, HttpContext context) => Show(store, hash, PhotoSize.Thumbnail, context))
            .Produces(200, contentType: PhotoFormat.Jpeg).ProducesProblem(404).WithSummary("The same, at most 320 pixels long");
    }

    static IResult Show(PhotoStore store, string hash, PhotoSize size, HttpContext context)
    {
        if (store.OpenView(hash, size) is not { } photo)
        {
            return Problems.NotFound("such photo");
        }

        // Kept by the viewer's browser, never by what lies between: photos show people and places.
        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return TypedResults.Stream(photo, PhotoFormat.Jpeg, entityTag: new EntityTagHeaderValue($"\"{hash}\""));
    }
}
