using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hosting;
using Microsoft.Net.Http.Headers;

namespace Linfen.AirMap.Photos;

/// <summary>The copies of photos. They never change, since their address is the hash of the photo.</summary>
static class PhotoEndpoints
{
    public static void MapPhotos(this IEndpointRouteBuilder app)
    {
        var photos = app.MapGroup("/api/photos").WithTags("Photos").Needs(Permission.View).AddEndpointFilter(SeesAsync);
        photos.MapGet("/{hash}", (string hash, PhotoStore store, HttpContext context) => Show(store, hash, PhotoSize.View, context))
            .Produces(200, contentType: PhotoFormat.Jpeg).ProducesProblem(404).WithSummary("A photo, at most 2048 pixels long, without anything its camera noted");
        photos.MapGet("/{hash}/thumbnail", (string hash, PhotoStore store, HttpContext context) => Show(store, hash, PhotoSize.Thumbnail, context))
            .Produces(200, contentType: PhotoFormat.Jpeg).ProducesProblem(404).WithSummary("The same, at most 320 pixels long");
    }

    static async ValueTask<object?> SeesAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var (context, hash) = (invocation.HttpContext, invocation.GetArgument<string>(0));
        var db = context.User.Scope().IsCity ? null : context.RequestServices.GetRequiredService<AirMapDb>();
        if (db is not null && !await PhotoSight.SeesAsync(db, context.User.Scope(), hash, context.RequestAborted))
        {
            return Problems.NotFound("such photo");
        }

        return await next(invocation);
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
