using Linfen.AirMap.Counties;
using Linfen.AirMap.Events;
using Linfen.AirMap.Fires;
using Linfen.AirMap.Fires.Fusion;
using Linfen.AirMap.Intake;
using Linfen.AirMap.Violations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Data;

static class Mappings
{
    /// <summary>A copy in web Mercator, kept by the database, so that tiles need not transform a row each time.</summary>
    public static void HasMercatorCopy<T>(this EntityTypeBuilder<T> entity, string column, string geometryType)
        where T : class
    {
        entity.Property<Geometry>("mercator").HasColumnName("mercator").HasColumnType($"geometry({geometryType},3857)")
            .HasComputedColumnSql($"public.st_transform({column}, 3857)", stored: true);
    }
}

sealed class CountyMapping : IEntityTypeConfiguration<County>
{
    public void Configure(EntityTypeBuilder<County> builder)
    {
        builder.ToTable("counties").HasKey(c => c.Code);
        builder.Property(c => c.Code).HasColumnType("char(6)");
        builder.Property(c => c.Boundary).HasColumnType("geometry(MultiPolygon,4490)");
        builder.Property(c => c.Label).HasColumnType("geometry(Point,4490)");
        builder.HasMercatorCopy("boundary", "MultiPolygon");
        builder.HasIndex(c => c.Boundary).HasMethod("gist");
    }
}

sealed class FireMapping : IEntityTypeConfiguration<Fire>
{
    public void Configure(EntityTypeBuilder<Fire> builder)
    {
        builder.ToTable("fires").HasKey(f => f.Id);
        builder.Property(f => f.Id).ValueGeneratedNever();
        builder.Property(f => f.Status).HasConversion<short>();
        builder.Property(f => f.Verdict).HasConversion<short?>();
        builder.Property(f => f.County).HasColumnType("char(6)");
        builder.Property(f => f.Position).HasColumnType("geometry(Point,4490)");
        builder.HasMercatorCopy("position", "Point");
        builder.Ignore(f => f.IsBurning).Ignore(f => f.IsClosed).Ignore(f => f.IsAttributed).Ignore(f => f.IsLive).Ignore(f => f.LonLat);
        builder.HasIndex(f => f.FirstSeenAt);
        builder.HasIndex(f => f.County).HasFilter("status <= 2").HasDatabaseName("ix_fires_burning_or_lapsed");
        builder.HasIndex(["mercator"], "ix_fires_live_mercator").HasMethod("gist").HasFilter("status <> 5");
        builder.HasIndex(["mercator"], "ix_fires_history_mercator").HasMethod("gist").HasFilter("status = 5");
    }
}

sealed class FireTieMapping : IEntityTypeConfiguration<FireTie>
{
    public void Configure(EntityTypeBuilder<FireTie> builder)
    {
        builder.ToTable("fire_ties").HasKey(t => new { t.Act, t.DetectionId });
        builder.Property(t => t.Side).HasConversion<short>();
        builder.HasIndex(t => t.DetectionId);
    }
}

sealed class FireStayMapping : IEntityTypeConfiguration<FireStay>
{
    public void Configure(EntityTypeBuilder<FireStay> builder)
    {
        builder.ToTable("fire_stays").HasKey(s => new { s.DetectionId, s.UntilAt });
        builder.HasIndex(s => new { s.FireId, s.UntilAt });
    }
}

sealed class DetectionMapping : IEntityTypeConfiguration<Detection>
{
    public void Configure(EntityTypeBuilder<Detection> builder)
    {
        builder.ToTable("detections").HasKey(d => d.Id);
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.SourceKind).HasConversion<short>();
        builder.Property(d => d.County).HasColumnType("char(6)");
        builder.Property(d => d.Position).HasColumnType("geometry(Point,4490)");
        // What is simulated never stands in the way of what is real.
        builder.HasIndex(d => new { d.DetectionId, d.Feed, d.SourceKind, d.Simulated }).IsUnique().HasDatabaseName("ux_detections_identity");
        builder.HasIndex(d => d.FireId);
    }
}

sealed class QuarantineMapping : IEntityTypeConfiguration<QuarantinedDetection>
{
    public void Configure(EntityTypeBuilder<QuarantinedDetection> builder) =>
        builder.ToTable("quarantined_detections").HasKey(d => new { d.DetectionId, d.Feed, d.SourceKind, d.Simulated });
}

