using Linfen.AirMap.Accounts;
using Linfen.AirMap.Activity;
using Linfen.AirMap.Air;
using Linfen.AirMap.Alarms;
using Linfen.AirMap.Audit;
using Linfen.AirMap.BaseMaps;
using Linfen.AirMap.Counties;
using Linfen.AirMap.Data;
using Linfen.AirMap.Dust;
using Linfen.AirMap.Events;
using Linfen.AirMap.Feeds;
using Linfen.AirMap.Feeds.Webhooks;
using Linfen.AirMap.Findings;
using Linfen.AirMap.Fires;
using Linfen.AirMap.HeatSources;
using Linfen.AirMap.Intake;
using Linfen.AirMap.Parameters;
using Linfen.AirMap.Photos;
using Linfen.AirMap.Pictures;
using Linfen.AirMap.Registers;
using Linfen.AirMap.Search;
using Linfen.AirMap.Simulation;
using Linfen.AirMap.Tiles;
using Linfen.AirMap.Violations;
using Linfen.AirMap.Zones;
using Scalar.AspNetCore;
using Serilog;

namespace Linfen.AirMap.Hosting;

/// <summary>Builds the server: settings in, a web application out.</summary>
static class Server
{
    public static WebApplication Build(Settings settings, string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddSerilog((_, log) => Logging.Configure(log, settings.Home));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            Listening.Open(kestrel, settings, builder.Configuration);
        });
        builder.Services.AddAirMap(settings);
        builder.Services.AddServing();
        builder.Services.AddGovernmentSignIn(builder.Configuration, settings);
        adjust?.Invoke(builder);

        var app = builder.Build();
        app.UseProxies();
        app.UseSerilogRequestLogging(Logging.Requests);
        app.UseSecurityHeaders();
        app.UseResponseCompression();
        app.UseProblems();
        app.UseWebClient(settings);
        app.UseAccounts();
        app.MapHealth();
        app.MapOpenApi().Open("The description of the interface.");
        app.MapScalarApiReference("/docs", ReferencePage.Configure).Open("The description of the interface.");
        app.MapSessions();
        app.MapAccounts();
        app.MapKeys();
        app.MapKiosks();
        app.MapAudit();
        app.MapIntake();
        app.MapFeeds();
        app.MapWebhooks();
        app.MapFires();
        app.MapSearch();
        app.MapFirePrecision();
        app.MapViolations();
        app.MapRules();
        app.MapAlarms();
        app.MapCounties();
        app.MapPictures();
        app.MapBaseMaps();
        app.MapActivity();
        app.MapParameters();
        app.MapRegisters();
        app.MapHeatSources();
        app.MapZones();
        app.MapAir();
        app.MapReadings();
        app.MapPendingMonitors();
        app.MapQuarantine();
        app.MapFindings();
        app.MapPhotos();
        app.MapEvents();
        app.MapTiles();
        app.MapSimulation();
        return app;
    }
}
