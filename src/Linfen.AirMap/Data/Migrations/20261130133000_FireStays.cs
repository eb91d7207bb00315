using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linfen.AirMap.Data.Migrations
{
    /// <summary>With which fires detections rested before. What was merged and split earlier is not known any more.</summary>
    [DbContext(typeof(AirMapDb))]
    [Migration("20261130133000_FireStays")]
    public class FireStays : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
            """
            CREATE TABLE airmap.fire_stays (
                detection_id uuid NOT NULL,
                fire_id uuid NOT NULL,
                until_at timestamptz NOT NULL,
                CONSTRAINT pk_fire_stays PRIMARY KEY (detection_id, until_at)
            );
            CREATE INDEX ix_fire_stays_fire_id_until_at ON airmap.fire_stays (fire_id, until_at);
            """);

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE airmap.fire_stays;");
    }
}
