using Linfen.AirMap.Plan;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Violations;

/// <summary>
/// A violation of an article (违规). The opening decision (facts, parameters, evidence, units) is written once and never edited:
/// it may be evidence. What moves is its state: severity, place, closing, and beside the opening decision the one that stands now.
/// </summary>
public sealed class Violation
{
    public Guid Id { get; private set; }

    public string Rule { get; private set; } = "";

    public int Article { get; private set; }

    public Severity Severity { get; private set; }

    public string SubjectKind { get; private set; } = "";

    public Guid SubjectId { get; private set; }

    public string SubjectName { get; private set; } = "";

    public string County { get; private set; } = "";

    /// <summary>JSON object: the zone version by which it is one; null where none is.</summary>
    public string? Zone { get; private set; }

    public Point Position { get; private set; } = Point.Empty;

    /// <summary>In the world: when that which opened it happened.</summary>
    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>When the city knew (commit). The due clock runs from here.</summary>
    public DateTimeOffset KnownAt { get; private set; }

    public DateTimeOffset DueAt { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public DateTimeOffset? ClosedKnownAt { get; private set; }

    public string? ClosedReason { get; private set; }

    /// <summary>JSON object: the facts of the opening decision.</summary>
    public string Facts { get; private set; } = "{}";

    /// <summary>JSON array: the dated parameters that the opening decision used.</summary>
    public string Parameters { get; private set; } = "[]";

    /// <summary>JSON object {facts, parameters, zone}: of the decision that stands now; null while it says what the opening one said.</summary>
    public string? Standing { get; private set; }

    /// <summary>Ids of the detections or other rows that the opening decision stands on.</summary>
    public Guid[] Evidence { get; private set; } = [];

    public string[] Lead { get; private set; } = [];

    public string[] Cooperating { get; private set; } = [];

    /// <summary>The government or authority that must act.</summary>
    public string Responsible { get; private set; } = "";

    public bool Simulated { get; private set; }

    public bool IsOpen => ClosedAt is null;

    /// <summary>Since when, in the world, it weighs more than before this change; null where it does not. Not stored.</summary>
    public DateTimeOffset? RaisedAt { get; private set; }

    Violation()
    {
    }

    /// <summary>Opens a violation from a decision about a subject at a place.</summary>
    public static Violation Open(Decision.Violation decision, ViolationSubject subject, Guid[] evidence, DateTimeOffset openedAt, DateTimeOffset knownAt) =>
        new()
        {
            Id = Guid.CreateVersion7(knownAt),
            Rule = decision.Rule,
            Article = decision.Article,
            Severity = decision.Severity,
            SubjectKind = subject.Kind,
            SubjectId = subject.Id,
            SubjectName = subject.Name,
            County = subject.County.Code,
            Position = subject.Position,
            OpenedAt = openedAt,
            KnownAt = knownAt,
            DueAt = knownAt + decision.DueAfter,
            Facts = DecisionJson.Facts(decision),
            Parameters = DecisionJson.Parameters(decision),
            Evidence = evidence,
            Lead = [.. decision.Lead],
            Cooperating = [.. decision.Cooperating],
            Responsible = subject.Responsible ?? ResponsibleUnit.For(subject.County.Name),
            Zone = DecisionJson.Zone(decision),
            Simulated = subject.Simulated,
        };

    /// <summary>The same decision weighs differently now (a fire lapsed, or burns again). Returns whether anything changed.</summary>
    /// <param name="at">Since when it is so, in the world.</param>
    public bool Weigh(Severity severity, DateTimeOffset at)
    {
        if (!IsOpen || Severity == severity)
        {
            return false;
        }

        RaisedAt = severity > Severity ? at : null;
        Severity = severity;
        return true;
    }

    /// <summary>It is one still, by a decision with perhaps other facts (a third item failed, the mesh grew thinner). Returns whether anything changed.</summary>
    /// <param name="at">Since when the facts are so, in the world.</param>
    public bool Stand(Decision.Violation decision, DateTimeOffset at)
    {
        if (!IsOpen)
        {
            return false;
        }

        var said = DecisionJson.Standing(DecisionJson.Facts(decision), DecisionJson.Parameters(decision), DecisionJson.Zone(decision));
        var standing = said == DecisionJson.Standing(Facts, Parameters, Zone) ? null : said;
        var isOther = standing != Standing;
        Standing = standing;
        return Weigh(decision.Severity, at) || isOther;
    }

    /// <summary>Closes it at a time in the world, for a stable reason. Returns false when it was closed already.</summary>
    public bool Close(string reason, DateTimeOffset at, DateTimeOffset knownAt)
    {
        if (!IsOpen)
        {
            return false;
        }

        (ClosedAt, ClosedKnownAt, ClosedReason) = (at < OpenedAt ? OpenedAt : at, knownAt, reason);
        return true;
    }

    /// <summary>It was closed for another reason, or at another time, than was said. Returns whether that is news.</summary>
    public bool Correct(string reason, DateTimeOffset at)
    {
        var when = at < OpenedAt ? OpenedAt : at;
        if (IsOpen || (ClosedReason, ClosedAt) == (reason, when))
        {
            return false;
        }

        (ClosedAt, ClosedReason) = (when, reason);
        return true;
    }
}

/// <summary>What a violation is about and where it lies.</summary>
/// <param name="Responsible">Who answers there when it is not the county's government.</param>
public sealed record ViolationSubject(string Kind, Guid Id, string Name, Counties.County County, Point Position, bool Simulated, string? Responsible = null);
