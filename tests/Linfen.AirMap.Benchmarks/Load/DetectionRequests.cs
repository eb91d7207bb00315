using System.Globalization;
using System.Text;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Simulator;
using Linfen.AirMap.Testing;

namespace Linfen.AirMap.Benchmarks.Load;

/// <summary>
/// Ready-made requests that report one detection each: the bytes are prepared, and only the id and the place are written over
/// for the next request. Fires burn three kilometres apart, as many as the city holds, and are reported again and again: places drawn
/// at random would run together into one blaze after some thousand.
/// </summary>
sealed class DetectionRequests
{
    const int IdDigits = 12;
    const int PlaceLength = 33; // "lon":111.123456,"lat":36.123456,
    const int Places = 4_096;
    const double EastDegrees = 0.0333;
    const double NorthDegrees = 0.0271;

    /// <summary>Of the way to the next fire: some 300 m, so that two reports of one fire meet.</summary>
    const double Around = 0.1;

    readonly byte[] _request;
    readonly byte[][] _places;
    readonly int _idAt;
    readonly int _placeAt;
    long _next;

    public DetectionRequests(AirMapProcess server, City city, int client, long firstId)
    {
        var random = new Random(client);
        _places = [.. Enumerable.Range(0, Places).Select(_ => Encoding.ASCII.GetBytes(Place(AtAFire(city, random))))];
        var body = $$"""[{"sourceKind":"video","detectionId":"{{new string('0', IdDigits)}}","at":"{{DateTimeOffset.UtcNow:O}}",{{Place(AtAFire(city, random))}}"radiusMetres":50,"bearing":120.5,"confidence":0.9}]""";
        var head = string.Create(CultureInfo.InvariantCulture,
            $"POST /api/intake/detections HTTP/1.1\r\nHost: {server.Address.Authority}\r\nAuthorization: Bearer {server.Key}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        _request = Encoding.ASCII.GetBytes(head + body);
        _idAt = head.Length + body.IndexOf(new string('0', IdDigits), StringComparison.Ordinal);
        _placeAt = head.Length + body.IndexOf("\"lon\"", StringComparison.Ordinal);
        _next = firstId;
    }

    public ReadOnlySpan<byte> Next()
    {
        var id = _next++;
        _next.TryFormat(_request.AsSpan(_idAt, IdDigits), out _, "D12", CultureInfo.InvariantCulture);
        _places[id % Places].CopyTo(_request.AsSpan(_placeAt));
        return _request;
    }

    static LonLat AtAFire(City city, Random random)
    {
        while (true)
        {
            var near = city.AnyPlace(random);
            var place = new LonLat(Near(near.Lon / EastDegrees) * EastDegrees, Near(near.Lat / NorthDegrees) * NorthDegrees);
            if (city.Contains(place))
            {
                return place;
            }
        }

        double Near(double fires) => Math.Round(fires) + (random.NextDouble() - 0.5) * 2 * Around;
    }

    static string Place(LonLat place) =>
        string.Create(CultureInfo.InvariantCulture, $"\"lon\":{place.Lon:000.000000},\"lat\":{place.Lat:00.000000},") is { Length: PlaceLength } text
            ? text
            : throw new InvalidOperationException($"{place} does not fill its place in the request.");
}
