using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linfen.AirMap.Data.Migrations
{
    /// <summary>Alarms of the screens and the rules that raise them; to begin with, every critical violation of the city sounds.</summary>
    [DbContext(typeof(AirMapDb))]
    [Migration("20261129030000_Alarms")]
    public class Alarms : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
            """
            CREATE TABLE airmap.alarm_rules (
                id uuid NOT NULL,
                name text NOT NULL,
                severities smallint[] NOT NULL,
                articles integer[],
                counties text[],
                sounds boolean NOT NULL,
                enabled boolean NOT NULL,
                version integer NOT NULL,
                changed_at timestamptz NOT NULL,
                changed_by text NOT NULL,
                CONSTRAINT pk_alarm_rules PRIMARY KEY (id)
            );
            INSERT INTO airmap.alarm_rules VALUES (gen_random_uuid(), '全市严重违规', '{2}', NULL, NULL, true, true, 1, now(), 'airmap');
            CREATE TABLE airmap.alarms (
                id uuid NOT NULL,
                violation_id uuid NOT NULL,
                county char(6) NOT NULL,
                severity smallint NOT NULL,
                rule text NOT NULL,
                sounds boolean NOT NULL,
                raised_at timestamptz NOT NULL,
                acknowledged_at timestamptz,
                acknowledged_by text,
                ended_at timestamptz,
                simulated boolean NOT NULL,
                CONSTRAINT pk_alarms PRIMARY KEY (id)
            );
            CREATE INDEX ix_alarms_open ON airmap.alarms (raised_at, id) WHERE acknowledged_at IS NULL AND ended_at IS NULL;
            CREATE INDEX ix_alarms_of_violations ON airmap.alarms (violation_id) WHERE ended_at IS NULL;
            """);

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
            """
            DROP TABLE airmap.alarms;
            DROP TABLE airmap.alarm_rules;
            """);
    }
}
