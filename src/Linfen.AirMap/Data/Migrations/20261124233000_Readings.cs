using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linfen.AirMap.Data.Migrations
{
    /// <summary>
    /// Readings of monitors, a partition for each month, which the model cannot name. The application may not make tables, so the
    /// owner's function makes the months; what lies outside of those it is asked for is in the default partition.
    /// </summary>
    [DbContext(typeof(AirMapDb))]
    [Migration("20261124233000_Readings")]
    public class Readings : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
            """
            CREATE TABLE airmap.readings (
                mn text COLLATE "C" NOT NULL,
                simulated boolean NOT NULL,
                command smallint NOT NULL,
                factor text COLLATE "C" NOT NULL,
                at timestamptz NOT NULL,
                value double precision,
                least double precision,
                most double precision,
                amount double precision,
                flag smallint NOT NULL,
                quality smallint NOT NULL,
                known_at timestamptz NOT NULL,
                PRIMARY KEY (mn, simulated, command, factor, at)
            ) PARTITION BY RANGE (at);
            CREATE TABLE airmap.readings_other PARTITION OF airmap.readings DEFAULT;

            CREATE FUNCTION airmap.ensure_reading_month(month date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = airmap, pg_temp AS $$
            DECLARE
                first timestamptz := date_trunc('month', month::timestamp) AT TIME ZONE 'UTC';
                name text := 'readings_' || to_char(month, 'YYYYMM');
            BEGIN
                IF to_regclass('airmap.' || name) IS NULL THEN
                    EXECUTE format('CREATE TABLE airmap.%I PARTITION OF airmap.readings FOR VALUES FROM (%L) TO (%L)',
                        name, first, (date_trunc('month', month::timestamp) + interval '1 month') AT TIME ZONE 'UTC');
                END IF;
            EXCEPTION WHEN check_violation THEN
                -- The default partition has rows of that month already: they stay there, and so do the next.
                NULL;
            END $$;
            """);

        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("DROP FUNCTION airmap.ensure_reading_month(date); DROP TABLE airmap.readings");
    }
}
