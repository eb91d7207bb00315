using System.ComponentModel.DataAnnotations;
using Linfen.AirMap.Intake;
using Linfen.AirMap.Intake.Firms;

namespace Linfen.AirMap.Feeds;

/// <summary>Settings under <c>Airmap:Feeds</c>.</summary>
public sealed class FeedOptions
{
    /// <summary>Minutes without a sign of life after which a feed is stale, by its name or, for what others deliver, by its kind of source (<c>video</c>); 0 is never.</summary>
    public Dictionary<string, double> StaleMinutes { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How often it is looked whether a feed is due, and into the folders. A file is taken at the second look that finds it unchanged. Seconds.</summary>
    [Range(1, 3600)]
    public int LookSeconds { get; init; } = 10;

    /// <summary>How often it is looked whether a feed went stale or is back. Seconds.</summary>
    [Range(1, 24 * 3600)]
    public int ClockSeconds { get; init; } = 60;

    /// <summary>Folders from which complete files are taken.</summary>
    public List<FolderOptions> Folders { get; init; } = [];

    /// <summary>What is wrong with the folders and minutes, in a sentence; null when nothing is.</summary>
    internal string? Fault()
    {
        var unnamed = Folders.FirstOrDefault(f => f.Path.Length == 0 || f.Feed is not { Length: > 0 and <= 64 });
        return unnamed is not null ? "Airmap:Feeds:Folders: each needs a Path and a Feed of 1 to 64 characters."
            : Folders.FirstOrDefault(f => f.Format is not ("firms" or "himawari" or "detections")) is { } odd ? $"Airmap:Feeds:Folders: Format is firms, himawari or detections, not '{odd.Format}'."
            : Folders.FirstOrDefault(f => !FirmsSource.TryParse(f.Source, out _)) is { } wrong ? $"Airmap:Feeds:Folders: '{wrong.Source}' is no FIRMS source."
            : Folders.GroupBy(f => f.Feed, StringComparer.OrdinalIgnoreCase).Any(g => g.Count() > 1) ? "Airmap:Feeds:Folders: each folder has a Feed of its own."
            : StaleMinutes.Any(m => m.Value is not (>= 0 and <= 525_600)) ? "Airmap:Feeds:StaleMinutes: 0 to 525600." : null;
    }
}

/// <summary>A folder that somebody else fills.</summary>
public sealed class FolderOptions
{
    public string Path { get; init; } = "";

    /// <summary><c>firms</c>, <c>himawari</c> or <c>detections</c> (JSON array or NDJSON); each also as gzip.</summary>
    public string Format { get; init; } = "firms";

    /// <summary>FIRMS source of the files, where rows do not name their satellite.</summary>
    public string? Source { get; init; }

    /// <summary>What kind of eye fills it: it says when the feed counts as stale.</summary>
    public SourceKind SourceKind { get; init; } = SourceKind.Satellite;

    /// <summary>Name under which the folder is watched, and of the feed of detections that do not name their own.</summary>
    public string? Feed { get; init; }
}

/// <summary>Settings under <c>Airmap:Feeds:Firms</c>: the area API of NASA FIRMS. Off without a key. A class, since a record would print its key.</summary>
public sealed class FirmsPollOptions
{
    static readonly string[] AllSources = ["VIIRS_NOAA20_NRT", "VIIRS_NOAA21_NRT", "VIIRS_SNPP_NRT", "MODIS_NRT"];

    /// <summary>Secret: it stands in the path of every request, and in no log or answer of ours.</summary>
    public string MapKey { get; init; } = "";

    /// <summary>https, except on this machine: the key goes there.</summary>
    public Uri BaseUrl { get; init; } = new("https://firms.modaps.eosdis.nasa.gov");

    /// <summary>Null for all that FIRMS has in near real time.</summary>
    public string[]? Sources { get; init; }

    [Range(1, 24 * 60)]
    public double PollMinutes { get; init; } = 10;

    /// <summary>How far outside the city it is asked, on each side. Degrees.</summary>
    [Range(0, 2)]
    public double MarginDegrees { get; init; } = 0.05;

    /// <summary>An answer of Linfen has some kilobytes; more than this is none.</summary>
    [Range(1_000, 1L << 32)]
    public long MostBytes { get; init; } = 64L << 20;

    /// <summary>A request and the whole of its answer. Seconds.</summary>
    [Range(1, 600)]
    public double RequestSeconds { get; init; } = 60;

    /// <summary>Our share of the 5,000 transactions that a key has in ten minutes; a day of data counts as one (the service does not say how it counts).</summary>
    [Range(1, 5_000)]
    public int TransactionsPerTenMinutes { get; init; } = 200;

    /// <summary>Data of a day may come so much later than its end: until then the day is asked for again. Hours.</summary>
    [Range(0, 72)]
    public double SettleHours { get; init; } = 12;

    /// <summary>After a long outage at most so many days are asked for; the first time only today and yesterday.</summary>
    [Range(1, 60)]
    public int MostDays { get; init; } = 30;

    public bool IsOn => MapKey.Length > 0;

    internal IReadOnlyList<string> PolledSources => Sources ?? AllSources;

    internal string? Fault() =>
        !IsOn ? null
        : !BaseUrl.IsAbsoluteUri || !(BaseUrl.Scheme == Uri.UriSchemeHttps || (BaseUrl.Scheme == Uri.UriSchemeHttp && BaseUrl.IsLoopback)) ? "Airmap:Feeds:Firms:BaseUrl must be an https address: the key goes there."
        : PolledSources.FirstOrDefault(s => !FirmsSource.TryParse(s, out var source) || source is null) is { } odd ? $"Airmap:Feeds:Firms:Sources: '{odd}' is no FIRMS source."
        : null;
}

/// <summary>Settings under <c>Airmap:Feeds:Himawari</c>: wildfire files of JAXA over HTTP. Off without an address.</summary>
public sealed class HimawariPollOptions
{
    /// <summary>Address of the file of a ten-minute slot, with the slot's UTC time in braces: <c>…/{yyyyMM}/{dd}/{HH}/H09_{yyyyMMdd}_{HHmm}_L2WLF010_FLDK.06001_06001.csv</c>.</summary>
    public string Address { get; init; } = "";

    [Range(1, 24 * 60)]
    public double PollMinutes { get; init; } = 10;

    [Range(1_000, 1L << 32)]
    public long MostBytes { get; init; } = 64L << 20;

    [Range(1, 600)]
    public double RequestSeconds { get; init; } = 60;

    /// <summary>Slots further back than this are not asked for. Hours.</summary>
    [Range(1, 72)]
    public double MostHours { get; init; } = 6;

    public bool IsOn => Address.Length > 0;

    internal string? Fault() => !IsOn || HimawariAddress.TryParse(Address, out _) ? null
        : "Airmap:Feeds:Himawari:Address must be an http(s) address with the time of the slot in braces, such as {yyyyMMdd} and {HHmm}.";
}
