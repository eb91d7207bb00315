using Linfen.AirMap.Data;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Replay;

namespace Linfen.AirMap.Violations;

/// <summary>Violations as they were known at a moment, told by the log.</summary>
static class ViolationReplay
{
    /// <summary>Null when the log no longer reaches back so far.</summary>
    /// <param name="status">open, closed, or null for both.</param>
    public static Task<FeatureCollectionResult?> PageAsync(
        DateTimeOffset moment, ListColumns<Violation> columns, ListQuery.Checked page, string? status, string? rule, Severity? severity, Guid? subject, HttpRequest request, AirMapDb db, CancellationToken cancellation) =>
        new ReplayedList<Violation>(KnownThen.Violations, "openedAt", columns, (json, v) => ViolationFeature.WriteAsKnown(json, v, moment)).PageAsync(
            moment, page,
            rows =>
            {
                var known = rows.Where(v => v.KnownAt <= moment);
                known = status switch
                {
                    // What was closed after the moment and is told by no event until then opened before the log begins.
                    "open" => known.Where(v => v.ClosedAt == null || v.ClosedKnownAt > moment),
                    "closed" => known.Where(v => v.ClosedAt != null && v.ClosedKnownAt <= moment),
                    _ => known,
                };
                known = rule is null ? known : known.Where(v => v.Rule == rule);
                known = severity is null ? known : known.Where(v => v.Severity == severity);
                return subject is null ? known : known.Where(v => v.SubjectId == subject);
            },
            told => (status is null || told.Text("status") == status)
                && (rule is null || told.Text("rule") == rule)
                && (severity is null || severity.ToString()!.Equals(told.Text("severity"), StringComparison.OrdinalIgnoreCase))
                && (subject is null || told.Subject == subject),
            request, db, cancellation);
}
