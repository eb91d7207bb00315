using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linfen.AirMap.Data.Migrations
{
    /// <summary>
    /// What is undecided is looked up by subject, so the key begins with it: a full re-decision read the whole index for every few hundred subjects.
    /// </summary>
    [DbContext(typeof(AirMapDb))]
    [Migration("20261128210000_UndecidablesBySubject")]
    public class UndecidablesBySubject : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => Key(migrationBuilder, "subject_id, rule");

        protected override void Down(MigrationBuilder migrationBuilder) => Key(migrationBuilder, "rule, subject_id");

        static void Key(MigrationBuilder migrationBuilder, string columns) => migrationBuilder.Sql(
            $"ALTER TABLE airmap.undecidables DROP CONSTRAINT pk_undecidables, ADD CONSTRAINT pk_undecidables PRIMARY KEY ({columns});");
    }
}
