using Linfen.AirMap.Feeds;
using Linfen.AirMap.Feeds.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linfen.AirMap.Data;

sealed class FeedWatchMapping : IEntityTypeConfiguration<FeedWatch>, IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<FeedWatch> builder)
    {
        builder.ToTable("feed_watches").HasKey(w => new { w.Feed, w.SourceKind });
        builder.Property(w => w.SourceKind).HasConversion<short>();
        builder.Property(w => w.Failures).HasDefaultValue(0);
        builder.Property(w => w.Today).HasDefaultValue(0L);
    }

    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.ToTable("webhooks").HasKey(w => w.Name);
        builder.Property(w => w.SourceKind).HasConversion<short>();
        // json, not jsonb: it is handed out as it was written.
        builder.Property(w => w.Mapping).HasColumnType("json");
    }
}