sealed class ViolationMapping : IEntityTypeConfiguration<Violation>
{
    public void Configure(EntityTypeBuilder<Violation> builder)
    {
        builder.ToTable("violations").HasKey(v => v.Id);
        builder.Property(v => v.Id).ValueGeneratedNever();
        builder.Property(v => v.Severity).HasConversion<short>();
        builder.Property(v => v.County).HasColumnType("char(6)");
        builder.Property(v => v.Position).HasColumnType("geometry(Point,4490)");
        // json, not jsonb: evidence stays as it was written, in the order in which it is told.
        builder.Property(v => v.Facts).HasColumnType("json");
        builder.Property(v => v.Parameters).HasColumnType("json");
        builder.Property(v => v.Standing).HasColumnType("json");
        builder.HasMercatorCopy("position", "Point");
        builder.Ignore(v => v.IsOpen).Ignore(v => v.RaisedAt);
        builder.HasIndex(v => new { v.OpenedAt, v.Id });
        builder.HasIndex(v => v.County).HasFilter("closed_at IS NULL").HasDatabaseName("ix_violations_open_county");
        builder.HasIndex(v => v.ClosedKnownAt).HasFilter("closed_at IS NOT NULL");
        builder.HasIndex(v => v.KnownAt);
        builder.HasIndex(["mercator"], "ix_violations_open_mercator").HasMethod("gist").HasFilter("closed_at IS NULL");
        // One open violation per rule and subject, whoever writes.
        builder.HasIndex(v => new { v.SubjectId, v.Rule }).IsUnique().HasFilter("closed_at IS NULL").HasDatabaseName("ux_violations_open_subject");
    }
}

sealed class UndecidableMapping : IEntityTypeConfiguration<Undecidable>
{
    public void Configure(EntityTypeBuilder<Undecidable> builder)
    {
        builder.ToTable("undecidables").HasKey(u => new { u.SubjectId, u.Rule });
        builder.Property(u => u.County).HasColumnType("char(6)");
    }
}

sealed class EventMapping : IEntityTypeConfiguration<EventRow>, IEntityTypeConfiguration<EventHead>
{
    public void Configure(EntityTypeBuilder<EventRow> builder)
    {
        builder.ToTable("events").HasKey(e => e.Seq);
        builder.Property(e => e.Seq).ValueGeneratedNever();
        builder.Property(e => e.County).HasColumnType("char(6)");
        // json, not jsonb: it is handed out as it was written, and never searched.
        builder.Property(e => e.Data).HasColumnType("json");
        builder.HasIndex(e => new { e.SubjectId, e.Seq }).HasFilter("type LIKE 'fire.%'").HasDatabaseName("ix_events_of_fires");
        builder.HasIndex(["SubjectId", "Seq"], "ix_events_of_violations").HasDatabaseName("ix_events_of_violations").HasFilter("type LIKE 'violation.%'");
        builder.HasIndex(["Seq"], "ix_events_news").HasDatabaseName("ix_events_news").HasFilter("type NOT IN ('reading.stored', 'air.changed')");
        builder.HasIndex(["Seq"], "ix_events_cleared").HasDatabaseName("ix_events_cleared").HasFilter("type = 'simulation.cleared'");
    }

    public void Configure(EntityTypeBuilder<EventHead> builder)
    {
        builder.ToTable("event_head", t => t.HasCheckConstraint("ck_event_head_single", "id = 1")).HasKey(h => h.Id);
        builder.Property(h => h.Id).ValueGeneratedNever();
    }
}

sealed class FeedMapping : IEntityTypeConfiguration<FeedState>
{
    public void Configure(EntityTypeBuilder<FeedState> builder)
    {
        builder.ToTable("feeds").HasKey(f => new { f.Feed, f.SourceKind, f.Simulated });
        builder.Property(f => f.SourceKind).HasConversion<short>();
    }
}

sealed class ParameterMapping : IEntityTypeConfiguration<ParameterRow>
{
    public void Configure(EntityTypeBuilder<ParameterRow> builder)
    {
        builder.ToTable("parameters").HasKey(p => new { p.Code, p.EffectiveFrom });
        builder.Property(p => p.Value).HasColumnType("jsonb");
    }
}
