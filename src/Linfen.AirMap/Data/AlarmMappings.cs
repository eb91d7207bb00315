using Linfen.AirMap.Alarms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linfen.AirMap.Data;

sealed class AlarmMapping : IEntityTypeConfiguration<Alarm>, IEntityTypeConfiguration<AlarmRule>
{
    public void Configure(EntityTypeBuilder<Alarm> builder)
    {
        builder.ToTable("alarms").HasKey(a => a.Id);
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.County).HasColumnType("char(6)");
        builder.Property(a => a.Severity).HasConversion<short>();
        builder.Ignore(a => a.Status);
        // Of all alarms only the open ones are read often, and every fire that comes pays for an index.
        builder.HasIndex(a => new { a.RaisedAt, a.Id }).HasFilter("acknowledged_at IS NULL AND ended_at IS NULL").HasDatabaseName("ix_alarms_open");
        builder.HasIndex(a => a.ViolationId).HasFilter("ended_at IS NULL").HasDatabaseName("ix_alarms_of_violations");
    }

    public void Configure(EntityTypeBuilder<AlarmRule> builder)
    {
        builder.ToTable("alarm_rules").HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
    }
}
