using Microsoft.Extensions.Options;
using Npgsql;

namespace Linfen.AirMap.Hosting;

/// <summary>The settings that come as environment variables; everything else stands in appsettings.json under <c>Airmap:</c>.</summary>
/// <param name="Database">Connection string of the application's role.</param>
/// <param name="OwnerDatabase">Connection string of the role that owns the tables; migrations and boundary imports use it.</param>
/// <param name="Home">Folder for logs and other data of this installation.</param>
/// <param name="Web">Folder of the built client.</param>
/// <param name="GisData">Folder of the shipped boundaries, plants and parameters.</param>
sealed record Settings(string Database, string OwnerDatabase, int HttpPort, string Home, string Web, string GisData)
{
    /// <summary>Where HJ 212 monitors call in; null where none are listened to.</summary>
    public int? Hj212Port { get; init; }

    public static Settings Read(Func<string, string?> variable)
    {
        string Of(string name, string otherwise) => variable(name) is { Length: > 0 } value ? value : otherwise;
        var database = variable("AIRMAP_DB") is { Length: > 0 } given
            ? given
            : throw new SettingException("AIRMAP_DB is not set. Start with ./airmap up, or give an Npgsql connection string.");
        var root = FindRoot();
        return new(
            Connection("AIRMAP_DB", database),
            Connection("AIRMAP_DB_OWNER", Of("AIRMAP_DB_OWNER", database)),
            Port("AIRMAP_HTTP_PORT", Of("AIRMAP_HTTP_PORT", "5080")),
            Path.GetFullPath(Of("AIRMAP_HOME", Path.Combine(root, ".airmap"))),
            Path.GetFullPath(Of("AIRMAP_WEB", Path.Combine(root, "wwwroot", "dist"))),
            GisDataFolder(variable))
        {
            Hj212Port = Port("AIRMAP_HJ212_PORT", Of("AIRMAP_HJ212_PORT", "9212")),
        };
    }

    /// <summary>Where the shipped boundaries are, for those who need no other setting.</summary>
    public static string GisDataFolder(Func<string, string?> variable) =>
        Path.GetFullPath(variable("AIRMAP_GIS_DATA") is { Length: > 0 } given ? given : Path.Combine(FindRoot(), "gis-data"));

    static string Connection(string name, string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).ConnectionString.Length > 0 ? text : throw new FormatException("It is empty.");
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            throw new SettingException($"{name} is no Npgsql connection string: {e.Message}");
        }
    }

    static int Port(string name, string text) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65_536
            ? port
            : throw new SettingException($"{name} is '{text}'; a port is 1 to 65535.");

    /// <summary>The checkout that holds <c>gis-data</c>, from the working folder or the program's folder upwards.</summary>
    static string FindRoot()
    {
        foreach (var start in new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (Directory.Exists(Path.Combine(folder.FullName, "gis-data")))
                {
                    return folder.FullName;
                }
            }
        }

        return Directory.GetCurrentDirectory();
    }
}

/// <summary>A setting is missing or wrong; the message says which, and what to do.</summary>
sealed class SettingException(string message) : Exception(message)
{
    /// <summary>Whether a failed start is due to a setting, wherever it stands; the message then names it and nothing else is of use.</summary>
    public static bool Explains(Exception e) =>
        e is SettingException or OptionsValidationException or InvalidDataException or InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" };
}
