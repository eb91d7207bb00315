using System.Runtime.InteropServices;
using Linfen.AirMap.Fires.Fusion;
using Linfen.AirMap.Geo;

namespace Linfen.AirMap.Fires;

/// <summary>The sightings of one place and day, in bunches by the fire that they belong to: of a fire that burns all day one that meets is enough.</summary>
sealed class FireCell
{
    readonly List<Bunch> bunches = [];

    /// <summary>What rules most sightings out, side by side in memory: on a busy day there are hundreds around each new one.</summary>
    readonly record struct Spot(LonLat Middle, double ReachMetres, long Ticks, Sighting Sighting);

    /// <summary>What here belongs to one fire (null: to none yet), and the box and hours in which all of it lies.</summary>
    sealed class Bunch(Fire? fire)
    {
        readonly List<Spot> spots = new(1);
        double west = double.MaxValue, south = double.MaxValue, east = double.MinValue, north = double.MinValue;
        long first = long.MaxValue, last = long.MinValue;
        double longestReachMetres;
        int vague;

        public Fire? Fire { get; set; } = fire;

        public bool IsEmpty => spots.Count == 0;

        public ReadOnlySpan<Spot> Spots => CollectionsMarshal.AsSpan(spots);

        public void Add(Spot spot)
        {
            spots.Add(spot);
            vague += spot.Sighting.IsVague ? 1 : 0;
            (west, east) = (Math.Min(west, spot.Middle.Lon), Math.Max(east, spot.Middle.Lon));
            (south, north) = (Math.Min(south, spot.Middle.Lat), Math.Max(north, spot.Middle.Lat));
            (first, last) = (Math.Min(first, spot.Ticks), Math.Max(last, spot.Ticks));
            longestReachMetres = Math.Max(longestReachMetres, spot.ReachMetres);
        }

        public Spot Take(Sighting sighting)
        {
            var at = spots.FindLastIndex(s => s.Sighting == sighting);
            var taken = spots[at];
            spots[at] = spots[^1];
            spots.RemoveAt(spots.Count - 1);
            vague -= sighting.IsVague ? 1 : 0;
            return taken;
        }

        public bool MayMeet(Sighting seen, in Nearness nearness)
        {
            var (middle, ticks) = (seen.Footprint.Middle, seen.At.UtcTicks);
            return nearness.MayMeet(new(Math.Clamp(middle.Lon, west, east), Math.Clamp(middle.Lat, south, north)), longestReachMetres, Math.Clamp(ticks, first, last));
        }

        /// <summary>Whether a sighting meets a precise one of these, and a vague one; what is known already is not looked for.</summary>
        public void Meet(Sighting seen, in Nearness nearness, FireOptions options, ref bool precise, ref bool vaguely)
        {
            // The latest first: they are the likeliest to be met.
            for (var i = spots.Count - 1; i >= 0 && !(precise && (vaguely || vague == 0)); i--)
            {
                var spot = spots[i];
                ref var known = ref spot.Sighting.IsVague ? ref vaguely : ref precise;
                known = known || (spot.Sighting != seen && nearness.MayMeet(spot.Middle, spot.ReachMetres, spot.Ticks)
                    && !Sighting.ArePartedByVerdict(seen, spot.Sighting) && Likeness.Of(seen, spot.Sighting, options) is not null);
            }
        }
    }

    public void Add(Sighting sighting) =>
        BunchOf(sighting.Fire).Add(new(sighting.Footprint.Middle, sighting.Footprint.LongestMetres, sighting.At.UtcTicks, sighting));

    /// <summary>A sighting belongs to another fire from now on.</summary>
    public void Move(Sighting sighting, Fire? from, Fire to)
    {
        var left = BunchOf(from);
        var spot = left.Take(sighting);
        if (left.IsEmpty)
        {
            bunches.Remove(left);
        }

        BunchOf(to).Add(spot);
    }

    /// <summary>So does everything of a fire.</summary>
    public void MoveAll(Fire from, Fire to)
    {
        if (bunches.Find(b => b.Fire == from) is not { } moving)
        {
            return;
        }

        if (bunches.Find(b => b.Fire == to) is not { } others)
        {
            moving.Fire = to;
            return;
        }

        foreach (ref readonly var spot in moving.Spots)
        {
            others.Add(spot);
        }

        bunches.Remove(moving);
    }

    /// <summary>Adds all that are near enough for a closer look.</summary>
    public void AddTo(List<Sighting> around, Sighting seen, in Nearness nearness)
    {
        foreach (var bunch in bunches)
        {
            if (bunch.MayMeet(seen, nearness))
            {
                foreach (ref readonly var spot in bunch.Spots)
                {
                    if (nearness.MayMeet(spot.Middle, spot.ReachMetres, spot.Ticks) && spot.Sighting != seen)
                    {
                        around.Add(spot.Sighting);
                    }
                }
            }
        }
    }

    /// <summary>Adds the fires that a sighting meets here, and how.</summary>
    public void AddTo(ref Meeting met, Sighting seen, in Nearness nearness, FireOptions options)
    {
        foreach (var bunch in bunches)
        {
            if (!bunch.MayMeet(seen, nearness))
            {
                continue;
            }

            // Of a fire that was met elsewhere only what was not found yet is of interest.
            var isKnown = bunch.Fire is { } known && met.Fires.Contains(known);
            var (precise, vague) = isKnown ? (met.Precise, met.Vague) : (false, false);
            bunch.Meet(seen, nearness, options, ref precise, ref vague);
            if (!precise && !vague)
            {
                continue;
            }

            if (bunch.Fire is not { } fire)
            {
                met = met with { Unsettled = true };
                return;
            }

            if (!isKnown)
            {
                met.Fires.Add(fire);
            }

            met = met with { Precise = met.Precise || precise, Vague = met.Vague || vague };
        }
    }

    Bunch BunchOf(Fire? fire)
    {
        foreach (var bunch in bunches)
        {
            if (bunch.Fire == fire)
            {
                return bunch;
            }
        }

        var made = new Bunch(fire);
        bunches.Add(made);
        return made;
    }
}
