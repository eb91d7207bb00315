using Linfen.AirMap.Accounts;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Counties;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Pictures;

/// <summary>All that a picture tells.</summary>
/// <param name="Scope">Whose numbers may be told.</param>
/// <param name="At">The moment that it shows.</param>
sealed record PictureContent(PictureQuery.Checked Asked, CityAtlas Map, CityNumbers Numbers, IReadOnlyList<ShownFire> Fires, Scope Scope, DateTimeOffset At)
{
    /// <summary>A county from whose class of numbers on it is filled; the first class is "none". The same as on the wall.</summary>
    public static readonly int[] ClassBounds = [0, 1, 5, 10, 15, 20, 30, 40];

    public County? Focus { get; } = Asked.County is { } code ? Map.ByCode[code] : null;

    /// <summary>Counties whose numbers it tells; the others lie around them.</summary>
    public IReadOnlyList<County> Told { get; } =
        [.. Map.ByCode.Values.Where(c => Scope.Holds(c.Code) && (Asked.County is null || Asked.County == c.Code)).OrderBy(c => c.Code, StringComparer.Ordinal)];

    /// <summary>Degrees that must be seen.</summary>
    public Envelope Bounds
    {
        get
        {
            var bounds = new Envelope();
            foreach (var county in Focus is { } focus ? [focus] : Map.ByCode.Values)
            {
                bounds.ExpandToInclude(county.Boundary.EnvelopeInternal);
            }

            return bounds;
        }
    }

    public bool Tells(string code) => Scope.Holds(code) && (Asked.County is null || Asked.County == code);

    public CountySummary Of(County county) => Numbers.Of(county.Code);

    public int Sum(Func<CountySummary, int> of) => Told.Sum(c => of(Of(c)));

    public bool IsSimulated => Fires.Any(f => f.Simulated) || Told.Any(c => Of(c).Simulated > 0);

    public static int ClassOf(int open) => Array.FindLastIndex(ClassBounds, bound => open >= bound);
}
