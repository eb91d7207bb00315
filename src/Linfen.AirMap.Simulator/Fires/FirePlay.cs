using System.Globalization;
using Linfen.AirMap.Geo;

namespace Linfen.AirMap.Simulator.Fires;

/// <summary>What is played: the same settings give the same play, to the last digit.</summary>
public sealed record PlaySettings(Rate Rate, TimeSpan For, int Seed, DateTimeOffset Start);

/// <summary>
/// Writes the play: at every moment that the rate allows, an eye that is due looks at its fire again, a satellite's file
/// arrives, or a new fire starts. Pure: no clock, no network.
/// </summary>
public sealed class FirePlay
{
    const double NewFireShare = 0.25;
    const double RefutedShare = 0.08;
    const double ConfirmedShare = 0.35;
    const double PutOutShare = 0.55;

    const double DetectionsBetweenOverpasses = 40;

    static readonly TimeSpan OldestDelay = TimeSpan.FromMinutes(200);
    static readonly TimeSpan YoungestDelay = TimeSpan.FromMinutes(90);

    readonly City _city;
    readonly PlaySettings _settings;
    readonly Random _random;
    readonly Onlookers _onlookers;
    readonly PriorityQueue<Watch, TimeSpan> _watches = new();
    readonly PriorityQueue<WordFromTheSpot, TimeSpan> _words = new();
    TimeSpan _nextOverpass;
    int _detections;

    public FirePlay(City city, PlaySettings settings)
    {
        _city = city;
        _settings = settings;
        _random = new Random(settings.Seed);
        _onlookers = new Onlookers(city, _random);
        _nextOverpass = settings.For * 0.2;
    }

    public IEnumerable<Emission> Emissions()
    {
        var now = TimeSpan.Zero;
        while (now < _settings.For)
        {
            while (_words.TryPeek(out _, out var due) && due <= now)
            {
                yield return _words.Dequeue();
            }

            Emission emission = now >= _nextOverpass ? Pass(now) : LookAgain(now) ?? StartFire(now);
            yield return emission;
            now += _settings.Rate.TimeFor(emission.Detections);
        }
    }

    Sighting? LookAgain(TimeSpan now)
    {
        if (_random.NextDouble() < NewFireShare)
        {
            return null;
        }

        while (_watches.TryPeek(out var watch, out var due) && due <= now)
        {
            _watches.Dequeue();
            if (watch.Fire.BurnsAt(now))
            {
                return See(watch, now);
            }
        }

        return null;
    }

    Sighting StartFire(TimeSpan now)
    {
        var fire = new SimulatedFire(_city.AnyPlace(_random), now, Life(), Peak());
        var eyes = _onlookers.Of(fire);
        foreach (var eye in eyes.Skip(1))
        {
            _watches.Enqueue(new Watch(fire, eye), now + TimeSpan.FromSeconds(2 + 20 * _random.NextDouble()));
        }

        PlanWords(fire, now);
        return See(new Watch(fire, eyes[0]), now);
    }

    Sighting See(Watch watch, TimeSpan now)
    {
        if (watch.Eye.Again(_random) is { } pause)
        {
            _watches.Enqueue(watch, now + pause);
        }

        var glimpse = watch.Eye.Look(watch.Fire, now, _random);
        // An estimate that falls beyond the border is pulled back to where the fire really is.
        var place = _city.Contains(glimpse.Position) ? glimpse.Position : watch.Fire.Place;
        var (x, y) = watch.Eye.Crs.FromCgcs2000(place);
        return new Sighting(now, new SentDetection
        {
            SourceKind = watch.Eye.SourceKind,
            DetectionId = NextId(watch.Eye),
            At = Moment(now - TimeSpan.FromMilliseconds(_random.Next(200, 1500))),
            Lon = Math.Round(x, 6),
            Lat = Math.Round(y, 6),
            Crs = watch.Eye.Crs.Name,
            RadiusMetres = Math.Round(glimpse.RadiusMetres, 1),
            Bearing = glimpse.Bearing is { } bearing ? Math.Round(bearing, 1) % 360 : null,
            Confidence = Math.Round(glimpse.Confidence, 2),
            FrpMegawatts = glimpse.FrpMegawatts,
        });
    }

