using System.Text.RegularExpressions;

namespace Linfen.AirMap.Tests.Architecture;

/// <summary>Rules that only the text of the files can show. Each takes the root of a checkout and returns the offenders' paths.</summary>
static partial class SourceFiles
{
    /// <summary>Built, fetched or kept by tools: no files of the repository.</summary>
    static readonly string[] Foreign = ["bin", "obj", "node_modules", "dist", "TestResults", ".git", ".airmap", ".vs", ".idea"];

    static readonly string[] Binary = [".png", ".ico", ".woff2", ".pbf", ".gz", ".jpg", ".snap"];

    const int ReasonNeededAbove = 400;

    public static IReadOnlyList<string> ImportingMapLibraryOutsideMap(string root) => Importing(root, "maplibre-gl", "map");

    public static IReadOnlyList<string> ImportingSignalROutsideLive(string root) => Importing(root, "@microsoft/signalr", "live");

    /// <summary>Absolute folders of a machine, and hosts that stand in for the public registries.</summary>
    public static IReadOnlyList<string> NamingAMachine(string root) => Where(root, All(root), text => Machine().IsMatch(text));

    public static IReadOnlyList<string> TooLong(string root) =>
        Where(root, All(root).Where(f => f.EndsWith(".cs", StringComparison.Ordinal) && !f.Contains("Migrations", StringComparison.Ordinal)
            || f.EndsWith(".ts", StringComparison.Ordinal)), text => text.Count(c => c == '\n') > ReasonNeededAbove);

    public static IReadOnlyList<string> WithUnfinishedWork(string root) => Where(root, All(root).Where(IsSource), text => Unfinished().IsMatch(text));

    public static IReadOnlyList<string> NamedWithEmptyWords(string root) =>
        [.. All(root).Where(IsSource).Where(f => EmptyName().IsMatch(Path.GetFileName(f))).Select(f => Path.GetRelativePath(root, f)).Order(StringComparer.Ordinal)];

    static List<string> Importing(string root, string package, string room)
    {
        var source = Path.Combine(root, "wwwroot", "src");
        var import = new Regex($"""(from|import|import\()\s*['"]{Regex.Escape(package)}""", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return Where(root, All(source).Where(f => !Path.GetRelativePath(source, f).StartsWith(room + Path.DirectorySeparatorChar, StringComparison.Ordinal)), import.IsMatch);
    }

    static List<string> Where(string root, IEnumerable<string> files, Func<string, bool> breaks) =>
        [.. files.Where(f => breaks(File.ReadAllText(f))).Select(f => Path.GetRelativePath(root, f)).Order(StringComparer.Ordinal)];

    static bool IsSource(string file) => Path.GetExtension(file) is ".cs" or ".ts" or ".sh" or ".css" or ".mjs" or ".html" || Path.GetFileName(file) == "airmap";

    static IEnumerable<string> All(string folder) => Directory.EnumerateFiles(folder)
        .Where(f => !Binary.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase))
        .Concat(Directory.EnumerateDirectories(folder).Where(d => !Foreign.Contains(Path.GetFileName(d), StringComparer.Ordinal)).SelectMany(All));

    // The character classes keep this file from naming what it looks for. The home of "app" is the .NET container images' own.
    [GeneratedRegex(@"(?<![\w.$}])/(wor[k]|hom[e]/(?!app/)\w+|User[s]/\w+|roo[t]/\w)[/""'\s]|\b[a-z0-9-]*(nexu[s]|artifactor[y]|verdacci[o])[a-z0-9-]*\.[a-z]|https?://(registry|npm|nuget|mirror|proxy)s?\.(?!npmjs\.org|nuget\.org)[a-z]", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Machine();

    [GeneratedRegex(@"\b(TOD[O]|FIXM[E]|HAC[K]|XX[X])\b", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Unfinished();

    [GeneratedRegex("(^|[a-z.-])(Manager|Helpers?|Utils?|Common|Dto|Impl)\\.|^(manager|helpers?|utils?|common)\\.|(Manager|Helpers?|Utils?|Dto|Impl)\\.(ts|cs)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EmptyName();
}
