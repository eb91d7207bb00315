using Linfen.AirMap.Atlas;
using Linfen.AirMap.Intake;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Feeds;

/// <summary>The feeds that this server asks, as the settings say.</summary>
sealed class FeedPlan(
    IOptions<FeedOptions> options, IOptions<FirmsPollOptions> firms, IOptions<HimawariPollOptions> himawari, IOptions<IntakeOptions> limits, AtlasKeeper atlas, FeedDownload download,
    FeedIntake intake, TimeProvider clock, ILogger<FolderFeed> log)
{
    public IReadOnlyList<PolledFeed> Feeds { get; } = [.. Of(options.Value, firms.Value, himawari.Value, limits.Value, atlas, download, intake, clock, log)];

    static IEnumerable<PolledFeed> Of(
        FeedOptions options, FirmsPollOptions firms, HimawariPollOptions himawari, IntakeOptions limits, AtlasKeeper atlas, FeedDownload download, FeedIntake intake, TimeProvider clock, ILogger log)
    {
        if (firms.IsOn)
        {
            var budget = new FirmsBudget(firms.TransactionsPerTenMinutes);
            foreach (var source in firms.PolledSources.Distinct(StringComparer.OrdinalIgnoreCase))
            {
                yield return new FirmsFeed(source, firms, budget, atlas, download, intake);
            }
        }

        if (himawari.IsOn)
        {
            yield return new HimawariFeed(himawari, download, intake);
        }

        foreach (var folder in options.Folders)
        {
            yield return new FolderFeed(folder, limits, options.LookSeconds, intake, clock, log);
        }
    }
}
