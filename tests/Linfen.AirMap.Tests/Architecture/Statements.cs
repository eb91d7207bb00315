using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Assembly = System.Reflection.Assembly;

namespace Linfen.AirMap.Tests.Architecture;

/// <summary>What types do not tell but compiled methods do: texts of SQL, and who calls whom. Closures count as their outermost type.</summary>
sealed partial class Statements
{
    /// <summary>Change state beside the ledger, each for a reason of its own.</summary>
    static readonly string[] Exceptions =
    [
        // Rights and empty tables, before any server runs.
        "Linfen.AirMap.Commands.MigrateCommand",
        // Forgets old lines of the audit, as the owner.
        "Linfen.AirMap.Commands.AuditCommand",
        // Forgets old log rows, which no map shows.
        "Linfen.AirMap.Events.EventRetention",
        // The door itself.
        "Linfen.AirMap.Events.Ledger", "Linfen.AirMap.Events.LedgerTransaction",
    ];

    readonly Dictionary<string, TypeDefinition> types = new(StringComparer.Ordinal);
    readonly List<(TypeDefinition Owner, MethodDefinition Method)> methods = [];

    Statements()
    {
    }

    public static Statements Of(params IEnumerable<Assembly> assemblies)
    {
        var statements = new Statements();
        foreach (var assembly in assemblies)
        {
            foreach (var type in ModuleDefinition.ReadModule(assembly.Location).Types.Where(t => !t.Namespace.EndsWith(".Migrations", StringComparison.Ordinal)))
            {
                statements.types[type.FullName] = type;
                statements.methods.AddRange(Nested(type).SelectMany(t => t.Methods).Where(m => m.HasBody).Select(m => (type, m)));
            }
        }

        return statements;
    }

    /// <summary>Types that change rows outside a ledger change, with what they do.</summary>
    public IReadOnlyList<string> WritersBesideTheLedger()
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (owner, method) in methods.Where(m => !MayWrite(m.Owner)))
        {
            if (Calls(method).Any(SavesByItself))
            {
                found.Add($"{owner.FullName} saves");
            }

            if (WritesText(method))
            {
                // Text alone changes nothing: it is good where it only becomes commands for ledger changes.
                var runs = Nested(owner).SelectMany(t => t.Methods).Where(m => m.HasBody).Any(m => Calls(m).Any(RunsACommand));
                found.UnionWith(runs ? [$"{owner.FullName} writes"] : StrangersThatCall(owner, method).Select(s => $"{s} runs the text of {owner.FullName}"));
            }
        }

        return [.. found];
    }

    IEnumerable<string> StrangersThatCall(TypeDefinition owner, MethodDefinition writer)
    {
        // An iterator's text stands in a nested type; the method that others call has its name in angle brackets.
        var name = writer.DeclaringType == owner ? writer.Name : NameOfOrigin().Match(writer.DeclaringType.Name).Groups["name"].Value;
        // Who was handed the transaction of a ledger change writes for that change.
        return methods.Where(m => m.Owner != owner && !MayWrite(m.Owner) && !IsHandedTheTransaction(m.Method) && Calls(m.Method).Any(c => c.DeclaringType.FullName == owner.FullName && c.Name == name))
            .Select(m => m.Owner.FullName);
    }

    static bool IsHandedTheTransaction(MethodDefinition method)
    {
        var owner = method.DeclaringType;
        var origin = method.Name;
        while (owner.IsNested && owner.Name.StartsWith('<'))
        {
            // What is asynchronous stands in a nested type with the name of its method in angle brackets.
            origin = NameOfOrigin().Match(owner.Name) is { Success: true } named ? named.Groups["name"].Value : origin;
            owner = owner.DeclaringType;
        }

        return Takes(method) || owner.Methods.Any(m => (m.IsConstructor || m.Name == origin) && Takes(m));
    }

    static bool Takes(MethodDefinition method) => method.Parameters.Any(p => p.ParameterType.FullName == "Linfen.AirMap.Events.LedgerTransaction");

    /// <summary>Accounts, sessions, keys and the audit are no state of the map: they have no events.</summary>
    static readonly string[] RoomsBeside = ["Linfen.AirMap.Accounts", "Linfen.AirMap.Audit"];

    bool MayWrite(TypeDefinition type) => RoomsBeside.Contains(type.Namespace, StringComparer.Ordinal) || Exceptions.Contains(type.FullName, StringComparer.Ordinal) || IsLedgerChange(type);

    bool IsLedgerChange(TypeDefinition type)
    {
        for (var parent = type.BaseType; parent is not null; parent = types.GetValueOrDefault(parent.FullName)?.BaseType)
        {
            if (parent.FullName == "Linfen.AirMap.Events.LedgerChange")
            {
                return true;
            }
        }

        return false;
    }

    static IEnumerable<TypeDefinition> Nested(TypeDefinition type) => type.NestedTypes.SelectMany(Nested).Prepend(type);

    static IEnumerable<MethodReference> Calls(MethodDefinition method) => method.Body.Instructions.Select(i => i.Operand).OfType<MethodReference>();

    static bool WritesText(MethodDefinition method) =>
        method.Body.Instructions.Any(i => i.OpCode == OpCodes.Ldstr && WritingSql().IsMatch((string)i.Operand));

    static bool SavesByItself(MethodReference call) => SavingCall().IsMatch(call.Name);

    static bool RunsACommand(MethodReference call) => call.Name.StartsWith("ExecuteNonQuery", StringComparison.Ordinal)
        || call.Name.StartsWith("ExecuteReader", StringComparison.Ordinal) || call.Name.StartsWith("ExecuteScalar", StringComparison.Ordinal)
        || call.Name.StartsWith("ExecuteSql", StringComparison.Ordinal);

    [GeneratedRegex(@"\b(INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WritingSql();

    [GeneratedRegex("^(SaveChanges|ExecuteUpdate|ExecuteDelete|BeginBinaryImport)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SavingCall();

    [GeneratedRegex("^<(?<name>[^>]+)>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NameOfOrigin();
}
