using Linfen.AirMap.Counties;
using Linfen.AirMap.HeatSources.Learning;

namespace Linfen.AirMap.HeatSources;

/// <summary>A learned source, where it lies, and, where it was put to the test, what it explains of later sightings.</summary>
sealed class LearnedSource(HeatCandidate candidate, County? county)
{
    readonly HashSet<int> days = [];

    public HeatCandidate Candidate { get; } = candidate;

    /// <summary>Null outside the city.</summary>
    public County? County { get; } = county;

    public int Explained { get; private set; }

    public int ExplainedDays => days.Count;

    public DateOnly? LastExplained => days.Count == 0 ? null : DateOnly.FromDayNumber(days.Max());

    public int PowerOutliers { get; private set; }

    public int PositionOutliers { get; private set; }

    public void Explain(int day)
    {
        Explained++;
        days.Add(day);
    }

    public void Escape(Atlas.HeatMatch match)
    {
        PowerOutliers += match == Atlas.HeatMatch.PowerOutlier ? 1 : 0;
        PositionOutliers += match == Atlas.HeatMatch.PositionOutlier ? 1 : 0;
    }
}
