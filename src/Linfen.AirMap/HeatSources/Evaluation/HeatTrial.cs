using Linfen.AirMap.Atlas;
using Linfen.AirMap.Counties;
using Linfen.AirMap.HeatSources.Learning;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.HeatSources.Evaluation;

/// <summary>Learns from archives, and puts what was learned to the test on what came later. The archives are read once for each step and never held.</summary>
sealed class HeatTrial(HeatArchive archive, LearnerOptions options, CityAtlas city)
{
    public async Task<HeatReport> LearnAsync(CancellationToken cancellation)
    {
        var learner = new HeatLearner(options);
        await foreach (var seen in archive.ReadAsync(cancellation))
        {
            learner.Add(seen);
        }

        return new(archive, learner, Sources(learner), null, null);
    }

    /// <param name="split">The first day (UTC) on which the sources are put to the test; null for the middle of the time that the archives span.</param>
    /// <param name="picture">Receives the map as PNG; null for none.</param>
    /// <param name="madeOn">The day that stands on it.</param>
    public async Task<HeatReport> EvaluateAsync(DateOnly? split, Stream? picture, DateOnly madeOn, CancellationToken cancellation)
    {
        var (bounds, first, last) = await SurveyAsync(cancellation);
        var cut = split ?? DateOnly.FromDayNumber((first + last + 1) / 2);
        using var map = picture is null || bounds.IsNull ? null : new HeatPicture(bounds);
        var learner = new HeatLearner(options);
        await foreach (var seen in archive.ReadAsync(cancellation))
        {
            if (DayOf(seen) < cut.DayNumber)
            {
                learner.Add(seen);
                map?.Learned(seen);
            }
        }

        var evaluation = new HeatEvaluation(Sources(learner));
        await foreach (var seen in archive.ReadAsync(cancellation))
        {
            if (DayOf(seen) >= cut.DayNumber)
            {
                var explained = evaluation.Weigh(seen);
                map?.Later(seen, explained);
            }
        }

        var report = new HeatReport(archive, learner, evaluation.Sources, cut, evaluation);
        map?.Save(picture!, report, [.. city.ByCode.Values], madeOn);
        return report;
    }

    async Task<(Envelope Bounds, int First, int Last)> SurveyAsync(CancellationToken cancellation)
    {
        var (bounds, first, last) = (new Envelope(), int.MaxValue, 0);
        await foreach (var seen in archive.ReadAsync(cancellation))
        {
            bounds.ExpandToInclude(seen.Position.Lon, seen.Position.Lat);
            (first, last) = (Math.Min(first, DayOf(seen)), Math.Max(last, DayOf(seen)));
        }

        return (bounds, Math.Min(first, last), last);
    }

    List<LearnedSource> Sources(HeatLearner learner) => learner.Candidates().ConvertAll(c => new LearnedSource(c, CountyOf(c)));

    County? CountyOf(HeatCandidate candidate) => city.Locate(candidate.Centre) ?? city.CountyOf(candidate.Extent);

    static int DayOf(in HeatSighting seen) => DateOnly.FromDateTime(seen.At.UtcDateTime).DayNumber;
}
