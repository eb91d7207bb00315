using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NetTopologySuite.Geometries;

#nullable disable

namespace Linfen.AirMap.Data.Migrations
{
    /// <inheritdoc />
    public partial class Foundation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "airmap");

            migrationBuilder.AlterDatabase()
                .Annotation("Npgsql:PostgresExtension:postgis", ",,");

            migrationBuilder.CreateTable(
                name: "counties",
                schema: "airmap",
                columns: table => new
                {
                    code = table.Column<string>(type: "char(6)", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    name_en = table.Column<string>(type: "text", nullable: false),
                    boundary = table.Column<MultiPolygon>(type: "geometry(MultiPolygon,4490)", nullable: false),
                    label = table.Column<Point>(type: "geometry(Point,4490)", nullable: false),
                    area_square_kilometres = table.Column<double>(type: "double precision", nullable: false),
                    mercator = table.Column<Geometry>(type: "geometry(MultiPolygon,3857)", nullable: true, computedColumnSql: "public.st_transform(boundary, 3857)", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_counties", x => x.code);
                });

            migrationBuilder.CreateTable(
                name: "detections",
                schema: "airmap",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    feed = table.Column<string>(type: "text", nullable: false),
                    source_kind = table.Column<short>(type: "smallint", nullable: false),
                    detection_id = table.Column<string>(type: "text", nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    known_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    position = table.Column<Point>(type: "geometry(Point,4490)", nullable: false),
                    radius_metres = table.Column<double>(type: "double precision", nullable: false),
                    bearing_degrees = table.Column<double>(type: "double precision", nullable: true),
                    confidence = table.Column<double>(type: "double precision", nullable: true),
                    frp_megawatts = table.Column<double>(type: "double precision", nullable: true),
                    instrument = table.Column<string>(type: "text", nullable: true),
                    image_url = table.Column<string>(type: "text", nullable: true),
                    county = table.Column<string>(type: "char(6)", nullable: false),
                    fire_id = table.Column<Guid>(type: "uuid", nullable: true),
                    simulated = table.Column<bool>(type: "boolean", nullable: false),
                    content_digest = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_detections", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "event_head",
                schema: "airmap",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    epoch = table.Column<Guid>(type: "uuid", nullable: false),
                    last = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_event_head", x => x.id);
                    table.CheckConstraint("ck_event_head_single", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "events",
                schema: "airmap",
                columns: table => new
                {
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    county = table.Column<string>(type: "char(6)", nullable: true),
                    subject_id = table.Column<string>(type: "text", nullable: false),
                    data = table.Column<string>(type: "json", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_events", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "feeds",
                schema: "airmap",
                columns: table => new
                {
                    feed = table.Column<string>(type: "text", nullable: false),
                    source_kind = table.Column<short>(type: "smallint", nullable: false),
                    simulated = table.Column<bool>(type: "boolean", nullable: false),
                    last_known_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    today = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_feeds", x => new { x.feed, x.source_kind, x.simulated });
                });

            migrationBuilder.CreateTable(
                name: "fires",
                schema: "airmap",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<short>(type: "smallint", nullable: false),
                    county = table.Column<string>(type: "char(6)", nullable: false),
                    position = table.Column<Point>(type: "geometry(Point,4490)", nullable: false),
                    radius_metres = table.Column<double>(type: "double precision", nullable: false),
                    first_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    known_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    detections = table.Column<int>(type: "integer", nullable: false),
                    seen_by = table.Column<int[]>(type: "integer[]", nullable: false),
                    frp_megawatts = table.Column<double>(type: "double precision", nullable: true),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    verdict = table.Column<short>(type: "smallint", nullable: true),
                    verdict_reason = table.Column<string>(type: "text", nullable: true),
                    verdict_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    verdict_known_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    violation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    simulated = table.Column<bool>(type: "boolean", nullable: false),
                    mercator = table.Column<Geometry>(type: "geometry(Point,3857)", nullable: true, computedColumnSql: "public.st_transform(position, 3857)", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fires", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "parameters",
                schema: "airmap",
                columns: table => new
                {
                    code = table.Column<string>(type: "text", nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    title = table.Column<string>(type: "text", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: false),
                    serves = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "jsonb", nullable: false),
                    citation = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_parameters", x => new { x.code, x.effective_from });
                });

            migrationBuilder.CreateTable(
                name: "plants",
                schema: "airmap",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    capacity_megawatts = table.Column<double>(type: "double precision", nullable: false),
                    position = table.Column<Point>(type: "geometry(Point,4490)", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_plants", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "quarantined_detections",
                schema: "airmap",
                columns: table => new
                {
                    feed = table.Column<string>(type: "text", nullable: false),
                    source_kind = table.Column<short>(type: "smallint", nullable: false),
                    detection_id = table.Column<string>(type: "text", nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    known_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    longitude = table.Column<double>(type: "double precision", nullable: false),
                    latitude = table.Column<double>(type: "double precision", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    simulated = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_quarantined_detections", x => new { x.detection_id, x.feed, x.source_kind });
                });

            migrationBuilder.CreateTable(
                name: "undecidables",
                schema: "airmap",
                columns: table => new
                {
                    rule = table.Column<string>(type: "text", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_kind = table.Column<string>(type: "text", nullable: false),
                    subject_name = table.Column<string>(type: "text", nullable: false),
                    county = table.Column<string>(type: "char(6)", nullable: false),
                    missing = table.Column<string>(type: "text", nullable: false),
                    known_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    simulated = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_undecidables", x => new { x.rule, x.subject_id });
                });

            migrationBuilder.CreateTable(
                name: "violations",
                schema: "airmap",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    rule = table.Column<string>(type: "text", nullable: false),
                    article = table.Column<int>(type: "integer", nullable: false),
                    severity = table.Column<short>(type: "smallint", nullable: false),
                    subject_kind = table.Column<string>(type: "text", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_name = table.Column<string>(type: "text", nullable: false),
                    county = table.Column<string>(type: "char(6)", nullable: false),
                    zone = table.Column<string>(type: "text", nullable: true),
                    position = table.Column<Point>(type: "geometry(Point,4490)", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    known_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_known_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_reason = table.Column<string>(type: "text", nullable: true),
                    facts = table.Column<string>(type: "json", nullable: false),
                    parameters = table.Column<string>(type: "json", nullable: false),
                    evidence = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    lead = table.Column<string[]>(type: "text[]", nullable: false),
                    cooperating = table.Column<string[]>(type: "text[]", nullable: false),
                    responsible = table.Column<string>(type: "text", nullable: false),
                    simulated = table.Column<bool>(type: "boolean", nullable: false),
                    mercator = table.Column<Geometry>(type: "geometry(Point,3857)", nullable: true, computedColumnSql: "public.st_transform(position, 3857)", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_violations", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_counties_boundary",
                schema: "airmap",
                table: "counties",
                column: "boundary")
                .Annotation("Npgsql:IndexMethod", "gist");

            migrationBuilder.CreateIndex(
                name: "ix_detections_fire_id",
                schema: "airmap",
                table: "detections",
                column: "fire_id");

            migrationBuilder.CreateIndex(
                name: "ux_detections_identity",
                schema: "airmap",
                table: "detections",
                columns: new[] { "detection_id", "feed", "source_kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_fires_burning_or_lapsed",
                schema: "airmap",
                table: "fires",
                column: "county",
                filter: "status <= 2");

            migrationBuilder.CreateIndex(
                name: "ix_fires_first_seen_at",
                schema: "airmap",
                table: "fires",
                column: "first_seen_at");

            migrationBuilder.CreateIndex(
                name: "ix_fires_mercator",
                schema: "airmap",
                table: "fires",
                column: "mercator",
                filter: "status = 5")
                .Annotation("Npgsql:IndexMethod", "gist");

            migrationBuilder.CreateIndex(
                name: "ix_fires_mercator1",
                schema: "airmap",
                table: "fires",
                column: "mercator",
                filter: "status <> 5")
                .Annotation("Npgsql:IndexMethod", "gist");

            migrationBuilder.CreateIndex(
                name: "ix_plants_name",
                schema: "airmap",
                table: "plants",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_violations_closed_known_at",
                schema: "airmap",
                table: "violations",
                column: "closed_known_at",
                filter: "closed_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_violations_known_at",
                schema: "airmap",
                table: "violations",
                column: "known_at");

            migrationBuilder.CreateIndex(
                name: "ix_violations_mercator",
                schema: "airmap",
                table: "violations",
                column: "mercator",
                filter: "closed_at IS NULL")
                .Annotation("Npgsql:IndexMethod", "gist");

            migrationBuilder.CreateIndex(
                name: "ix_violations_open_county",
                schema: "airmap",
                table: "violations",
                column: "county",
                filter: "closed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_violations_opened_at_id",
                schema: "airmap",
                table: "violations",
                columns: new[] { "opened_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_violations_open_subject",
                schema: "airmap",
                table: "violations",
                columns: new[] { "subject_id", "rule" },
                unique: true,
                filter: "closed_at IS NULL");

            migrationBuilder.Sql("INSERT INTO airmap.event_head (id, epoch, last, at) VALUES (1, gen_random_uuid(), 0, now())");

            // Rows that are updated often keep room on their page, so that an update touches no index.
            migrationBuilder.Sql("ALTER TABLE airmap.event_head SET (fillfactor = 10)");
            migrationBuilder.Sql("ALTER TABLE airmap.feeds SET (fillfactor = 50)");
            migrationBuilder.Sql("ALTER TABLE airmap.fires SET (fillfactor = 80)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "counties",
                schema: "airmap");

            migrationBuilder.DropTable(
                name: "detections",
                schema: "airmap");

            migrationBuilder.DropTable(
                name: "event_head",
                schema: "airmap");

            migrationBuilder.DropTable(
                name: "events",
                schema: "airmap");

            migrationBuilder.DropTable(
                name: "feeds",
                schema: "airmap");

            migrationBuilder.DropTable(
                name: "fires",
                schema: "airmap");

            migrationBuilder.DropTable(
                name: "parameters",
                schema: "airmap");

            migrationBuilder.DropTable(
                name: "plants",
                schema: "airmap");

            migrationBuilder.DropTable(
                name: "quarantined_detections",
                schema: "airmap");

            migrationBuilder.DropTable(
                name: "undecidables",
                schema: "airmap");

            migrationBuilder.DropTable(
                name: "violations",
                schema: "airmap");
        }
    }
}
