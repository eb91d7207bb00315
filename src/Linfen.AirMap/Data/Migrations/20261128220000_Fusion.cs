using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linfen.AirMap.Data.Migrations
{
    /// <summary>Fires that became one with others, and what people said of detections when they merged and split fires.</summary>
    [DbContext(typeof(AirMapDb))]
    [Migration("20261128220000_Fusion")]
    public class Fusion : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
            """
            ALTER TABLE airmap.fires ADD COLUMN merged_into uuid, ADD COLUMN is_tied boolean NOT NULL DEFAULT false;
            CREATE TABLE airmap.fire_ties (
                act uuid NOT NULL,
                detection_id uuid NOT NULL,
                side smallint NOT NULL,
                CONSTRAINT pk_fire_ties PRIMARY KEY (act, detection_id)
            );
            CREATE INDEX ix_fire_ties_detection_id ON airmap.fire_ties (detection_id);
            CREATE INDEX ix_events_of_fires ON airmap.events (subject_id, seq) WHERE type LIKE 'fire.%';
            """);

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
            """
            DROP INDEX airmap.ix_events_of_fires;
            DROP TABLE airmap.fire_ties;
            ALTER TABLE airmap.fires DROP COLUMN merged_into, DROP COLUMN is_tied;
            """);
    }
}
