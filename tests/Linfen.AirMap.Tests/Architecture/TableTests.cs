using Linfen.AirMap.Data;
using Linfen.AirMap.Tests.Architecture.BrokenOnPurpose;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Xunit;

namespace Linfen.AirMap.Tests.Architecture;

/// <summary>What the mapping of the tables shows.</summary>
public sealed class TableTests
{
    [Fact]
    public void Stored_geometry_is_CGCS2000_but_for_the_copy_that_the_database_keeps_for_tiles()
    {
        using var db = Open<AirMapDb>(options => new AirMapDb(options));
        var geometry = Geometry(db.Model).ToList();

        Assert.Empty(OfAnotherSystem(db.Model));
        Assert.Contains(geometry, p => p.DeclaringType.ClrType == typeof(AirMap.Counties.County));
        Assert.Equal(7, geometry.Count(p => p.Name != "mercator" && p.Name != "Label"));
    }

    [Fact]
    public void Geometry_of_another_system_is_reported()
    {
        using var db = Open<BrokenTables>(options => new BrokenTables(options));
        Assert.Equal(["Marks.Drifting", "Marks.Loose", "Marks.mercator"], OfAnotherSystem(db.Model));
    }

    [Fact]
    public void Entities_change_only_by_their_own_methods()
    {
        using var db = Open<AirMapDb>(options => new AirMapDb(options));
        Assert.Empty(WithOpenSetters(db.Model));

        using var broken = Open<BrokenTables>(options => new BrokenTables(options));
        Assert.Equal(["Marks.Drifting"], WithOpenSetters(broken.Model));
    }

    static T Open<T>(Func<DbContextOptions<T>, T> create)
        where T : DbContext
    {
        var options = new DbContextOptionsBuilder<T>();
        Database.Configure(options, NpgsqlDataSource.Create("Host=nowhere"));
        return create(options.Options);
    }

    static IEnumerable<IProperty> Geometry(IModel model) =>
        model.GetEntityTypes().SelectMany(e => e.GetProperties()).Where(p => p.GetColumnType().StartsWith("geo", StringComparison.Ordinal));

    static List<string> OfAnotherSystem(IModel model) =>
    [
        .. Geometry(model).Where(p => p.Name == "mercator"
                ? p.GetComputedColumnSql() is null || !p.GetColumnType().EndsWith(",3857)", StringComparison.Ordinal)
                : !p.GetColumnType().EndsWith(",4490)", StringComparison.Ordinal))
            .Select(Name).Order(StringComparer.Ordinal),
    ];

    static List<string> WithOpenSetters(IModel model) =>
    [
        .. model.GetEntityTypes().SelectMany(e => e.GetProperties())
            .Where(p => p.PropertyInfo?.SetMethod is { IsPublic: true } set
                && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)))
            .Select(Name).Order(StringComparer.Ordinal),
    ];

    static string Name(IProperty property) => $"{property.DeclaringType.ClrType.Name}.{property.Name}";
}
