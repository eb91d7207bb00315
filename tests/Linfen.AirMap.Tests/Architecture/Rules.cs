using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Dependencies;
using ArchUnitNET.Fluent;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Linfen.AirMap.Tests.Architecture;

/// <summary>The invariants that types can show. Each takes the root namespace, so that it also runs on what breaks it.</summary>
static partial class Rules
{
    static readonly string[] PureRooms = ["Plan", "Geo", "Hj212"];

    /// <summary>Databases, hosts, logs, networks and clocks by the beginning of the full name.</summary>
    static readonly string[] Impure =
    [
        "Microsoft.EntityFrameworkCore.", "Npgsql.", "System.Data.", "Microsoft.AspNetCore.", "Microsoft.Extensions.", "Serilog.", "System.Net.",
        "System.TimeProvider", "System.Diagnostics.Stopwatch", "System.Environment", "System.IO.File",
    ];

    static readonly string[] Clocks = ["System.DateTime", "System.DateTimeOffset"];

    /// <summary>What each room of the server may use beside itself and the pure projects.</summary>
    static readonly Dictionary<string, string[]> Uses = new(StringComparer.Ordinal)
    {
        ["Accounts"] = ["Audit", "Data", "Events", "Hosting"],
        ["Audit"] = ["Accounts", "Data", "Events", "Hosting", "Tables"],
        ["Activity"] = ["Accounts", "Audit", "Data", "Hosting"],
        ["Alarms"] = ["Accounts", "Audit", "Data", "Events", "Hosting", "Violations"],
        ["Air"] = ["Accounts", "Atlas", "Audit", "Counties", "Data", "Events", "Hosting", "Intake", "Registers", "Rulings", "Subjects"],
        ["Atlas"] = ["Counties", "Data", "Events"],
        ["BaseMaps"] = ["Accounts", "Hosting"],
        ["Counties"] = ["Accounts", "Atlas", "Audit", "Data", "Events", "Hosting", "Replay"],
        ["Data"] = ["Accounts", "Air", "Alarms", "Audit", "Counties", "Events", "Feeds", "Fires", "Intake", "Rulings", "Subjects", "Violations", "Zones"],
        ["Dust"] = ["Accounts", "Atlas", "Audit", "Data", "Events", "Hosting", "Registers", "Rulings", "Subjects", "Tables"],
        ["Enterprises"] = ["Atlas", "Subjects"],
        ["Events"] = ["Accounts", "Audit", "Data", "Hosting"],
        ["Feeds"] = ["Accounts", "Atlas", "Audit", "Counties", "Data", "Events", "Hosting", "Intake"],
        ["Findings"] = ["Accounts", "Atlas", "Audit", "Data", "Events", "Hosting", "Photos", "Registers", "Rulings", "Subjects"],
        ["Fires"] = ["Accounts", "Atlas", "Audit", "Counties", "Data", "Events", "Hosting", "Intake", "Replay", "Rulings", "Violations"],
        ["GisData"] = ["Audit", "Counties", "Data", "Events", "Rulings"],
        ["Heating"] = ["Atlas", "Subjects"],
        ["HeatSources"] = ["Accounts", "Atlas", "Audit", "Counties", "Data", "Events", "GisData", "Hosting", "Intake", "Pictures", "Registers", "Rulings", "Subjects", "Tables"],
        ["Intake"] = ["Accounts", "Atlas", "Audit", "Counties", "Data", "Events", "Fires", "Hosting"],
        ["Land"] = ["Atlas", "Subjects"],
        ["Parameters"] = ["Accounts", "Atlas", "Audit", "Counties", "Data", "Events", "Hosting", "Registers", "Rulings", "Subjects"],
        ["Photos"] = ["Accounts", "Audit", "Data", "Hosting"],
        ["Pictures"] = ["Accounts", "Atlas", "Counties", "Data", "Events", "Hosting", "Replay"],
        ["Registers"] = ["Accounts", "Atlas", "Audit", "Counties", "Data", "Events", "Hosting", "Rulings", "Subjects", "Tables", "Violations"],
        ["Replay"] = ["Accounts", "Data", "Events", "Hosting"],
        ["Rulings"] = ["Accounts", "Atlas", "Audit", "Counties", "Data", "Events", "Hosting", "Subjects", "Violations"],
        ["Search"] = ["Accounts", "Atlas", "Counties", "Data", "Hosting"],
        ["Simulation"] = ["Accounts", "Audit", "Data", "Events", "Fires", "Hosting"],
        ["Sites"] = ["Atlas", "Subjects"],
        ["Subjects"] = ["Atlas", "Data", "Events"],
        ["Tables"] = [],
        ["Tiles"] = ["Accounts", "Atlas", "Audit", "Counties", "Data", "Events", "Hosting"],
        ["Violations"] = ["Accounts", "Audit", "Counties", "Data", "Events", "Hosting", "Replay"],
        ["Zones"] = ["Accounts", "Atlas", "Audit", "Counties", "Data", "Events", "Hosting", "Registers", "Rulings", "Subjects", "Tables"],
    };

