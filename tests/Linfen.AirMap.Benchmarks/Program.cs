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

IReadOnlyList<IMeasure> all = [new IntakeFile(), new IntakeSingle(), new Locate(), new Tiles(), new Latency(), new Fanout(), new Redecide(), new Publish(), new BruteForce(), new Dust(), new HeatLearning(), new History(), new Wall()];
var effort = args.Contains("--quick", StringComparer.Ordinal) ? Effort.Quick : Effort.Full;
var seconds = args.SkipWhile(arg => arg != "--seconds").Take(2).ToArray();
if (seconds is [_, var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var watch) && watch > 0)
{
    effort = effort with { Watch = TimeSpan.FromSeconds(watch) };
    args = [.. args.TakeWhile(arg => arg != "--seconds"), .. args.SkipWhile(arg => arg != "--seconds").Skip(2)];
}

var names = args.Where(arg => !arg.StartsWith('-')).ToList();
var wrong = names.Except(all.Select(measure => measure.Name), StringComparer.Ordinal).Concat(args.Where(arg => arg.StartsWith('-') && arg != "--quick")).ToList();
if (wrong.Count > 0)
{
    Console.Error.WriteLine($"There is no {string.Join(", ", wrong)}. Known: {string.Join(", ", all.Select(measure => measure.Name))}, --quick and --seconds N.");
    return 1;
}

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
