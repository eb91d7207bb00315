namespace Linfen.AirMap.Benchmarks.Baseline;

/// <summary>Fills a database as after a bad month: written straight into the tables, because it is scenery and not the subject.</summary>
static class BusyCity
{
    public const int Fires = 20_000, Burning = 2_000;

    public static async Task FillAsync(BenchDatabase database, int fires, int burning)
    {
        await database.ExecuteAsync($"""
            INSERT INTO fires (id, name, status, county, position, radius_metres, first_seen_at, last_seen_at, known_at, updated_at, detections, seen_by, violation_id, simulated)
            SELECT gen_random_uuid(), 'fire ' || n, CASE WHEN n > {burning} THEN 5 WHEN n % 3 = 0 THEN 1 ELSE 0 END, code, place, 200,
                now() - n * interval '2 minutes', now() - n * interval '1 minute', now(), now(), 1 + n % 9, ARRAY[1, 0, 0, 0, 0],
                CASE WHEN n <= {burning} THEN gen_random_uuid() END, false
            FROM (SELECT code, place, row_number() OVER (ORDER BY hashtext(st_astext(place))) AS n FROM (
                SELECT code, (st_dump(st_generatepoints(boundary, ceil({fires} * area_square_kilometres / (SELECT sum(area_square_kilometres) FROM counties))::int, 7))).geom AS place
                FROM counties) AS places) AS numbered
            WHERE n <= {fires}
            """);
        await database.ExecuteAsync("""
            INSERT INTO violations (id, rule, article, severity, subject_kind, subject_id, subject_name, county, position, opened_at, known_at, due_at,
                facts, parameters, evidence, lead, cooperating, responsible, simulated)
            SELECT violation_id, 'A36.OpenBurning', 36, 2, 'fire', id, name, county, position, first_seen_at, known_at, known_at + interval '2 hours',
                '{}', '[]', ARRAY[]::uuid[], ARRAY['市农业农村局'], ARRAY[]::text[], '县人民政府', false
            FROM fires WHERE violation_id IS NOT NULL
            """);
        await database.ExecuteAsync("VACUUM ANALYZE");
    }
}
