namespace Linfen.AirMap.Tables;

/// <summary>A file cannot be read, or not further.</summary>
/// <param name="type">Stable, in kebab case.</param>
/// <param name="line">As <see cref="TableRow.Line"/> counts, where it is known.</param>
sealed class TableException(string type, string message, long? line = null, Exception? cause = null) : Exception(message, cause)
{
    public string Type { get; } = type;

    public long? Line { get; } = line;
}
