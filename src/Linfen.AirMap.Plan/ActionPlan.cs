namespace Linfen.AirMap.Plan;

/// <summary>The document whose rules this project holds: 临政发〔2024〕4号.</summary>
public static class ActionPlan
{
    public const string Number = "临政发〔2024〕4号";

    /// <summary>Printed on 2024-04-17. The plan names no later beginning, so it binds from that day, 00:00 +08:00.</summary>
    public static readonly DateOnly InForceFrom = new(2024, 4, 17);

    public static bool IsInForce(DateTimeOffset instant) => instant >= Beijing.StartOf(InForceFrom);
}
