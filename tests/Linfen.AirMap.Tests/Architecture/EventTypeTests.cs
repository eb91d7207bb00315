using System.Reflection;
using System.Text.RegularExpressions;
using Linfen.AirMap.Events;
using Linfen.AirMap.Subjects;
using Linfen.AirMap.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Architecture;

/// <summary>A doorbell that was deaf for a while rings for every layer that an event can touch; none is forgotten, since events are named in one place.</summary>
public sealed partial class EventTypeTests
{
    [Fact]
    public void Every_named_type_is_in_the_list_and_every_layer_follows_from_it()
    {
        var named = typeof(EventTypes).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!);
        Assert.Equal(named.Order(StringComparer.Ordinal), EventTypes.All.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Superset(new HashSet<string>(["reading", "air", "fire", "zone"], StringComparer.Ordinal), EventTypes.Layers.ToHashSet(StringComparer.Ordinal));
        Assert.Equal(EventTypes.All.Select(t => t.Split('.')[0]).ToHashSet(StringComparer.Ordinal), EventTypes.Layers);
    }

    [Fact]
    public void No_change_appends_an_event_by_a_name_of_its_own()
    {
        Assert.Empty(NamingEvents(Directory.EnumerateFiles(Checkout.File("src", "Linfen.AirMap"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).SelectMany(File.ReadAllLines)));
        Assert.Equal(2, NamingEvents(["t.Append(\"new.kind\", null, id, data);", "Events => (\"a.b\", EventTypes.AirChanged);", "json.Append(\"x\")"]).Count);
    }

    [Fact]
    public void Every_register_tells_its_changes_by_known_types()
    {
        var registers = typeof(Register).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Register)) && !t.IsAbstract).Select(t => (Register)Activator.CreateInstance(t)!).ToList();
        Assert.True(registers.Count >= 14);
        Assert.All(registers, r => Assert.True(EventTypes.All.Contains(r.Events.Created) && EventTypes.All.Contains(r.Events.Changed), r.Kind));
    }

    /// <summary>Lines that append or declare an event by a text.</summary>
    static List<string> NamingEvents(IEnumerable<string> lines) => [.. lines.Where(line => Naming().IsMatch(line))];

    [GeneratedRegex("(\\.Append\\(|Events => \\().*\"[a-z]+\\.[a-z]+\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Naming();
}
