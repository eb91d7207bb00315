using System.Text.Json.Nodes;
using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Plan.Tests;

/// <summary>A scenario within its file, ready to be put before the rule book.</summary>
public sealed record Case(string Path, ScenarioFile File, Scenario Scenario)
{
    public string Title => $"{Path}：{Scenario.Name}";

    public JsonObject Facts
    {
        get
        {
            var facts = new JsonObject();
            foreach (var (name, value) in File.Given.Where(given => !Scenario.Unknown.Contains(given.Key, StringComparer.Ordinal)).Concat(Scenario.Facts))
            {
                facts[name] = Subjects.ToJson(value);
            }

            return facts;
        }
    }

    public string? At => Scenario.At ?? File.At;

    public Decision Decide() => Decide(Facts, At, Scenario.Law);

    /// <summary>The same subject with other facts, at another moment or under another law.</summary>
    public Decision Decide(JsonObject facts, string? at, ParameterSet law)
    {
        var decisions = Subjects.Decide(File.Subject, facts, at, law);
        return decisions.Single(decision => decision.Rule == File.Rule);
    }
}
