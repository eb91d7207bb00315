using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linfen.AirMap.Data.Migrations
{
    /// <summary>
    /// What was known at a moment is read from the log: each violation's events by themselves, what is news without the measurements between it (hundreds of
    /// monitors speak every minute), and when everything simulated was taken away.
    /// </summary>
    [DbContext(typeof(AirMapDb))]
    [Migration("20261128233000_LogByKind")]
    public class LogByKind : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
            """
            CREATE INDEX ix_events_of_violations ON airmap.events (subject_id, seq) WHERE type LIKE 'violation.%';
            CREATE INDEX ix_events_news ON airmap.events (seq) WHERE type NOT IN ('reading.stored', 'air.changed');
            CREATE INDEX ix_events_cleared ON airmap.events (seq) WHERE type = 'simulation.cleared';
            """);

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
            """
            DROP INDEX airmap.ix_events_of_violations;
            DROP INDEX airmap.ix_events_news;
            DROP INDEX airmap.ix_events_cleared;
            """);
    }
}