    /// <summary>Rooms that put the others together.</summary>
    static readonly string[] Composition = ["Commands", "Hosting"];

    static readonly string[] OtherPrograms = ["Simulator"];

    public static IArchRule Plan_Geo_and_Hj212_are_pure(string root) => Each(
        type => PureRooms.Contains(Code.Room(type.FullName, root), StringComparer.Ordinal),
        type => type.Dependencies.Any(d => IsImpure(d) || ReadsTheClock(d)),
        "know no database, host, log, network or clock");

    public static IArchRule The_learner_of_heat_sources_is_pure(string root) => Each(
        type => type.FullName.StartsWith(root + ".HeatSources.Learning.", StringComparison.Ordinal),
        type => type.Dependencies.Any(d => IsImpure(d) || ReadsTheClock(d) || Code.Room(d.Target.FullName, Code.Product) is "Data" or "Events" or "Hosting" or "Registers"),
        "knows no database, host, log, network or clock");

    public static IArchRule The_pure_projects_do_not_know_the_server(string root) => Each(
        type => PureRooms.Contains(Code.Room(type.FullName, root), StringComparer.Ordinal),
        type => type.Dependencies.Any(d => Code.Room(d.Target.FullName, root) is { } room && room != Code.Room(type.FullName, root)),
        "use nothing of the product but themselves");

    public static IArchRule Only_Events_names_the_hub_context(string root) => Each(
        type => Code.Room(type.FullName, root) is not (null or "Events"),
        type => type.Dependencies.Any(d => d.Target.FullName.StartsWith("Microsoft.AspNetCore.SignalR.IHubContext", StringComparison.Ordinal)),
        "leave IHubContext to Events");

    public static IArchRule Time_comes_from_the_time_provider(string root) => Each(
        type => Code.Room(type.FullName, root) is { } room && !OtherPrograms.Contains(room, StringComparer.Ordinal),
        type => type.Dependencies.Any(ReadsTheClock),
        "ask TimeProvider for the time, and give it to Guid.CreateVersion7");

    public static IArchRule Readers_have_no_ledger(string root) => Each(
        type => Code.Room(type.FullName, root) is "Tiles" or "Counties" or "Activity" or "Atlas" or "Pictures",
        type => type.Dependencies.Any(d => d.Target.FullName.StartsWith("Linfen.AirMap.Events.Ledger", StringComparison.Ordinal)),
        "only read");

    public static IArchRule A_slice_uses_only_the_rooms_it_may(string root) => Each(
        type => Code.Room(type.FullName, root) is { } room && !Composition.Contains(room, StringComparer.Ordinal)
            && !PureRooms.Contains(room, StringComparer.Ordinal) && !OtherPrograms.Contains(room, StringComparer.Ordinal),
        type => type.Dependencies.Any(d => Room(d.Target.FullName, root) is { } used && !MayUse(Code.Room(type.FullName, root)!, used)),
        "use only the rooms that the table allows");

    public static IArchRule Names_are_words_of_the_domain(string root) => Each(
        type => Code.Room(type.FullName, root) is not null,
        type => EmptyWord().IsMatch(type.FullName[root.Length..]),
        "carry no Manager, Helper, Utils, Common, Dto or Impl in their names");

    /// <summary>Rooms of the product count as used by what is broken on purpose, too.</summary>
    static string? Room(string fullName, string root) => Code.Room(fullName, root) ?? Code.Room(fullName, Code.Product);

    static bool MayUse(string room, string used) => room == used || PureRooms.Contains(used, StringComparer.Ordinal)
        || (Uses.TryGetValue(room, out var allowed) && allowed.Contains(used, StringComparer.Ordinal));

    static bool IsImpure(ITypeDependency dependency) => Impure.Any(name => dependency.Target.FullName.StartsWith(name, StringComparison.Ordinal));

    static bool ReadsTheClock(ITypeDependency dependency) => dependency is MethodCallDependency { TargetMember: var member }
        && ((Clocks.Contains(member.DeclaringType.FullName, StringComparer.Ordinal) && ClockRead().IsMatch(member.Name))
            || (member.DeclaringType.FullName == "System.Guid" && member.Name == "CreateVersion7()"));

    static ArchRule<IType> Each(Func<IType, bool> concerns, Func<IType, bool> breaks, string rule) => Types().That()
        .FollowCustomPredicate(concerns, "are concerned").Should()
        .FollowCustomCondition(type => !breaks(type), rule, "does not " + rule).WithoutRequiringPositiveResults();

    [GeneratedRegex(@"(?:Manager|Helpers?|Utils?|Utility|Utilities|Common|Dtos?|DTOs?|Impl)(?![a-z])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EmptyWord();

    [GeneratedRegex("get_(?:Now|UtcNow|Today)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ClockRead();
}
