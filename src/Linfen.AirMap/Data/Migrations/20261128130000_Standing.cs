using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linfen.AirMap.Data.Migrations
{
    /// <summary>
    /// Beside the opening decision of a violation the one that stands now; monitors are told apart by their MN, of which each has the
    /// first that was registered.
    /// </summary>
    [DbContext(typeof(AirMapDb))]
    [Migration("20261128130000_Standing")]
    public class Standing : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(name: "standing", schema: "airmap", table: "violations", type: "json", nullable: true);
            migrationBuilder.Sql(
                """
                UPDATE airmap.subjects s SET key = 'mn:' || (s.fields->>'mn') WHERE s.kind = 'monitor' AND s.id = (
                    SELECT f.id FROM airmap.subjects f WHERE f.kind = 'monitor' AND f.simulated = s.simulated AND f.fields->>'mn' = s.fields->>'mn' ORDER BY f.id LIMIT 1);
                """);
        }

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropColumn(name: "standing", schema: "airmap", table: "violations");
    }
}
