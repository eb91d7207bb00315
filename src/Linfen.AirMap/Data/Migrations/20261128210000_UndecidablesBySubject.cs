using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linfen.AirMap.Data.Migrations
{
    /// <summary>
    /// The points of fires and violations are indexed by quarters of space (SP-GiST): a new point costs three quarters of what it does in a GiST, which weighs
    /// boxes against each other; tiles read them as quickly. What is undecided is looked up by subject, so the key begins with it: a full
    /// re-decision read the whole index for every few hundred subjects.
    /// </summary>
    [DbContext(typeof(AirMapDb))]
    [Migration("20261128210000_LeanIndexes")]
    public class LeanIndexes : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => Rebuild(migrationBuilder, "spgist", "subject_id, rule");

        protected override void Down(MigrationBuilder migrationBuilder) => Rebuild(migrationBuilder, "gist", "rule, subject_id");

        static void Rebuild(MigrationBuilder migrationBuilder, string method, string key) => migrationBuilder.Sql(
            $"""
            DROP INDEX airmap.ix_fires_mercator, airmap.ix_fires_mercator1, airmap.ix_violations_mercator;
            CREATE INDEX ix_fires_mercator ON airmap.fires USING {method} (mercator) WHERE status = 5;
            CREATE INDEX ix_fires_mercator1 ON airmap.fires USING {method} (mercator) WHERE status <> 5;
            CREATE INDEX ix_violations_mercator ON airmap.violations USING {method} (mercator) WHERE closed_at IS NULL;
            ALTER TABLE airmap.undecidables DROP CONSTRAINT pk_undecidables, ADD CONSTRAINT pk_undecidables PRIMARY KEY ({key});
            """);
    }
}
