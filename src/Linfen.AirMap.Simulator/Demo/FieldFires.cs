using System.Globalization;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Simulator.Fires;

namespace Linfen.AirMap.Simulator.Demo;

/// <summary>A fire of the last hours: who saw it, and what was said about it on the spot.</summary>
public sealed record FieldFire(IReadOnlyList<SentDetection> Detections, WordFromTheSpot? Word);

/// <summary>15 fires in the fields, far enough from each other to be told apart; some confirmed, some out, one a false alarm.</summary>
sealed class FieldFires(Ground ground, DemoSettings settings)
{
    const int Count = 15;

    /// <summary>Beyond the distance at which the server joins sightings.</summary>
    const double ApartMetres = 5_000;

    readonly Dice _dice = new(settings.Seed, "fires");
    readonly List<LonLat> _places = [];

    public List<FieldFire> All()
    {
        var verdicts = _dice.Deal<(string Verdict, string Reason)?>(
            (4, ("confirmed", "现场核实：秸秆焚烧")), (3, ("out", "现场核实：明火已扑灭")), (1, ("refuted", "现场核查：厂区蒸汽，非明火")), (Count - 8, null));
        return [.. verdicts.Select((word, i) => Fire(i + 1, word))];
    }

    FieldFire Fire(int number, (string Verdict, string Reason)? word)
    {
        var place = Field();
        var minutesAgo = _dice.Between(8, word is null ? 300 : 420);
        var detections = new List<SentDetection>();
        for (var left = _dice.Whole(1, 3); left > 0; left--)
        {
            minutesAgo *= 0.8;
            var kind = _dice.Pick(["video", "video", "drone", "phone", "vehicle"]);
            var seen = Geodesic.Destination(place, _dice.Between(0, 360), _dice.Between(0, 150));
            detections.Add(new SentDetection
            {
                SourceKind = kind,
                DetectionId = string.Create(CultureInfo.InvariantCulture, $"demo-{settings.Seed}-{number:D2}-{detections.Count + 1}"),
                At = settings.DaysAgo(minutesAgo / 1_440),
                Lon = Math.Round(seen.Lon, 6),
                Lat = Math.Round(seen.Lat, 6),
                Crs = "CGCS2000",
                RadiusMetres = kind == "phone" ? 30 : 120,
                Confidence = Math.Round(_dice.Between(0.6, 0.97), 2),
                FrpMegawatts = Math.Round(_dice.Between(0.6, 9), 1),
            });
        }

        return new(detections, word is { } said ? new(TimeSpan.Zero, place, said.Verdict, said.Reason, settings.DaysAgo(minutesAgo / 1_440 / 2)) : null);
    }

    /// <summary>Round a township, not in a town.</summary>
    LonLat Field()
    {
        while (true)
        {
            var county = ground.AnyCounty(_dice);
            var place = ground.Near(_dice.Pick(county.Townships).Centre, 6_000, county, _dice);
            if (_places.TrueForAll(other => Geodesic.DistanceMetres(other, place) > ApartMetres) && Geodesic.DistanceMetres(county.Seat, place) > 2_500)
            {
                _places.Add(place);
                return place;
            }
        }
    }
}
