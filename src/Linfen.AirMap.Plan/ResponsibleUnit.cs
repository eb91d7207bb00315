namespace Linfen.AirMap.Plan;

/// <summary>责任单位: the government of the county that contains the subject.</summary>
public static class ResponsibleUnit
{
    /// <summary>洪洞县 → 洪洞县人民政府</summary>
    public static string For(string countyName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(countyName);
        return countyName.Trim() + "人民政府";
    }
}
