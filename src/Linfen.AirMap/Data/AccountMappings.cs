using Linfen.AirMap.Accounts;
using Linfen.AirMap.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linfen.AirMap.Data;

sealed class AccountMapping :
    IEntityTypeConfiguration<Account>, IEntityTypeConfiguration<Session>, IEntityTypeConfiguration<MachineKey>, IEntityTypeConfiguration<KioskRequest>,
    IEntityTypeConfiguration<AuditRow>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("accounts").HasKey(a => a.Id);
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.PrimitiveCollection(a => a.Roles).ElementType(e => e.HasConversion<string>());
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.Ignore(a => a.IsAdministrator);
        builder.HasIndex(a => a.NormalizedName).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("sessions").HasKey(s => s.Id);
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Kind).HasConversion<short>();
        builder.HasIndex(s => s.Hash).IsUnique();
        builder.HasIndex(s => s.AccountId);
    }

    public void Configure(EntityTypeBuilder<MachineKey> builder)
    {
        builder.ToTable("keys").HasKey(k => k.Id);
        builder.Property(k => k.Id).ValueGeneratedNever();
        builder.Property(k => k.Kind).HasConversion<short>();
        builder.PrimitiveCollection(k => k.Permissions).ElementType(e => e.HasConversion<string>());
        builder.HasIndex(k => k.Hash).IsUnique();
    }

    public void Configure(EntityTypeBuilder<KioskRequest> builder)
    {
        builder.ToTable("kiosk_requests").HasKey(k => k.Id);
        builder.Property(k => k.Id).ValueGeneratedNever();
        builder.HasIndex(k => k.Code).IsUnique();
        builder.HasIndex(k => k.Hash).IsUnique();
    }

    public void Configure(EntityTypeBuilder<AuditRow> builder)
    {
        builder.ToTable("audit").HasKey(a => a.Id);
        builder.Property(a => a.Id).UseIdentityAlwaysColumn();
        builder.Property(a => a.Before).HasColumnType("jsonb");
        builder.Property(a => a.After).HasColumnType("jsonb");
        builder.HasIndex(a => a.At);
    }
}
