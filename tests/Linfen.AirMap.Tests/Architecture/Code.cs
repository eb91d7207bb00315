using Assembly = System.Reflection.Assembly;
using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using Model = ArchUnitNET.Domain.Architecture;

namespace Linfen.AirMap.Tests.Architecture;

/// <summary>The compiled product, and the types beside it that break its rules on purpose.</summary>
static class Code
{
    /// <summary>Rooms of the product stand directly below this namespace.</summary>
    public const string Product = "Linfen.AirMap";

    /// <summary>The same rooms once more, each with types that break a rule.</summary>
    public const string Broken = "Linfen.AirMap.Tests.Architecture.BrokenOnPurpose";

    public static IReadOnlyList<Assembly> Assemblies { get; } =
    [
        typeof(Data.AirMapDb).Assembly, typeof(Plan.ActionPlan).Assembly, typeof(Geo.LonLat).Assembly, typeof(Hj212.Crc).Assembly, Assembly.Load("Linfen.AirMap.Simulator"), typeof(Code).Assembly,
    ];

    public static Model Model { get; } = new ArchLoader().LoadAssemblies([.. Assemblies]).Build();

    /// <summary>Full names of the types that do not keep the rule.</summary>
    public static IReadOnlyList<string> Offenders(IArchRule rule) =>
    [
        .. rule.Evaluate(Model).Where(result => !result.Passed).Select(result => ((ICanBeAnalyzed)result.EvaluatedObject!).FullName).Order(StringComparer.Ordinal),
    ];

    /// <summary>The room of a type below a root: <c>Tiles</c> for <c>Linfen.AirMap.Tiles.TileSql</c>; null when it lies elsewhere.</summary>
    public static string? Room(string fullName, string root)
    {
        if (!fullName.StartsWith(root + ".", StringComparison.Ordinal))
        {
            return null;
        }

        var parts = fullName[(root.Length + 1)..].Split('.');
        return parts.Length > 1 && parts[0] is not ("Tests" or "Testing") ? parts[0] : null;
    }
}
