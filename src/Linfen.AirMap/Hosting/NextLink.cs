namespace Linfen.AirMap.Hosting;

/// <summary>The address of the page that follows: the same query with a cursor.</summary>
static class NextLink
{
    public static string After(HttpRequest request, ListQuery.Position last)
    {
        var query = request.Query.Where(q => q.Key != "cursor").SelectMany(q => q.Value, (q, value) => KeyValuePair.Create(q.Key, value));
        return request.Path + QueryString.Create(query).Add("cursor", last.ToString());
    }
}
