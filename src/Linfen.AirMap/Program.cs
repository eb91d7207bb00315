using System.CommandLine;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Commands;
using Linfen.AirMap.GisData;
using Linfen.AirMap.Hosting;
using Npgsql;

// The server and its verbs. Settings come as AIRMAP_… variables; see README.md.
var serve = new Command("serve", "Serves the map and its interface");
serve.SetAction(async (_, cancellation) =>
{
    var settings = Read();
    var app = Server.Build(settings, []);
    await FirstStart.AccountAsync(app.Services, Environment.GetEnvironmentVariable("AIRMAP_ADMIN_PASSWORD"), cancellation);
    await FirstStart.LocalKeyAsync(app.Services, settings, cancellation);
    await app.RunAsync(cancellation);
    return 0;
});

var migrate = new Command("migrate", "Brings the database to this version and loads the shipped map data into empty tables");
migrate.SetAction((_, cancellation) => MigrateCommand.RunAsync(Read(), cancellation));

var kind = new Argument<string>("kind") { Description = string.Join(", ", ImportCommand.Kinds) };
var file = new Argument<string>("file");
var dryRun = new Option<bool>("--dry-run") { Description = "Checks and counts, changes nothing" };
var source = new Option<string?>("--source") { Description = "FIRMS source, such as VIIRS_NOAA20_NRT" };
var import = new Command("import", "Imports a file: counties, plants, parameters, FIRMS archives") { kind, file, dryRun, source };
import.SetAction((arguments, cancellation) => ImportCommand.RunAsync(
    Read(), arguments.GetRequiredValue(kind), arguments.GetRequiredValue(file), arguments.GetValue(dryRun), arguments.GetValue(source), cancellation));

var redecide = new Command("redecide", "Judges every subject of the city again");
redecide.SetAction((_, cancellation) => RedecideCommand.RunAsync(Read(), cancellation));

try
{
    return await new RootCommand("Linfen AirMap") { serve, migrate, import, redecide, UserCommand.Of(Read), KeyCommand.Of(Read), AuditCommand.Of(Read), Hj212Command.Create(), HeatSourcesCommand.Create() }
        .Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is GisDataException || SettingException.Explains(e))
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
catch (Exception e) when (e is NpgsqlException || e.InnerException is NpgsqlException)
{
    await Console.Error.WriteLineAsync($"The database cannot be used: {(e as NpgsqlException ?? e.InnerException!).Message}");
    return 1;
}
catch (IOException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

static Settings Read() => Settings.Read(Environment.GetEnvironmentVariable);
