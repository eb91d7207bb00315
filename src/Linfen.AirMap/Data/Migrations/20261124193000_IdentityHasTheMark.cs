using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linfen.AirMap.Data.Migrations
{
    /// <summary>A simulated detection and a real one of the same feed and id are two.</summary>
    [DbContext(typeof(AirMapDb))]
    [Migration("20261124193000_IdentityHasTheMark")]
    public class IdentityHasTheMark : Migration
    {
        static readonly string[] Before = ["detection_id", "feed", "source_kind"];
        static readonly string[] After = [.. Before, "simulated"];

        protected override void Up(MigrationBuilder migrationBuilder) => Replace(migrationBuilder, After);

        protected override void Down(MigrationBuilder migrationBuilder) => Replace(migrationBuilder, Before);

        static void Replace(MigrationBuilder migration, string[] columns)
        {
            migration.DropIndex("ux_detections_identity", schema: "airmap", table: "detections");
            migration.CreateIndex("ux_detections_identity", schema: "airmap", table: "detections", columns: columns, unique: true);
            migration.DropPrimaryKey("pk_quarantined_detections", schema: "airmap", table: "quarantined_detections");
            migration.AddPrimaryKey("pk_quarantined_detections", schema: "airmap", table: "quarantined_detections", columns: columns);
        }
    }
}
