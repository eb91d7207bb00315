using Linfen.AirMap.Feeds.Webhooks;

namespace Linfen.AirMap.Feeds;

static class FeedSetup
{
    public static void AddFeeds(this IServiceCollection services)
    {
        Checked<FeedOptions>(services, "Airmap:Feeds", o => o.Fault());
        Checked<FirmsPollOptions>(services, "Airmap:Feeds:Firms", o => o.Fault());
        Checked<HimawariPollOptions>(services, "Airmap:Feeds:Himawari", o => o.Fault());
        services.AddSingleton<FeedDownload>();
        services.AddSingleton<FeedIntake>();
        services.AddSingleton<FeedPlan>();
        services.AddSingleton<FeedBook>();
        services.AddSingleton<FeedMetrics>();
        services.AddSingleton<WebhookBook>();
        services.AddSingleton<FeedRounds>();
        services.AddHostedService(provider => provider.GetRequiredService<FeedRounds>());
        services.AddSingleton<FeedClock>();
        services.AddHostedService(provider => provider.GetRequiredService<FeedClock>());
    }

    static void Checked<T>(IServiceCollection services, string section, Func<T, string?> fault)
        where T : class
    {
        services.AddOptions<T>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Microsoft.Extensions.Options.IValidateOptions<T>>(new Validation<T>(fault));
    }

    /// <summary>Says what is wrong in the words of the settings.</summary>
    sealed class Validation<T>(Func<T, string?> fault) : Microsoft.Extensions.Options.IValidateOptions<T>
        where T : class
    {
        public Microsoft.Extensions.Options.ValidateOptionsResult Validate(string? name, T options) =>
            fault(options) is { } words ? Microsoft.Extensions.Options.ValidateOptionsResult.Fail(words) : Microsoft.Extensions.Options.ValidateOptionsResult.Success;
    }
}
