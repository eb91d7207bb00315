using System.Globalization;
using Linfen.AirMap.Benchmarks;
using Linfen.AirMap.Benchmarks.Live;
using Linfen.AirMap.Benchmarks.Measures;
using Spectre.Console;

// The same numbers look the same on every terminal, and in a file.
AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 150);
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

if (args is [BareHub.Verb])
{
    await BareHub.ServeAsync();
    return 0;
}

IReadOnlyList<IMeasure> all = [new IntakeFile(), new IntakeSingle(), new Locate(), new Tiles(), new Latency(), new Fanout(), new Redecide(), new Publish(), new BruteForce(), new HeatLearning()];
var names = args.Where(arg => !arg.StartsWith('-')).ToList();
var wrong = names.Except(all.Select(measure => measure.Name), StringComparer.Ordinal).Concat(args.Where(arg => arg.StartsWith('-') && arg != "--quick")).ToList();
if (wrong.Count > 0)
{
    Console.Error.WriteLine($"There is no {string.Join(", ", wrong)}. Known: {string.Join(", ", all.Select(measure => measure.Name))} and --quick.");
    return 1;
}

var effort = args.Contains("--quick", StringComparer.Ordinal) ? Effort.Quick : Effort.Full;
await using var stage = await Stage.PrepareAsync();
await Machine.DescribeAsync(stage, effort);
var findings = new List<Finding>();
foreach (var measure in all.Where(measure => names.Count == 0 || names.Contains(measure.Name, StringComparer.Ordinal)))
{
    AnsiConsole.MarkupLine($"\n[bold]{measure.Name}[/] – {Markup.Escape(measure.Question)}");
    findings.AddRange(await measure.RunAsync(stage, effort));
}

Finding.Print(findings);
return 0;
