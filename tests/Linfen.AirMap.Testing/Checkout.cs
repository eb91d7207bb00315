namespace Linfen.AirMap.Testing;

/// <summary>Where the repository lies that these tests were built from.</summary>
public static class Checkout
{
    /// <summary>The folder with <c>Linfen.AirMap.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Sample data beside the checkout; null where there is none, and tests that need it are skipped.</summary>
    public static string? Shared { get; } =
        Path.GetFullPath(Path.Combine(Root, "..", "shared")) is var folder && Directory.Exists(folder) ? folder : null;

    public static string File(params string[] path) => Path.Combine([Root, .. path]);

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Linfen.AirMap.sln")))
            {
                return folder.FullName;
            }
        }
        throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside a checkout of Linfen AirMap.");
    }
}
