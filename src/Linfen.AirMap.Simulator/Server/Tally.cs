using System.Globalization;

namespace Linfen.AirMap.Simulator.Server;

/// <summary>Counts what was sent and what the server made of it; safe to use from many requests at once.</summary>
public sealed class Tally
{
    readonly Lock _gate = new();
    readonly SortedDictionary<string, int> _reasons = new(StringComparer.Ordinal);
    int _sent, _stored, _duplicates, _outside, _quarantined, _rejected, _errors, _retries, _verdicts;
    TimeSpan _slowest;

    /// <summary>Whether the server took everything that was sent.</summary>
    public bool Clean
    {
        get
        {
            lock (_gate)
            {
                return _rejected + _errors + _quarantined == 0;
            }
        }
    }

    public void Sent(int detections)
    {
        lock (_gate)
        {
            _sent += detections;
        }
    }

    public void Took(IntakeAnswer answer)
    {
        lock (_gate)
        {
            _stored += answer.Stored;
            _duplicates += answer.Duplicates;
            _outside += answer.Outside;
            _quarantined += answer.Quarantined;
            _rejected += answer.RejectedCount;
            foreach (var line in answer.Rejected ?? [])
            {
                CountReason(line.Reason);
            }
        }
    }

    public void Spoke()
    {
        lock (_gate)
        {
            _verdicts++;
        }
    }

    public void Failed(string reason)
    {
        lock (_gate)
        {
            _errors++;
            CountReason(reason);
        }
    }

    public void Retried()
    {
        lock (_gate)
        {
            _retries++;
        }
    }

    public void Answered(TimeSpan taken)
    {
        lock (_gate)
        {
            _slowest = taken > _slowest ? taken : _slowest;
        }
    }

    public string Line()
    {
        lock (_gate)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"sent {_sent}  stored {_stored}  duplicates {_duplicates}  outside {_outside}  rejected {_rejected + _quarantined}  errors {_errors}  verdicts {_verdicts}");
        }
    }

    public string Summary()
    {
        lock (_gate)
        {
            var lines = new List<string>
            {
                string.Create(CultureInfo.InvariantCulture, $"sent        {_sent} detections and {_verdicts} verdicts"),
                string.Create(CultureInfo.InvariantCulture, $"stored      {_stored}"),
                string.Create(CultureInfo.InvariantCulture, $"duplicates  {_duplicates}"),
                string.Create(CultureInfo.InvariantCulture, $"outside     {_outside}"),
                string.Create(CultureInfo.InvariantCulture, $"quarantined {_quarantined}"),
                string.Create(CultureInfo.InvariantCulture, $"rejected    {_rejected}"),
                string.Create(CultureInfo.InvariantCulture, $"errors      {_errors} (after {_retries} repeats of a lost request)"),
                string.Create(CultureInfo.InvariantCulture, $"slowest     {_slowest.TotalMilliseconds:F0} ms"),
            };
            lines.AddRange(_reasons.Select(reason => string.Create(CultureInfo.InvariantCulture, $"  {reason.Value} × {reason.Key}")));
            return string.Join(Environment.NewLine, lines);
        }
    }

    /// <summary>Under the lock.</summary>
    void CountReason(string reason) => _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
}
