namespace Linfen.AirMap.Violations;

/// <summary>What violates was seen again.</summary>
/// <param name="SubjectId">A fire's.</param>
/// <param name="SeenAt">When it was seen last, as is known now.</param>
/// <param name="SeenBefore">The same, as was known before; of what was not known before its first sighting.</param>
/// <param name="ToldBefore">When something of it became known before, or does so now.</param>
sealed record SeenAgain(Guid SubjectId, DateTimeOffset SeenAt, DateTimeOffset SeenBefore, DateTimeOffset ToldBefore);

/// <summary>What violates turned out to be one with something else, which goes on for it.</summary>
sealed record GoesOnIn(Guid Lost, Guid Kept);
