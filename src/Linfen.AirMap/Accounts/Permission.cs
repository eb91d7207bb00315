namespace Linfen.AirMap.Accounts;

/// <summary>What a door may ask for.</summary>
enum Permission
{
    /// <summary>Lists, tiles, events and the hub of one's counties.</summary>
    View,

    /// <summary>Files of whole lists.</summary>
    Export,

    /// <summary>Filing findings.</summary>
    Report,

    /// <summary>Saying what a fire is, and what becomes of a finding.</summary>
    Verify,

    /// <summary>Saying that one has seen an alarm, which silences it on every screen.</summary>
    AcknowledgeAlarms,

    /// <summary>Adding, changing, deleting and importing entries of the registers.</summary>
    EditRegisters,

    /// <summary>Saying that a heat source is industry, so that what it explains raises no alarm.</summary>
    ApproveHeatSources,

    /// <summary>Zones that are not in force, and what they were.</summary>
    ReadDrafts,

    /// <summary>Drawing zones.</summary>
    DrawZones,

    /// <summary>Putting zones in force and taking them out of it.</summary>
    PublishZones,

    /// <summary>The dated values that the rules apply.</summary>
    SetParameters,

    /// <summary>Which violations raise an alarm.</summary>
    SetAlarmRules,

    /// <summary>Detections, station values: what machines send.</summary>
    Deliver,

    /// <summary>Removing everything simulated.</summary>
    ClearSimulated,

    /// <summary>Letting a wall in by the code that it shows.</summary>
    GrantKiosks,
    ManageAccounts,
    ManageKeys,
    ReadAudit,
    ReadMetrics,
}

public enum Role
{
    Viewer,
    GridManager,
    Department,
    CountyOfficer,
    Planner,
    Approver,
    CityOfficer,
    Administrator,
    Auditor,
}

/// <summary>Who may do what: the whole table.</summary>
static class Permissions
{
    static readonly Permission[] Everything = Enum.GetValues<Permission>();

    static readonly Dictionary<Role, Permission[]> OfRole = new()
    {
        [Role.Viewer] = [Permission.View],
        [Role.GridManager] = [Permission.View, Permission.Report, Permission.AcknowledgeAlarms],
        [Role.Department] = [Permission.View, Permission.Export, Permission.Report, Permission.Verify, Permission.AcknowledgeAlarms],
        [Role.CountyOfficer] = [Permission.View, Permission.Export, Permission.Report, Permission.Verify, Permission.AcknowledgeAlarms, Permission.EditRegisters, Permission.ApproveHeatSources, Permission.GrantKiosks],
        [Role.Planner] = [Permission.View, Permission.Export, Permission.ReadDrafts, Permission.DrawZones],
        [Role.Approver] = [Permission.View, Permission.Export, Permission.ReadDrafts, Permission.PublishZones],
        [Role.CityOfficer] =
        [
            Permission.View, Permission.Export, Permission.Report, Permission.Verify, Permission.AcknowledgeAlarms, Permission.EditRegisters, Permission.ApproveHeatSources,
            Permission.ReadDrafts, Permission.GrantKiosks,
        ],
        [Role.Administrator] = Everything,
        [Role.Auditor] = [Permission.View, Permission.Export, Permission.ReadAudit],
    };

    /// <summary>What machines may be given: they neither judge nor rule nor let others in.</summary>
    public static IReadOnlyList<Permission> ForMachines { get; } = [Permission.View, Permission.Export, Permission.Report, Permission.Deliver, Permission.EditRegisters, Permission.ReadMetrics];

    /// <summary>What cannot be done to some counties only.</summary>
    public static IReadOnlyList<Permission> OfTheCity { get; } =
        [Permission.SetParameters, Permission.SetAlarmRules, Permission.ClearSimulated, Permission.ManageAccounts, Permission.ManageKeys, Permission.ReadMetrics];

    public static IReadOnlyList<Permission> Of(IEnumerable<Role> roles) => [.. roles.SelectMany(r => OfRole[r]).Distinct().Order()];

    /// <summary>As the interface writes it.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static T? Find<T>(string? name)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (NameOf(value) == name)
            {
                return value;
            }
        }

        return null;
    }
}
