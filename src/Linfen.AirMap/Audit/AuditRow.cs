using Linfen.AirMap.Accounts;

namespace Linfen.AirMap.Audit;

enum AuditOutcome
{
    Done,
    Refused,
    Failed,
}

/// <summary>What was done or not let happen. Never holds a password, key, token or code.</summary>
/// <param name="Before">JSON.</param>
/// <param name="After">JSON.</param>
sealed record AuditEntry(
    string Action, AuditOutcome Outcome, string TargetKind, string? TargetId = null, string? County = null, string? Before = null, string? After = null)
{
    public static AuditEntry Done(string action, string targetKind, object? targetId, string? county = null, string? before = null, string? after = null) =>
        new(action, AuditOutcome.Done, targetKind, targetId?.ToString(), county, before, after);
}

/// <summary>Who does something, and from where.</summary>
sealed record Author(CallerKind Kind, Guid? Id, string Name, string? Address, string? TraceId, Scope Scope)
{
    public static readonly Author Product = new(CallerKind.Product, null, Caller.Product.Name, null, null, Scope.City);

    public static Author Of(HttpContext context) => Of(context, context.User.Caller());

    public static Author Of(HttpContext context, Caller? caller) => new(
        caller?.Kind ?? CallerKind.Account, caller?.Id, caller?.Name ?? "", context.Address(), System.Diagnostics.Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier,
        caller?.Scope ?? Scope.Nowhere);

    /// <summary>A verb of the command line.</summary>
    public static Author Verb(string name) => Product with { Name = name };
}

/// <summary>One line of the audit: written once, changed never.</summary>
sealed class AuditRow
{
    public long Id { get; private set; }

    public DateTimeOffset At { get; private set; }

    public string ActorKind { get; private set; } = "";

    public Guid? ActorId { get; private set; }

    public string Actor { get; private set; } = "";

    public string Action { get; private set; } = "";

    public string TargetKind { get; private set; } = "";

    public string? TargetId { get; private set; }

    public string? County { get; private set; }

    public string? Before { get; private set; }

    public string? After { get; private set; }

    public string? Address { get; private set; }

    public string Outcome { get; private set; } = "";

    public string? TraceId { get; private set; }

    AuditRow()
    {
    }
}
