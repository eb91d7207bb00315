using System.Globalization;

namespace Linfen.AirMap.Testing;

/// <summary>The PostgreSQL with PostGIS that the machine has, as Debian lays it out.</summary>
static class PostgresBinaries
{
    const string Installations = "/usr/lib/postgresql";

    /// <summary>The folder with <c>postgres</c> and <c>initdb</c> of the newest version that has PostGIS.</summary>
    public static string Find() =>
        Directory.Exists(Installations)
            ? Directory.GetDirectories(Installations)
                .Where(folder => File.Exists(Path.Combine(folder, "bin", "initdb")) && HasPostgis(folder))
                .OrderByDescending(Version)
                .Select(folder => Path.Combine(folder, "bin"))
                .FirstOrDefault() ?? throw Missing()
            : throw Missing();

    static bool HasPostgis(string folder) =>
        File.Exists($"/usr/share/postgresql/{Path.GetFileName(folder)}/extension/postgis.control");

    static int Version(string folder) =>
        int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;

    static InvalidOperationException Missing() => new(
        "PostgreSQL with PostGIS is not installed. Run ./airmap test, which installs it, "
        + "or: apt-get install postgresql-15-postgis-3");
}
