using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linfen.AirMap.Data.Migrations
{
    /// <summary>
    /// Subjects by where they lie, for zones and for lists within a box. An index of an expression, which the model cannot name;
    /// queries have to say coalesce(shape, position) just so.
    /// </summary>
    [DbContext(typeof(AirMapDb))]
    [Migration("20261124193100_SubjectsByPlace")]
    public class SubjectsByPlace : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("CREATE INDEX ix_subjects_place ON airmap.subjects USING gist (coalesce(shape, position))");

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP INDEX airmap.ix_subjects_place");
    }
}
