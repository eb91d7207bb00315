using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linfen.AirMap.Data.Migrations
{
    /// <summary>What monitors measured over the averaging times, beside when they were last heard.</summary>
    [DbContext(typeof(AirMapDb))]
    [Migration("20261124234500_DustMeans")]
    public class DustMeans : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.AddColumn<string>(name: "dust", schema: "airmap", table: "device_states", type: "json", nullable: true);

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropColumn(name: "dust", schema: "airmap", table: "device_states");
    }
}
