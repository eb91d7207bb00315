using System.Globalization;

namespace Linfen.AirMap.Simulator.Fires;

/// <summary>Everybody who may see a fire: the cameras on their towers, and those who happen to be near.</summary>
sealed class Onlookers
{
    const int PostsPerCounty = 4;
    const int CamerasOnOneFire = 2;
    const int Drones = 12;
    const int Vehicles = 6;

    readonly List<CameraPost> _posts;
    readonly Random _random;
    int _phones;

    public Onlookers(City city, Random random)
    {
        _posts = [.. city.Counties.SelectMany(PostsOf)];
        _random = random;
    }

    /// <summary>Who sees the fire, the first to see it first; never nobody.</summary>
    public IReadOnlyList<Eye> Of(SimulatedFire fire)
    {
        List<Eye> eyes = [.. _posts.Where(post => post.Reaches(fire.Place)).Take(CamerasOnOneFire)];
        if (_random.NextDouble() < 0.35)
        {
            eyes.Insert(_random.Next(eyes.Count + 1), NewPhone());
        }

        if (_random.NextDouble() < 0.15)
        {
            eyes.Add(new Drone(Number("drone", _random.Next(Drones))));
        }

        if (eyes.Count == 0 || _random.NextDouble() < 0.1)
        {
            eyes.Add(_random.NextDouble() < 0.5 ? NewPhone() : new Vehicle(Number("vehicle", _random.Next(Vehicles))));
        }

        return eyes;
    }

    /// <summary>Towers stand where they stand, whatever the seed of the play.</summary>
    static IEnumerable<CameraPost> PostsOf(CountyLand county)
    {
        var places = new Random(int.Parse(county.Code, CultureInfo.InvariantCulture));
        for (var post = 1; post <= PostsPerCounty; post++)
        {
            yield return new CameraPost($"camera-{county.Code}-{post:D2}", county.AnyPlace(places));
        }
    }

    Phone NewPhone() => new(Number("phone", _phones++));

    static string Number(string kind, int index) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{index + 1:D3}");
}
