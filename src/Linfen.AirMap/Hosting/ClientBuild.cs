using System.Text.RegularExpressions;

namespace Linfen.AirMap.Hosting;

/// <summary>
/// Which build of the client is given out now: the name that the build has written into its pages. Pages that stay open for weeks compare it with their own.
/// </summary>
/// <param name="page">Path of <c>index.html</c>.</param>
sealed partial class ClientBuild(string page)
{
    /// <summary>Of answers of the log, which every wall asks for all the time.</summary>
    public const string Header = "Airmap-Client";

    Known _known = new(default, null);

    /// <summary>Null where there is no page, or one that was not built. A page that is replaced while the server runs counts at once.</summary>
    public string? Name
    {
        get
        {
            var written = File.GetLastWriteTimeUtc(page);
            var known = _known;
            if (written != known.Written)
            {
                _known = known = new(written, Read());
            }

            return known.Name;
        }
    }

    string? Read()
    {
        try
        {
            return Named().Match(File.ReadAllText(page)) is { Success: true } found ? found.Groups["name"].Value : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    [GeneratedRegex("<meta name=\"airmap-build\" content=\"(?<name>[0-9a-f]{8,64})\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named();

    sealed record Known(DateTime Written, string? Name);
}
