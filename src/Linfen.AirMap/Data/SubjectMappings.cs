using Linfen.AirMap.Rulings;
using Linfen.AirMap.Subjects;
using Linfen.AirMap.Zones;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linfen.AirMap.Data;

sealed class SubjectMapping : IEntityTypeConfiguration<Subject>, IEntityTypeConfiguration<SubjectVersion>, IEntityTypeConfiguration<DeviceState>, IEntityTypeConfiguration<Wake>
{
    public void Configure(EntityTypeBuilder<Subject> builder)
    {
        builder.ToTable("subjects").HasKey(s => s.Id);
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.County).HasColumnType("char(6)");
        builder.Property(s => s.Shape).HasColumnType("geometry(Geometry,4490)");
        builder.Property(s => s.Position).HasColumnType("geometry(Point,4490)");
        // json, not jsonb: the text is compared, and its order is the register's.
        builder.Property(s => s.Values).HasColumnName("fields").HasColumnType("json");
        builder.HasMercatorCopy("coalesce(shape, position)", "Geometry");
        builder.Ignore(s => s.Fields);
        // One entry per key, whoever writes; simulated ones beside the real ones.
        builder.HasIndex(s => new { s.Kind, s.Key, s.Simulated }).IsUnique().HasDatabaseName("ux_subjects_key");
        builder.HasIndex(s => new { s.Kind, s.ChangedAt, s.Id });
        builder.HasIndex(s => new { s.Kind, s.Name });
        builder.HasIndex(s => s.ParentId).HasFilter("parent_id IS NOT NULL");
        builder.HasIndex(["mercator"], "ix_subjects_mercator").HasMethod("gist");
        builder.HasIndex(s => s.Shape).HasMethod("gist");
    }

    public void Configure(EntityTypeBuilder<SubjectVersion> builder)
    {
        builder.ToTable("subject_versions").HasKey(v => new { v.SubjectId, v.Version });
        builder.Property(v => v.Data).HasColumnType("json");
        builder.HasIndex(v => new { v.Kind, v.At });
    }

    public void Configure(EntityTypeBuilder<DeviceState> builder)
    {
        builder.ToTable("device_states").HasKey(d => d.SubjectId);
        builder.Property(d => d.Dust).HasColumnType("json");
        builder.Ignore(d => d.Means);
        builder.Property(d => d.SubjectId).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<Wake> builder)
    {
        builder.ToTable("wakes").HasKey(w => w.SubjectId);
        builder.Property(w => w.SubjectId).ValueGeneratedNever();
        builder.HasIndex(w => w.At);
    }
}

sealed class ZoneMapping : IEntityTypeConfiguration<ZoneVersion>
{
    public void Configure(EntityTypeBuilder<ZoneVersion> builder)
    {
        builder.ToTable("zone_versions").HasKey(z => new { z.Id, z.Version });
        builder.Property(z => z.Id).ValueGeneratedNever();
        builder.Property(z => z.Version).ValueGeneratedNever();
        builder.Property(z => z.Kind).HasConversion<short>();
        builder.Property(z => z.Status).HasConversion<short>();
        builder.Property(z => z.Shape).HasColumnType("geometry(MultiPolygon,4490)");
        builder.HasMercatorCopy("shape", "MultiPolygon");
        builder.Ignore(z => z.ETag).Ignore(z => z.WasEverInForce);
        builder.HasIndex(["mercator"], "ix_zone_versions_mercator").HasMethod("gist");
        builder.HasIndex(z => new { z.ChangedAt, z.Id });
    }
}
