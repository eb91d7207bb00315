namespace Linfen.AirMap.Plan.Articles;

/// <summary>What rules are about, as the rule book and violations name it.</summary>
static class SubjectKinds
{
    public const string Fire = "fire";
    public const string Boiler = "boiler";
    public const string Site = "site";
    public const string Machine = "machine";
    public const string Monitor = "monitor";
    public const string Land = "land";
    public const string Yard = "yard";
    public const string Road = "road";
    public const string Station = "station";
    public const string Park = "park";
    public const string Enterprise = "enterprise";
    public const string County = "county";
    public const string Finding = "finding";
}
