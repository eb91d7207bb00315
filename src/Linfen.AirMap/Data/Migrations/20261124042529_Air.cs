using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linfen.AirMap.Data.Migrations
{
    /// <inheritdoc />
    public partial class Air : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "air_corrections",
                schema: "airmap",
                columns: table => new
                {
                    station_id = table.Column<Guid>(type: "uuid", nullable: false),
                    factor = table.Column<short>(type: "smallint", nullable: false),
                    interval = table.Column<short>(type: "smallint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    replaced_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    value = table.Column<double>(type: "double precision", nullable: false),
                    valid = table.Column<bool>(type: "boolean", nullable: false),
                    simulated = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_air_corrections", x => new { x.station_id, x.factor, x.interval, x.at, x.replaced_at });
                });

            migrationBuilder.CreateTable(
                name: "air_days",
                schema: "airmap",
                columns: table => new
                {
                    station_id = table.Column<Guid>(type: "uuid", nullable: false),
                    factor = table.Column<short>(type: "smallint", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    mean = table.Column<double>(type: "double precision", nullable: false),
                    hours = table.Column<short>(type: "smallint", nullable: true),
                    simulated = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_air_days", x => new { x.station_id, x.factor, x.day });
                });

            migrationBuilder.CreateTable(
                name: "air_values",
                schema: "airmap",
                columns: table => new
                {
                    station_id = table.Column<Guid>(type: "uuid", nullable: false),
                    factor = table.Column<short>(type: "smallint", nullable: false),
                    interval = table.Column<short>(type: "smallint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    value = table.Column<double>(type: "double precision", nullable: false),
                    valid = table.Column<bool>(type: "boolean", nullable: false),
                    known_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    simulated = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_air_values", x => new { x.station_id, x.factor, x.interval, x.at });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "air_corrections",
                schema: "airmap");

            migrationBuilder.DropTable(
                name: "air_days",
                schema: "airmap");

            migrationBuilder.DropTable(
                name: "air_values",
                schema: "airmap");
        }
    }
}
