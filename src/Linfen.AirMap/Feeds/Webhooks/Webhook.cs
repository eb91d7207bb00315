using Linfen.AirMap.Intake;

namespace Linfen.AirMap.Feeds.Webhooks;

/// <summary>How the calls of one video platform are read. Its name is that of the feed.</summary>
sealed class Webhook
{
    public string Name { get; private set; } = "";

    public SourceKind SourceKind { get; private set; }

    /// <summary>A <see cref="WebhookMapping"/> as JSON.</summary>
    public string Mapping { get; private set; } = "{}";

    public int Version { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    public string ChangedBy { get; private set; } = "";

    Webhook()
    {
    }
}
