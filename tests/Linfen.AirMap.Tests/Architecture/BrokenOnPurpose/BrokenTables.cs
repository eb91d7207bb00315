using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Tests.Architecture.BrokenOnPurpose;

/// <summary>Geometry in WGS 84, without a system, and in web Mercator that nobody generates.</summary>
sealed class BrokenTables(DbContextOptions<BrokenTables> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        var marks = modelBuilder.Entity<Marks>();
        marks.Property(m => m.Drifting).HasColumnType("geometry(Point,4326)");
        marks.Property(m => m.Loose).HasColumnType("geometry");
        marks.Property(m => m.Sound).HasColumnType("geometry(Point,4490)");
        marks.Property<Point>("mercator").HasColumnType("geometry(Point,3857)");
    }

    internal sealed class Marks
    {
        public Guid Id { get; private set; }

        public Point Drifting { get; set; } = Point.Empty;

        public Point Loose { get; private set; } = Point.Empty;

        public Point Sound { get; private set; } = Point.Empty;
    }
}
