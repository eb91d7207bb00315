using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linfen.AirMap.Data.Migrations
{
    /// <summary>The heat source that explains a fire.</summary>
    [DbContext(typeof(AirMapDb))]
    [Migration("20261128215000_HeatSources")]
    public class HeatSources : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(name: "attributed_to", schema: "airmap", table: "fires", type: "uuid", nullable: true);
            migrationBuilder.AddColumn<string>(name: "attributed_name", schema: "airmap", table: "fires", type: "text", nullable: true);
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "attributed_to", schema: "airmap", table: "fires");
            migrationBuilder.DropColumn(name: "attributed_name", schema: "airmap", table: "fires");
        }
    }
}
