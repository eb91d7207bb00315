using System.Globalization;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Intake;
using Linfen.AirMap.Intake.Firms;

namespace Linfen.AirMap.Feeds;

/// <summary>
/// Asks the area API of NASA FIRMS for one source, day by day since the last good poll. Its detections are stored in the feed <c>firms</c>, so that a row is
/// the same whoever brought it (identity is satellite, instrument, minute and place); watched is the source.
/// </summary>
sealed class FirmsFeed(string sourceName, FirmsPollOptions options, FirmsBudget budget, AtlasKeeper atlas, FeedDownload download, FeedIntake intake) : PolledFeed
{
    readonly FirmsSource source = FirmsSource.TryParse(sourceName, out var parsed) && parsed is not null ? parsed : throw new ArgumentException("No FIRMS source.", nameof(sourceName));

    public override string Name => source.Name;

    public override SourceKind SourceKind => SourceKind.Satellite;

    public override string Kind => "firms";

    public override string DetectionFeed => "firms";

    public override TimeSpan Interval => TimeSpan.FromMinutes(options.PollMinutes);

    public override TimeSpan? UsualStaleAfter => TimeSpan.FromHours(1) > 3 * Interval ? TimeSpan.FromHours(1) : 3 * Interval;

    TimeSpan Settle => TimeSpan.FromHours(options.SettleHours);

    public override async Task<PollOutcome> PollAsync(DateTimeOffset? covered, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!atlas.IsLoaded)
        {
            return PollOutcome.Failed(new("no-city", "No counties are loaded, so there is no box to ask for."));
        }

        var outcome = new PollOutcome();
        foreach (var days in FirmsDays.ToAsk(covered, now, Settle, options.MostDays))
        {
            if (budget.TryTake(days.Count, now) is { } wait)
            {
                return outcome with { IsGood = false, Fault = new("quota-spent", "Our share of the key's transactions is spent; it goes on when there is room.", wait) };
            }

            outcome = await TakeAsync(days, outcome, now, cancellation);
            if (outcome.Fault is not null)
            {
                return outcome with { IsGood = false };
            }
        }

        return outcome;
    }

    async Task<PollOutcome> TakeAsync(FirmsDays days, PollOutcome before, DateTimeOffset now, CancellationToken cancellation)
    {
        var (body, fault) = await download.GetAsync(AddressOf(days), options.MostBytes, TimeSpan.FromSeconds(options.RequestSeconds), cancellation);
        if (body is null)
        {
            return before with { Fault = WithoutKey(fault!) };
        }

        await using (body)
        {
            var taken = await intake.TakeAsync(body, (unpacked, token) => FirmsReader.ReadAsync(unpacked, source, simulated: false, token), options.MostBytes, cancellation);
            if (taken.Fault is not null)
            {
                return before with { Fault = WithoutKey(taken.Fault) };
            }

            var stored = before with { Stored = before.Stored + taken.Report.Stored, NewestAt = taken.NewestAt > before.NewestAt || before.NewestAt is null ? taken.NewestAt : before.NewestAt };
            return taken.Future is { } future ? stored with { Fault = future }
                : taken.NewestAt is { } newest && !days.Hold(newest) ? stored with { Fault = new("old-data", $"The answer holds only data of before {days.First:yyyy-MM-dd}, from when it was asked.") }
                : stored with { IsGood = true, CoveredUntil = days.CoveredUntil(now, Settle) };
        }
    }

    /// <summary>The other side may repeat the key in what it answers, and a reader in what it says of that.</summary>
    FeedFault WithoutKey(FeedFault fault) => fault with { Words = fault.Words.Replace(options.MapKey, "…", StringComparison.OrdinalIgnoreCase) };

    Uri AddressOf(FirmsDays days)
    {
        var box = new NetTopologySuite.Geometries.Envelope();
        foreach (var county in atlas.Current.ByCode.Values)
        {
            box.ExpandToInclude(county.Boundary.EnvelopeInternal);
        }

        box.ExpandBy(options.MarginDegrees);
        var date = days.IsToday ? "" : days.First.ToString("'/'yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new(string.Create(CultureInfo.InvariantCulture,
            $"{options.BaseUrl.ToString().TrimEnd('/')}/api/area/csv/{Uri.EscapeDataString(options.MapKey)}/{source.Name}/{box.MinX:F4},{box.MinY:F4},{box.MaxX:F4},{box.MaxY:F4}/{days.Count}{date}"));
    }
}
