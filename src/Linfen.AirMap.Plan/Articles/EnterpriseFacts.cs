namespace Linfen.AirMap.Plan.Articles;

/// <summary>What is known of an enterprise that may be a scattered polluter (散乱污); null is "not known".</summary>
public sealed record EnterpriseFacts
{
    public required Place Place { get; init; }

    public bool? Scattered { get; init; }

    public bool? Disposed { get; init; }

    /// <summary>死灰复燃 is reported when it is seen: without a report it did not come back.</summary>
    public bool? CameBack { get; init; }
}
