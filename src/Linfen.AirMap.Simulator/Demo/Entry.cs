using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Simulator.Demo;

/// <summary>One entry of a register as it is posted; a value of null is left out, as what is not known is.</summary>
public sealed record Entry(string Code, string Name, Geometry? Shape, params IReadOnlyList<(string Field, object? Value)> Fields)
{
    public Dictionary<string, object> Body()
    {
        var body = new Dictionary<string, object>(StringComparer.Ordinal) { ["code"] = Code, ["name"] = Name, ["simulated"] = true };
        if (Shape is not null)
        {
            body["geometry"] = Outline.Json(Shape);
        }

        foreach (var (field, value) in Fields)
        {
            if (value is not null)
            {
                body[field] = value;
            }
        }

        return body;
    }
}

/// <summary>The entries of one register, in the order in which they are posted.</summary>
/// <param name="Title">What they are, in the progress.</param>
/// <param name="Path">Under <c>api/</c>.</param>
public sealed record FilledRegister(string Title, string Path, IReadOnlyList<Entry> Entries);
