using Linfen.AirMap.Plan;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Rulings;

/// <summary>
/// What comes before the rule book: a subject as violations name it, and how the rules answer about it at any moment of the law, with
/// the facts as they are known now.
/// </summary>
/// <param name="Since">When its present state began, in the world.</param>
/// <param name="ChangedSince">Since when, in the world, the facts that changed with this commit are so; null where only the law or the clock moved.</param>
/// <param name="Decide">One decision per rule that applies.</param>
/// <param name="Turns">Every instant at which an answer may change while the facts stay, past and future.</param>
sealed record Matter(
    string Kind, Guid Id, string Name, string? County, Point? Position, bool Simulated, DateTimeOffset Since, DateTimeOffset? ChangedSince, Guid[] Evidence,
    Func<DateTimeOffset, IReadOnlyList<Decision>> Decide, IEnumerable<DateTimeOffset> Turns);
