using Linfen.AirMap.Intake;
using Linfen.AirMap.Intake.Himawari;

namespace Linfen.AirMap.Feeds;

/// <summary>
/// Asks for the wildfire file of every ten-minute slot since the last one that it got. A file is there about 40 minutes after its slot, and twice a day
/// the satellite keeps house and there is none: that a slot has no file is no fault until none has come for long.
/// </summary>
sealed class HimawariFeed(HimawariPollOptions options, FeedDownload download, FeedIntake intake) : PolledFeed
{
    /// <summary>Usually a file is there after 40 minutes; so long without any, and something is wrong.</summary>
    static readonly TimeSpan Late = TimeSpan.FromHours(2);

    readonly HimawariAddress address = HimawariAddress.TryParse(options.Address, out var parsed) ? parsed! : throw new ArgumentException("No address with a slot's time.", nameof(options));

    public override string Name => HimawariReader.Feed;

    public override SourceKind SourceKind => SourceKind.Satellite;

    public override string Kind => "himawari";

    public override TimeSpan Interval => TimeSpan.FromMinutes(options.PollMinutes);

    public override TimeSpan? UsualStaleAfter => TimeSpan.FromHours(2);

    public override async Task<PollOutcome> PollAsync(DateTimeOffset? covered, DateTimeOffset now, CancellationToken cancellation)
    {
        var last = HimawariAddress.SlotOf(now);
        var earliest = last - TimeSpan.FromHours(options.MostHours);
        var slot = covered is { } known && known + HimawariAddress.Slot > earliest ? known + HimawariAddress.Slot : earliest;
        var outcome = new PollOutcome();
        for (; slot <= last && !(outcome.Fault is { } fault && IsOfTheWay(fault)); slot += HimawariAddress.Slot)
        {
            outcome = await TakeAsync(slot, outcome, cancellation);
        }

        return outcome.Fault is null && !outcome.IsGood && now - (covered ?? earliest) > Late
            ? outcome with { Fault = new("nothing-new", $"No file has come for {Late.TotalHours:0} hours.") }
            : outcome;
    }

    /// <summary>The server cannot be asked now; a file that is no good keeps nobody from the next.</summary>
    static bool IsOfTheWay(FeedFault fault) =>
        fault.Code is "timeout" or "unreachable" or "broken-off" or "too-many-requests" or "server-error" or "refused" or "redirected";

    async Task<PollOutcome> TakeAsync(DateTimeOffset slot, PollOutcome before, CancellationToken cancellation)
    {
        var at = address.Of(slot);
        var (body, fault) = await download.GetAsync(at, options.MostBytes, TimeSpan.FromSeconds(options.RequestSeconds), cancellation);
        if (body is null)
        {
            return fault!.Code == "not-there" ? before : before with { Fault = fault };
        }

        await using (body)
        {
            var satellite = HimawariReader.SatelliteOf(at.AbsolutePath);
            var taken = await intake.TakeAsync(body, (unpacked, token) => HimawariReader.ReadAsync(unpacked, satellite, token), options.MostBytes, cancellation);
            if (taken.Fault is not null)
            {
                return before with { Fault = taken.Fault };
            }

            if (taken.Future is { } future)
            {
                return before with { Fault = future };
            }

            // Yesterday's file under today's name: stored as what it is, and no sign of life.
            return taken.NewestAt is { } newest && newest < slot - HimawariAddress.Slot
                ? before with { Stored = before.Stored + taken.Report.Stored, Fault = new("old-data", "The file holds only what is older than its slot.") }
                : before with { Fault = null, IsGood = true, CoveredUntil = slot, Stored = before.Stored + taken.Report.Stored, NewestAt = taken.NewestAt ?? before.NewestAt };
        }
    }
}
