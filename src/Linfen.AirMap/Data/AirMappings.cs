using Linfen.AirMap.Air;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linfen.AirMap.Data;

sealed class AirMapping : IEntityTypeConfiguration<AirValue>, IEntityTypeConfiguration<AirCorrection>, IEntityTypeConfiguration<AirDay>
{
    public void Configure(EntityTypeBuilder<AirValue> builder)
    {
        // The key is the identity, and the way in which values are read: one station, one factor, a range of time.
        builder.ToTable("air_values").HasKey(v => new { v.StationId, v.Factor, v.Interval, v.At });
        builder.Property(v => v.Factor).HasConversion<short>();
        builder.Property(v => v.Interval).HasConversion<short>();
    }

    public void Configure(EntityTypeBuilder<AirCorrection> builder)
    {
        builder.ToTable("air_corrections").HasKey(c => new { c.StationId, c.Factor, c.Interval, c.At, c.ReplacedAt });
        builder.Property(c => c.Factor).HasConversion<short>();
        builder.Property(c => c.Interval).HasConversion<short>();
    }

    public void Configure(EntityTypeBuilder<AirDay> builder)
    {
        builder.ToTable("air_days").HasKey(d => new { d.StationId, d.Factor, d.Day });
        builder.Property(d => d.Factor).HasConversion<short>();
    }
}
