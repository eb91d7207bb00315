namespace Linfen.AirMap.Violations;

/// <summary>A subject that a rule cannot judge because a fact or a parameter is missing (待核实). Never counted as a violation.</summary>
public sealed class Undecidable
{
    public string Rule { get; private set; } = "";

    public string SubjectKind { get; private set; } = "";

    public Guid SubjectId { get; private set; }

    public string SubjectName { get; private set; } = "";

    /// <summary>Null while its place is the missing fact.</summary>
    public string? County { get; private set; }

    /// <summary>Name of the fact or parameter that is missing.</summary>
    public string Missing { get; private set; } = "";

    public DateTimeOffset KnownAt { get; private set; }

    public bool Simulated { get; private set; }

    Undecidable()
    {
    }
}
