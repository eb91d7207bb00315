using System.Globalization;
using System.Text;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Testing;

namespace Linfen.AirMap.Benchmarks.Load;

/// <summary>The tiles of one zoom that show some of the city.</summary>
sealed record TileRange(int Zoom, int West, int East, int North, int South)
{
    // The bounds of the city in degrees.
    const double WestLon = 110.37, EastLon = 112.58, SouthLat = 35.38, NorthLat = 36.94;

    public static TileRange Of(int zoom) => new(zoom, Column(zoom, WestLon), Column(zoom, EastLon), Row(zoom, NorthLat), Row(zoom, SouthLat));

    public IEnumerable<(int X, int Y)> Tiles =>
        from x in Enumerable.Range(West, East - West + 1)
        from y in Enumerable.Range(North, South - North + 1)
        select (x, y);

    public (int X, int Y) TileOf(LonLat place) => (Column(Zoom, place.Lon), Row(Zoom, place.Lat));

    /// <summary>Prepared requests for all of them, in another order for each client.</summary>
    public NextRequest RequestsFor(AirMapProcess server, string layers, int client)
    {
        var requests = Tiles.Select(tile => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"GET /tiles/{layers}/{Zoom}/{tile.X}/{tile.Y}.mvt HTTP/1.1\r\nHost: {server.Address.Authority}\r\nAuthorization: Bearer {server.Key}\r\n\r\n"))).ToArray();
        var random = new Random(client);
        return () => requests[random.Next(requests.Length)];
    }

    static int Column(int zoom, double lon) => (int)Math.Floor((lon + 180) / 360 * (1 << zoom));

    static int Row(int zoom, double lat) =>
        (int)Math.Floor((1 - Math.Asinh(Math.Tan(double.DegreesToRadians(lat))) / Math.PI) / 2 * (1 << zoom));
}