    /// <summary>A pass finds fires that started hours ago; some still burn, and then eyes on the ground see them too.</summary>
    OverpassFile Pass(TimeSpan now)
    {
        _nextOverpass = now + _settings.Rate.TimeFor(1) * (DetectionsBetweenOverpasses * (0.7 + 0.6 * _random.NextDouble()));
        var satellite = Satellite.All[_random.Next(Satellite.All.Count)];
        var acquired = Moment(now - YoungestDelay - (OldestDelay - YoungestDelay) * _random.NextDouble());
        var pixels = new List<Pixel>();
        for (var cluster = _random.Next(1, 4); cluster > 0; cluster--)
        {
            var place = _city.AnyPlace(_random);
            pixels.AddRange(PixelsAround(place, satellite));
            if (_random.Next(2) == 0)
            {
                DiscoverFromTheGround(place, now);
            }
        }

        return new OverpassFile(now, new Overpass(satellite, acquired, pixels));
    }

    IEnumerable<Pixel> PixelsAround(LonLat place, Satellite satellite)
    {
        for (var count = _random.Next(1, 4); count > 0; count--)
        {
            var pixel = Geodesic.Destination(place, 360 * _random.NextDouble(), 700 * satellite.PixelKilometres * _random.NextDouble());
            var inside = _city.Contains(pixel) ? pixel : place;
            var power = Peak();
            yield return new Pixel(
                new LonLat(Math.Round(inside.Lon, 5), Math.Round(inside.Lat, 5)),
                Math.Round(power, 2),
                Math.Round(305 + 2 * power + 10 * _random.NextDouble(), 2),
                _random.Next(15, 100));
        }
    }

    void DiscoverFromTheGround(LonLat place, TimeSpan now)
    {
        var fire = new SimulatedFire(place, now - YoungestDelay, YoungestDelay + Life(), Peak());
        foreach (var eye in _onlookers.Of(fire))
        {
            _watches.Enqueue(new Watch(fire, eye), now + TimeSpan.FromSeconds(5 + 30 * _random.NextDouble()));
        }

        PlanWords(fire, now);
    }

    void PlanWords(SimulatedFire fire, TimeSpan now)
    {
        var halfway = now + (fire.EndsAfter - now) / 2;
        if (_random.NextDouble() < RefutedShare)
        {
            PlanWord(fire, halfway, "refuted", "现场核查：厂区蒸汽，非明火");
            return;
        }

        if (_random.NextDouble() < ConfirmedShare)
        {
            PlanWord(fire, halfway, "confirmed", "现场核实：秸秆焚烧");
        }

        if (_random.NextDouble() < PutOutShare)
        {
            PlanWord(fire, fire.EndsAfter, "out", "现场核实：明火已扑灭");
        }
    }

    void PlanWord(SimulatedFire fire, TimeSpan after, string verdict, string reason) =>
        _words.Enqueue(new WordFromTheSpot(after, fire.Place, verdict, reason, Moment(after)), after);

    /// <summary>Minutes rather than hours: even a short play shows fires that go out.</summary>
    TimeSpan Life()
    {
        var typicalSeconds = Math.Clamp(_settings.For.TotalSeconds / 3, 20, 600);
        return TimeSpan.FromSeconds(typicalSeconds * Math.Pow(4, 2 * _random.NextDouble() - 1));
    }

    /// <summary>Most fires of straw are weak and few are strong, in megawatts.</summary>
    double Peak() => 0.5 * Math.Pow(60, _random.NextDouble() * _random.NextDouble());

    DateTimeOffset Moment(TimeSpan after)
    {
        var at = _settings.Start + after;
        return at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));
    }

    string NextId(Eye eye) => string.Create(
        CultureInfo.InvariantCulture,
        $"{eye.Id}/{_settings.Start.ToUniversalTime():yyyyMMdd'T'HHmmss}-{_settings.Seed:x}-{++_detections}");
}
