using System.Text.Json.Serialization;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Air;
using Linfen.AirMap.Alarms;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Audit;
using Linfen.AirMap.BaseMaps;
using Linfen.AirMap.Counties;
using Linfen.AirMap.Data;
using Linfen.AirMap.Dust;
using Linfen.AirMap.Enterprises;
using Linfen.AirMap.Events;
using Linfen.AirMap.Feeds;
using Linfen.AirMap.Findings;
using Linfen.AirMap.Fires;
using Linfen.AirMap.Heating;
using Linfen.AirMap.HeatSources;
using Linfen.AirMap.HeatSources.Learning;
using Linfen.AirMap.Intake;
using Linfen.AirMap.Land;
using Linfen.AirMap.Parameters;
using Linfen.AirMap.Photos;
using Linfen.AirMap.Pictures;
using Linfen.AirMap.Registers;
using Linfen.AirMap.Rulings;
using Linfen.AirMap.Sites;
using Linfen.AirMap.Subjects;
using Linfen.AirMap.Tiles;
using Linfen.AirMap.Zones;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Linfen.AirMap.Hosting;

/// <summary>What the server is made of.</summary>
static class Services
{
    public static void AddAirMap(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => Data.Database.Open(settings.Database, builder => builder.UseLoggerFactory(provider.GetService<ILoggerFactory>())));
        services.AddDbContextFactory<AirMapDb>((provider, options) => Data.Database.Configure(options, provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<AirMapDb>>().CreateDbContext());
        services.AddSingleton(_ => new PhotoStore(Path.Combine(settings.Home, "photos")));
        services.AddSingleton(provider => new Ledger(settings.Database, provider.GetRequiredService<TimeProvider>(), provider.GetServices<ILedgerFollower>()));
        services.AddCore();
    }

    /// <summary>Everything that writes and decides; the import command uses it without a web server.</summary>
    static void AddCore(this IServiceCollection services)
    {
        Option<IntakeOptions>(services, "Airmap:Intake");
        Option<FireOptions>(services, "Airmap:Fires");
        Option<LearnerOptions>(services, "Airmap:HeatSources");
        Option<EventOptions>(services, "Airmap:Events");
        Option<TileOptions>(services, "Airmap:Tiles");
        Option<Hj212Options>(services, "Airmap:Hj212");
        services.AddAlarms();
        Option<PictureOptions>(services, "Airmap:Pictures");
        Option<BaseMapOptions>(services, "Airmap:BaseMap");
        services.AddSingleton<AtlasKeeper>();
        services.AddSingleton<Law>();
        services.AddRegisters();
        services.AddSingleton<RegisterBook>();
        services.AddSingleton<Bench>();
        services.AddSingleton<FireIndex>();
        services.AddSingleton<ILedgerFollower>(provider => provider.GetRequiredService<FireIndex>());
        services.AddSingleton<IHeatFollower, AttributedFires>();
        services.AddSingleton<GroupCommit>();
        services.AddSingleton<Waker>();
        services.AddSingleton<RegisterImport>();
        services.AddZones();
        services.AddSingleton<IntakePipeline>();
        services.AddAccounts();
        services.AddHostedService<Preparation>();
        services.AddHostedService(provider => provider.GetRequiredService<GroupCommit>());
    }

    /// <summary>The registers in the order in which people see them.</summary>
    static void AddRegisters(this IServiceCollection services)
    {
        services.AddSingleton<Register, PlantRegister>();
        services.AddSingleton<Register, BoilerRegister>();
        services.AddSingleton<Register, SiteRegister>();
        services.AddSingleton<Register, MachineRegister>();
        services.AddSingleton<Register, InspectionRegister>();
        services.AddSingleton<Register, MonitorRegister>();
        services.AddSingleton<Register, LandRegister>();
        services.AddSingleton<Register, YardRegister>();
        services.AddSingleton<Register, RoadRegister>();
        services.AddSingleton<Register, StationRegister>();
        services.AddSingleton<Register, ParkRegister>();
        services.AddSingleton<Register, EnterpriseRegister>();
        services.AddSingleton<Register, HeatSourceRegister>();
        services.AddSingleton<Register, CountyAirRegister>();
        services.AddSingleton<Register, FindingRegister>();
    }

    /// <summary>What only a running server has: clients, clocks and caches.</summary>
    public static void AddServing(this IServiceCollection services)
    {
        services.AddSingleton<Doorbell>();
        services.AddSingleton<Watchers>();
        services.AddHostedService(provider => provider.GetRequiredService<Watchers>());
        services.AddSigningIn();
        // Stops before the audit does: what it has to say is still written.
        services.AddSingleton<Deliveries>();
        services.AddHostedService(provider => provider.GetRequiredService<Deliveries>());
        services.AddSingleton<CountySummaries>();
        services.AddSingleton<Activity.ActivityBins>();
        services.AddDust();
        services.AddFeeds();
        services.AddSingleton<TileCache>();
        services.AddSingleton<TilePress>();
        services.AddSingleton<PictureStudio>();
        services.AddSingleton<Tianditu>();
        services.AddHostedService(provider => provider.GetRequiredService<Doorbell>());
        services.AddHostedService<LapseClock>();
        services.AddHostedService<EventRetention>();
        services.AddHostedService(provider => provider.GetRequiredService<Waker>());
        services.AddSingleton<AirIntake>();
        services.AddScoped<RegisterDesk>();
        services.AddParameters();
        services.AddScoped<FindingDesk>();
        services.AddHostedService<AirClock>();
        services.AddSignalR(hub =>
        {
            hub.KeepAliveInterval = TimeSpan.FromSeconds(5);
            hub.ClientTimeoutInterval = TimeSpan.FromSeconds(20);
            hub.MaximumReceiveMessageSize = 8 * 1024;
        }).AddMessagePackProtocol();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(System.Text.Json.JsonNamingPolicy.CamelCase));
            json.SerializerOptions.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });
        services.AddProblemDetails(problem => problem.CustomizeProblemDetails = Problems.Describe);
        Packing.Add(services);
        services.AddOpenApi();
        services.AddHealth();
        services.AddMetrics();
    }

    /// <summary>Listens to the doorbell, so it starts before that does.</summary>
    static void AddDust(this IServiceCollection services)
    {
        services.AddSingleton<DeviceBook>();
        services.AddHostedService(provider => provider.GetRequiredService<DeviceBook>());
        services.AddSingleton<Reception>();
        services.AddSingleton<Refusals>();
        services.AddSingleton<PendingMonitors>();
        services.AddSingleton<DeviceHealth>();
        services.AddSingleton<AddressCap>();
        services.AddSingleton<ReadingCommit>();
        services.AddHostedService(provider => provider.GetRequiredService<ReadingCommit>());
        services.AddSingleton<DustClock>();
        services.AddHostedService(provider => provider.GetRequiredService<DustClock>());
        services.AddSingleton<DeviceClock>();
        services.AddHostedService(provider => provider.GetRequiredService<DeviceClock>());
        services.AddSingleton<ReadingRetention>();
        services.AddHostedService(provider => provider.GetRequiredService<ReadingRetention>());
    }

    static void Option<T>(IServiceCollection services, string section)
        where T : class =>
        services.AddOptions<T>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
}
