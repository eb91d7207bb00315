using System.Text.Json;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Intake;
using Linfen.AirMap.Intake.Firms;
using Linfen.AirMap.Intake.Himawari;

namespace Linfen.AirMap.Feeds;

/// <summary>
/// Takes the files that somebody puts into a folder, once each is complete: unchanged from one look to the next. A file goes to <c>done/</c> after its commit, or to
/// <c>failed/</c> with nothing of it stored; a report stands beside it. What a crash leaves between commit and move is read again and found known.
/// </summary>
sealed class FolderFeed(FolderOptions options, IntakeOptions limits, int lookSeconds, FeedIntake intake, TimeProvider clock, ILogger log) : PolledFeed
{
    /// <summary>Files that a writer renames when he is done.</summary>
    static readonly string[] Unfinished = [".part", ".partial", ".tmp", ".filepart", ".crdownload", ".swp", "~"];

    static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>How a file looked when it was last looked at.</summary>
    readonly record struct Look(long Length, DateTime WrittenAt);

    Dictionary<string, Look> seen = new(StringComparer.Ordinal);

    /// <summary>What was taken in and could not be moved: not to be read again as long as it stays as it is.</summary>
    readonly Dictionary<string, Look> stuck = new(StringComparer.Ordinal);

    /// <summary>What was wrong with the last file; told until a good one comes.</summary>
    FeedFault? lastBad;

    readonly FirmsSource? source = FirmsSource.TryParse(options.Source, out var parsed) ? parsed : null;

    public override string Name => options.Feed!;

    public override SourceKind SourceKind => options.SourceKind;

    public override string Kind => "folder";

    public override string? DetectionFeed => options.Format switch { "firms" => "firms", "himawari" => HimawariReader.Feed, _ => Name };

    public override TimeSpan Interval => TimeSpan.FromSeconds(lookSeconds);

    /// <summary>By its kind of source: nobody knows how often a folder is filled.</summary>
    public override TimeSpan? UsualStaleAfter => null;

    public override bool IsLocal => true;

    public override async Task<PollOutcome> PollAsync(DateTimeOffset? covered, DateTimeOffset now, CancellationToken cancellation)
    {
        var outcome = new PollOutcome();
        try
        {
            var present = Directory.EnumerateFiles(options.Path).Where(IsFinished).Order(StringComparer.Ordinal).ToDictionary(f => f, LookAt, StringComparer.Ordinal);
            var complete = present.Where(f => seen.TryGetValue(f.Key, out var before) && before == f.Value && !(stuck.TryGetValue(f.Key, out var kept) && kept == f.Value)).ToList();
            seen = present;
            foreach (var gone in stuck.Keys.Where(f => !present.ContainsKey(f)).ToList())
            {
                stuck.Remove(gone);
            }

            foreach (var (file, look) in complete)
            {
                outcome = await TakeAsync(file, look, outcome, cancellation);
            }
        }
        catch (Exception e) when (e is DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return outcome with { Fault = new("folder-unreadable", "The folder is not there, or may not be read.") };
        }

        return outcome with { Fault = outcome.Fault ?? (stuck.Count > 0 ? NotMoved(stuck.Keys.First()) : lastBad) };
    }

    static bool IsFinished(string file)
    {
        var name = Path.GetFileName(file);
        return name[0] != '.' && !Unfinished.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }

    static Look LookAt(string file) => new FileInfo(file) is { Exists: true } info ? new(info.Length, info.LastWriteTimeUtc) : default;

    async Task<PollOutcome> TakeAsync(string file, Look look, PollOutcome before, CancellationToken cancellation)
    {
        FeedDelivery taken;
        try
        {
            // Nobody else of ours reads it meanwhile, in whatever process.
            await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.None, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
            taken = await intake.TakeAsync(content, ReaderOf(file), long.MaxValue, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return before with { Fault = new("file-unreadable", $"{Path.GetFileName(file)} cannot be opened.") };
        }
        catch (Exception e) when (Problems.IsDatabaseOutage(e))
        {
            log.LogWarning("{Feed}: {File} waits for the database: {Reason}", Name, Path.GetFileName(file), e.Message);
            return before with { Fault = new("database-unavailable", "The database did not take it; the file stays until it does.") };
        }

        log.LogInformation("{Feed}: {File}: {Stored} stored, {Duplicates} known, {Rejected} rejected{Fault}",
            Name, Path.GetFileName(file), taken.Report.Stored, taken.Report.Duplicates, taken.Report.RejectedCount, taken.Fault is { } told ? ", " + told.Code : "");
        var fault = (taken.Fault ?? taken.Future) is { } broken ? broken with { Words = $"{Path.GetFileName(file)}: {broken.Words}" } : null;
        lastBad = fault;
        if (!PutAway(file, taken))
        {
            stuck[file] = look;
        }

        return before with
        {
            IsGood = before.IsGood || fault is null,
            Stored = before.Stored + taken.Report.Stored,
            NewestAt = taken.Fault is null ? taken.NewestAt ?? before.NewestAt : before.NewestAt,
        };
    }

    static FeedFault NotMoved(string file) => new("file-not-moved", $"{Path.GetFileName(file)} was taken in and cannot be moved out of the folder.");

    LineReader ReaderOf(string file) => options.Format switch
    {
        "firms" => (unpacked, token) => FirmsReader.ReadAsync(unpacked, source, simulated: false, token),
        "himawari" => (unpacked, token) => HimawariReader.ReadAsync(unpacked, HimawariReader.SatelliteOf(Path.GetFileName(file)), token),
        _ => (unpacked, token) => DetectionReader.ReadAsync(unpacked, Name, token),
    };

    /// <summary>False where it cannot be moved. The report comes first: who finds the file finds it explained.</summary>
    bool PutAway(string file, FeedDelivery taken)
    {
        try
        {
            var folder = Directory.CreateDirectory(Path.Combine(options.Path, taken.Fault is null ? "done" : "failed")).FullName;
            var target = Path.Combine(folder, Path.GetFileName(file));
            if (File.Exists(target))
            {
                target += clock.GetUtcNow().ToString("'.'yyyyMMdd'T'HHmmssfff'Z'", System.Globalization.CultureInfo.InvariantCulture);
            }

            if (taken.Fault is not null || taken.Report.RejectedCount > 0)
            {
                File.WriteAllText(target + ".report.json", JsonSerializer.Serialize(ReportOf(file, taken), Readable));
            }

            File.Move(file, target);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    Dictionary<string, object?> ReportOf(string file, FeedDelivery taken)
    {
        var report = taken.Report.ToMembers();
        report["rejected"] = taken.Report.Rejected.Take(limits.ListedRejections);
        report["file"] = Path.GetFileName(file);
        report["rows"] = taken.Rows;
        report["reason"] = taken.Fault?.Code;
        report["words"] = taken.Fault?.Words;
        return report;
    }
}
