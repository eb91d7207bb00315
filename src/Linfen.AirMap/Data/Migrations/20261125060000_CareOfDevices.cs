using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Linfen.AirMap.Data.Migrations
{
    /// <summary>
    /// Devices that are held for approval; when monitors were heard and told silent; readings that do not count, by time; and means of the months whose readings are
    /// gone, with the owner's functions that let them go. A mean has a row for each month that it was made of (a Beijing day lies in two months of UTC); of what came
    /// after a month had gone the month is that of year 1.
    /// </summary>
    [DbContext(typeof(AirMapDb))]
    [Migration("20261125060000_CareOfDevices")]
    public class CareOfDevices : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
            """
            ALTER TABLE airmap.device_states ADD COLUMN heard_at timestamptz, ADD COLUMN silent_since timestamptz;
            UPDATE airmap.device_states SET heard_at = last_data_at FROM airmap.subjects s WHERE s.id = subject_id AND s.kind = 'monitor';

            CREATE TABLE airmap.pending_monitors (
                mn text COLLATE "C" PRIMARY KEY,
                address text NOT NULL,
                crc text NOT NULL,
                sample json,
                packets bigint NOT NULL,
                first_at timestamptz NOT NULL,
                last_at timestamptz NOT NULL,
                dismissed_at timestamptz
            );

            CREATE INDEX ix_readings_not_counting ON airmap.readings (mn, at) WHERE quality <> 0;

            CREATE TABLE airmap.reading_means (
                mn text COLLATE "C" NOT NULL,
                simulated boolean NOT NULL,
                minutes smallint NOT NULL,
                factor text COLLATE "C" NOT NULL,
                at timestamptz NOT NULL,
                month date NOT NULL,
                value double precision,
                least double precision,
                most double precision,
                counted integer NOT NULL,
                total integer NOT NULL,
                known_at timestamptz NOT NULL,
                PRIMARY KEY (mn, simulated, minutes, factor, at, month)
            );

            -- Means of the readings of a table that lie before a time; real-time data, or minutes where a device sends none.
            CREATE FUNCTION airmap.roll_up_readings(source text, month date, before timestamptz) RETURNS void LANGUAGE plpgsql SET search_path = airmap, pg_temp AS $$
            BEGIN
                EXECUTE format(
                    'INSERT INTO airmap.reading_means AS kept
                    SELECT r.mn, r.simulated, s.minutes, r.factor, date_bin(make_interval(mins => s.minutes), r.at, timestamptz ''2020-01-01 00:00+08''), $1,
                        avg(r.value) FILTER (WHERE r.quality = 0), min(r.value) FILTER (WHERE r.quality = 0), max(r.value) FILTER (WHERE r.quality = 0),
                        count(r.value) FILTER (WHERE r.quality = 0), count(*), max(r.known_at)
                    FROM airmap.%1$I r
                    JOIN (SELECT mn, simulated, min(array_position(ARRAY[2011, 2111, 2051, 2052], command::int)) AS first FROM airmap.%1$I WHERE at < $2 GROUP BY 1, 2) d
                        ON d.mn = r.mn AND d.simulated = r.simulated AND r.command = (ARRAY[2011, 2111, 2051, 2052])[d.first]
                    CROSS JOIN (VALUES (60), (1440)) AS s(minutes)
                    WHERE r.at < $2
                    GROUP BY 1, 2, 3, 4, 5
                    ON CONFLICT (mn, simulated, minutes, factor, at, month) DO UPDATE SET
                        value = CASE WHEN kept.month > ''0001-01-01'' THEN excluded.value
                            ELSE (coalesce(kept.value * kept.counted, 0) + coalesce(excluded.value * excluded.counted, 0)) / nullif(kept.counted + excluded.counted, 0) END,
                        least = CASE WHEN kept.month > ''0001-01-01'' THEN excluded.least ELSE least(kept.least, excluded.least) END,
                        most = CASE WHEN kept.month > ''0001-01-01'' THEN excluded.most ELSE greatest(kept.most, excluded.most) END,
                        counted = excluded.counted + CASE WHEN kept.month > ''0001-01-01'' THEN 0 ELSE kept.counted END,
                        total = excluded.total + CASE WHEN kept.month > ''0001-01-01'' THEN 0 ELSE kept.total END,
                        known_at = greatest(kept.known_at, excluded.known_at)
                    WHERE kept.month = ''0001-01-01'' OR excluded.total >= kept.total', source)
                USING month, before;
            END $$;
            REVOKE EXECUTE ON FUNCTION airmap.roll_up_readings(text, date, timestamptz) FROM PUBLIC;

            CREATE FUNCTION airmap.reading_month(month date) RETURNS text LANGUAGE plpgsql STABLE SET search_path = airmap, pg_temp AS $$
            BEGIN
                IF month IS NULL OR month > (now() AT TIME ZONE 'UTC')::date - 62 THEN
                    RAISE EXCEPTION 'Readings of the last two months stay.';
                END IF;
                RETURN 'readings_' || to_char(month, 'YYYYMM');
            END $$;

            CREATE FUNCTION airmap.roll_up_reading_month(month date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = airmap, pg_temp AS $$
            BEGIN
                PERFORM airmap.roll_up_readings(airmap.reading_month(month), date_trunc('month', month::timestamp)::date, 'infinity');
            END $$;

            CREATE FUNCTION airmap.detach_reading_month(month date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
                SET search_path = airmap, pg_temp SET lock_timeout = '2s' AS $$
            DECLARE
                name text := airmap.reading_month(month);
            BEGIN
                IF (SELECT relispartition FROM pg_class WHERE oid = to_regclass('airmap.' || name)) THEN
                    EXECUTE format('ALTER TABLE airmap.readings DETACH PARTITION airmap.%I', name);
                END IF;
            END $$;

            CREATE FUNCTION airmap.drop_reading_month(month date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = airmap, pg_temp AS $$
            DECLARE
                name text := airmap.reading_month(month);
            BEGIN
                IF (SELECT relispartition FROM pg_class WHERE oid = to_regclass('airmap.' || name)) THEN
                    RAISE EXCEPTION '% is still a part of the readings.', name;
                END IF;
                EXECUTE format('DROP TABLE IF EXISTS airmap.%I', name);
            END $$;

            -- What came late for months that are gone goes into their means; what a clock far ahead sent, long ago, just goes.
            CREATE FUNCTION airmap.sweep_other_readings(month date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
                SET search_path = airmap, pg_temp SET lock_timeout = '2s' AS $$
            DECLARE
                before timestamptz := date_trunc('month', month::timestamp) AT TIME ZONE 'UTC';
            BEGIN
                PERFORM airmap.reading_month(month - 1);
                LOCK TABLE airmap.readings_other IN SHARE ROW EXCLUSIVE MODE;
                PERFORM airmap.roll_up_readings('readings_other', '0001-01-01', before);
                DELETE FROM airmap.readings_other WHERE at < before OR known_at < before;
            END $$;
            """);

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
            """
            DROP FUNCTION airmap.sweep_other_readings(date);
            DROP FUNCTION airmap.drop_reading_month(date);
            DROP FUNCTION airmap.detach_reading_month(date);
            DROP FUNCTION airmap.roll_up_reading_month(date);
            DROP FUNCTION airmap.reading_month(date);
            DROP FUNCTION airmap.roll_up_readings(text, date, timestamptz);
            DROP TABLE airmap.reading_means;
            DROP INDEX airmap.ix_readings_not_counting;
            DROP TABLE airmap.pending_monitors;
            ALTER TABLE airmap.device_states DROP COLUMN silent_since, DROP COLUMN heard_at;
            """);
    }
}
