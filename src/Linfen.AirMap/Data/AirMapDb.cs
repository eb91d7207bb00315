using Linfen.AirMap.Accounts;
using Linfen.AirMap.Alarms;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Counties;
using Linfen.AirMap.Events;
using Linfen.AirMap.Feeds;
using Linfen.AirMap.Feeds.Webhooks;
using Linfen.AirMap.Fires;
using Linfen.AirMap.Intake;
using Linfen.AirMap.Subjects;
using Linfen.AirMap.Violations;
using Linfen.AirMap.Zones;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Data;

/// <summary>The product's tables (schema <c>airmap</c>). Reading and registers use it; bulk writing and tiles use the data source.</summary>
public sealed class AirMapDb(DbContextOptions<AirMapDb> options) : DbContext(options)
{
    public const string Schema = "airmap";

    /// <summary>CGCS2000 geographic.</summary>
    public const int Srid = 4490;

    public DbSet<County> Counties => Set<County>();

    public DbSet<Fire> Fires => Set<Fire>();

    public DbSet<Detection> Detections => Set<Detection>();

    public DbSet<Fires.Fusion.FireTie> FireTies => Set<Fires.Fusion.FireTie>();

    public DbSet<FireStay> FireStays => Set<FireStay>();

    public DbSet<QuarantinedDetection> Quarantine => Set<QuarantinedDetection>();

    public DbSet<Violation> Violations => Set<Violation>();

    internal DbSet<Alarm> Alarms => Set<Alarm>();

    internal DbSet<AlarmRule> AlarmRules => Set<AlarmRule>();

    public DbSet<Undecidable> Undecidables => Set<Undecidable>();

    public DbSet<EventRow> Events => Set<EventRow>();

    public DbSet<EventHead> EventHeads => Set<EventHead>();

    public DbSet<FeedState> Feeds => Set<FeedState>();

    internal DbSet<FeedWatch> FeedWatches => Set<FeedWatch>();

    internal DbSet<Webhook> Webhooks => Set<Webhook>();

    public DbSet<ParameterRow> Parameters => Set<ParameterRow>();

    internal DbSet<Subject> Subjects => Set<Subject>();

    internal DbSet<SubjectVersion> SubjectVersions => Set<SubjectVersion>();

    internal DbSet<ZoneVersion> ZoneVersions => Set<ZoneVersion>();

    internal DbSet<Account> Accounts => Set<Account>();

    internal DbSet<Session> Sessions => Set<Session>();

    internal DbSet<MachineKey> Keys => Set<MachineKey>();

    internal DbSet<KioskRequest> KioskRequests => Set<KioskRequest>();

    internal DbSet<AuditRow> Audit => Set<AuditRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AirMapDb).Assembly);
    }
}
