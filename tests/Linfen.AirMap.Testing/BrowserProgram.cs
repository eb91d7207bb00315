namespace Linfen.AirMap.Testing;

/// <summary>Debian's Chromium: the one without windows where it is there, which opened the wall in two thirds of the time; the whole one does as well.</summary>
public static class BrowserProgram
{
    static readonly string[] Places = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

    /// <summary>Null where there is none.</summary>
    public static string? Find() => Array.Find(Places, File.Exists);
}
