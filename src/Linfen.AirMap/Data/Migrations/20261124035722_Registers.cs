using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NetTopologySuite.Geometries;

#nullable disable

namespace Linfen.AirMap.Data.Migrations
{
    /// <inheritdoc />
    public partial class Registers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "plants",
                schema: "airmap");

            migrationBuilder.AlterColumn<string>(
                name: "county",
                schema: "airmap",
                table: "undecidables",
                type: "char(6)",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "char(6)");

            migrationBuilder.AddColumn<long>(
                name: "law_seq",
                schema: "airmap",
                table: "event_head",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "device_states",
                schema: "airmap",
                columns: table => new
                {
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    last_data_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    simulated = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_device_states", x => x.subject_id);
                });

            migrationBuilder.CreateTable(
                name: "subject_versions",
                schema: "airmap",
                columns: table => new
                {
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    changed_by = table.Column<string>(type: "text", nullable: false),
                    data = table.Column<string>(type: "json", nullable: false),
                    simulated = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_subject_versions", x => new { x.subject_id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "subjects",
                schema: "airmap",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "text", nullable: true),
                    name = table.Column<string>(type: "text", nullable: false),
                    county = table.Column<string>(type: "char(6)", nullable: true),
                    shape = table.Column<Geometry>(type: "geometry(Geometry,4490)", nullable: true),
                    position = table.Column<Point>(type: "geometry(Point,4490)", nullable: true),
                    parent_id = table.Column<Guid>(type: "uuid", nullable: true),
                    fields = table.Column<string>(type: "json", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    known_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    simulated = table.Column<bool>(type: "boolean", nullable: false),
                    mercator = table.Column<Geometry>(type: "geometry(Geometry,3857)", nullable: true, computedColumnSql: "public.st_transform(coalesce(shape, position), 3857)", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_subjects", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "wakes",
                schema: "airmap",
                columns: table => new
                {
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_wakes", x => x.subject_id);
                });

            migrationBuilder.CreateTable(
                name: "zone_versions",
                schema: "airmap",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    shape = table.Column<MultiPolygon>(type: "geometry(MultiPolygon,4490)", nullable: false),
                    status = table.Column<short>(type: "smallint", nullable: false),
                    document_number = table.Column<string>(type: "text", nullable: true),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: true),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    authority = table.Column<string>(type: "text", nullable: true),
                    minimum_stage = table.Column<int>(type: "integer", nullable: true),
                    note = table.Column<string>(type: "text", nullable: true),
                    changed_by = table.Column<string>(type: "text", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    known_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    simulated = table.Column<bool>(type: "boolean", nullable: false),
                    mercator = table.Column<Geometry>(type: "geometry(MultiPolygon,3857)", nullable: true, computedColumnSql: "public.st_transform(shape, 3857)", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_zone_versions", x => new { x.id, x.version });
                });

            migrationBuilder.CreateIndex(
                name: "ix_subject_versions_kind_at",
                schema: "airmap",
                table: "subject_versions",
                columns: new[] { "kind", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_subjects_kind_changed_at_id",
                schema: "airmap",
                table: "subjects",
                columns: new[] { "kind", "changed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_subjects_kind_name",
                schema: "airmap",
                table: "subjects",
                columns: new[] { "kind", "name" });

            migrationBuilder.CreateIndex(
                name: "ix_subjects_mercator",
                schema: "airmap",
                table: "subjects",
                column: "mercator")
                .Annotation("Npgsql:IndexMethod", "gist");

            migrationBuilder.CreateIndex(
                name: "ix_subjects_parent_id",
                schema: "airmap",
                table: "subjects",
                column: "parent_id",
                filter: "parent_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_subjects_shape",
                schema: "airmap",
                table: "subjects",
                column: "shape")
                .Annotation("Npgsql:IndexMethod", "gist");

            migrationBuilder.CreateIndex(
                name: "ux_subjects_key",
                schema: "airmap",
                table: "subjects",
                columns: new[] { "kind", "key", "simulated" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_wakes_at",
                schema: "airmap",
                table: "wakes",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_zone_versions_changed_at_id",
                schema: "airmap",
                table: "zone_versions",
                columns: new[] { "changed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_zone_versions_mercator",
                schema: "airmap",
                table: "zone_versions",
                column: "mercator")
                .Annotation("Npgsql:IndexMethod", "gist");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "device_states",
                schema: "airmap");

            migrationBuilder.DropTable(
                name: "subject_versions",
                schema: "airmap");

            migrationBuilder.DropTable(
                name: "subjects",
                schema: "airmap");

            migrationBuilder.DropTable(
                name: "wakes",
                schema: "airmap");

            migrationBuilder.DropTable(
                name: "zone_versions",
                schema: "airmap");

            migrationBuilder.DropColumn(
                name: "law_seq",
                schema: "airmap",
                table: "event_head");

            migrationBuilder.AlterColumn<string>(
                name: "county",
                schema: "airmap",
                table: "undecidables",
                type: "char(6)",
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "char(6)",
                oldNullable: true);

            migrationBuilder.CreateTable(
                name: "plants",
                schema: "airmap",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    capacity_megawatts = table.Column<double>(type: "double precision", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    position = table.Column<Point>(type: "geometry(Point,4490)", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_plants", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_plants_name",
                schema: "airmap",
                table: "plants",
                column: "name",
                unique: true);
        }
    }
}
