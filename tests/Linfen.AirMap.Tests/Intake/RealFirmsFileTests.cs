using System.Globalization;
using System.Net.Http.Headers;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Intake;

/// <summary>Real satellite files through the real door, each time into an empty city.</summary>
public sealed class RealFirmsFileTests(MigratedCluster cluster)
{
    const string TheWorld =
        "update airmap.counties set boundary = st_multi(st_makeenvelope(-180, -90, 180, 90, 4490)), label = st_setsrid(st_point(0, 0), 4490) where code = '141002'";

    /// <summary>Place and minute of what is stored, in the words of <see cref="RealFiles.Key"/>.</summary>
    const string StoredKeys =
        """
        select concat(to_char(st_x(position), 'FM990.00000'), ' ', to_char(st_y(position), 'FM990.00000'), ' ',
            to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD HH24MI'), ' ', case instrument when 'Terra' then 'T' when 'Aqua' then 'A' else instrument end)
        from airmap.detections
        """;

    [Fact]
    public async Task The_north_china_file_is_received_whole_and_exactly_the_rows_inside_the_city_are_stored()
    {
        var file = RealFiles.Read(RealFiles.NorthChina);
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), null);
        var inside = await RowsInsideAsync(server, RealFiles.Rows(RealFiles.NorthChina));

        var counts = (await server.PostAsync(Reading.Firms + "?source=MODIS_NRT", file)).Accepted();

        Assert.Equal((4318, 0), (counts.Received, counts.RejectedCount));
        Assert.NotEmpty(inside);
        Assert.Equal(inside.Count, counts.Stored);
        Assert.Equal(inside.Order(StringComparer.Ordinal), (await server.AskAllAsync(StoredKeys)).Order(StringComparer.Ordinal));

        var again = (await server.PostAsync(Reading.Firms + "?source=MODIS_NRT", file)).Accepted();
        Assert.Equal((0, counts.Stored, counts.Outside, 0, 0), again.Figures);
        Assert.Equal(counts.Stored, await server.AskAsync<long>("select count(*) from airmap.detections"));
        Assert.Equal(0L, await server.AskAsync<long>("select count(*) from airmap.violations"));
    }

    [Fact]
    public async Task Two_overlapping_files_posted_at_the_same_time_store_each_detection_once()
    {
        string[] names = ["modis_nrt_global24h_2022-05-26T0517Z.csv", "modis_nrt_global24h_2022-05-26T0617Z.csv"];
        var files = names.Select(RealFiles.Read).ToArray();
        var rows = names.SelectMany(RealFiles.Rows).Select(r => r.Key()).ToList();
        var distinct = rows.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        await using var server = await StartWithTheWorldAsync("Intake:BatchRows=500");

        var counts = (await Task.WhenAll(files.Select(f => server.PostAsync(Reading.Firms, f)))).Select(a => a.Accepted()).ToList();

        Assert.True(distinct.Count < rows.Count - 5_000, "the files overlap");
        Assert.Equal(rows.Count, counts.Sum(c => c.Received));
        Assert.Equal(distinct.Count, counts.Sum(c => c.Stored));
        Assert.Equal(rows.Count - distinct.Count, counts.Sum(c => c.Duplicates));
        Assert.Equal(distinct, (await server.AskAllAsync(StoredKeys)).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(distinct.Count, await server.AskAsync<long>("select sum(detections)::bigint from airmap.fires where status <> 6"));
        Assert.Equal(
            distinct.Count,
            await server.AskAsync<long>("select sum((data->>'detections')::int)::bigint from airmap.events where type = 'fires.imported'"));
    }

    [Fact]
    public async Task In_time_order_shuffled_and_in_ten_overlapping_pieces_the_file_gives_the_same_fires()
    {
        var lines = System.Text.Encoding.UTF8.GetString(RealFiles.Read(RealFiles.NorthChina)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var rows = lines[1..];
        var inTime = rows.OrderBy(r => string.Join(' ', r.Split(',')[5..7]), StringComparer.Ordinal).ToArray();
        var shuffled = rows.ToArray();
        new Random(7).Shuffle(shuffled);
        var pieces = Enumerable.Range(0, 10).Select(n => shuffled[Math.Max(0, n * shuffled.Length / 10 - 100)..((n + 1) * shuffled.Length / 10)]).ToList();

        var found = new List<List<string>>();
        foreach (IReadOnlyList<string[]> way in (IReadOnlyList<string[]>[])[[inTime], [shuffled], pieces])
        {
            await using var server = await StartWithTheWorldAsync("Intake:BatchRows=300");
            foreach (var piece in way)
            {
                (await server.PostAsync(Reading.Firms + "?source=MODIS_NRT", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', [lines[0], .. piece])))).Accepted();
            }

            Assert.Equal(0, await server.AskAsync<long>("select count(*) from airmap.fires f where status <> 6 and detections <> (select count(*) from airmap.detections where fire_id = f.id)"));
            found.Add([.. (await server.AskAllAsync("select string_agg(detection_id, ' ' order by detection_id) from airmap.detections group by fire_id")).Order(StringComparer.Ordinal)]);
        }

        Assert.Equal(rows.Distinct(StringComparer.Ordinal).Count(), found[0].Sum(fire => fire.Split(' ').Length));
        Assert.InRange(found[0].Count, 3_000, rows.Length - 300);
        Assert.Equal(found[0], found[1], StringComparer.Ordinal);
        Assert.Equal(found[0], found[2], StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_VIIRS_file_is_read_with_its_units_times_and_worded_confidence()
    {
        const string name = "viirs_noaa_nrt_2024-04-24T0601Z.csv";
        var file = RealFiles.Read(name);
        await using var server = await StartWithTheWorldAsync();

        Assert.Equal(396, (await server.PostAsync(Reading.Firms + "?source=VIIRS_NOAA20_NRT", RealFiles.Gzip(file))).Accepted().Stored);

        await AgreeAsync(server, RealFiles.Rows(name), row => row["confidence"] switch { "low" => 0.2, "nominal" => 0.5, _ => 0.9 });
        Assert.Equal("N20", await server.AskAsync<string>("select string_agg(distinct instrument, ',') from airmap.detections"));
    }

    [Fact]
    public async Task The_archive_sample_is_VIIRS_although_its_columns_are_those_of_MODIS()
    {
        const string name = "viirs_snpp_archive_sample.csv";
        var file = RealFiles.Read(name);
        await using var server = await StartWithTheWorldAsync();

        Assert.Equal(8, (await server.PostAsync(Reading.Firms + "?source=VIIRS_SNPP_SP", file)).Accepted().Stored);

        await AgreeAsync(server, RealFiles.Rows(name), row => row["confidence"] switch { "l" => 0.2, "n" => 0.5, _ => 0.9 });
        Assert.Equal("SNPP", await server.AskAsync<string>("select string_agg(distinct instrument, ',') from airmap.detections"));
        var vegetation = RealFiles.Rows(name).Count(row => row["type"] == "0");
        Assert.Equal(vegetation, await server.AskAsync<long>("select count(*) from airmap.detections where fire_id is not null"));
    }

    [Fact]
    public async Task The_country_api_sample_is_read_with_its_unpadded_times()
    {
        const string name = "viirs_country_api_sample_MEX_2023-06-12.csv";
        var file = RealFiles.Read(name);
        await using var server = await StartWithTheWorldAsync();

        Assert.Equal(4, (await server.PostAsync(Reading.Firms, file)).Accepted().Stored);

        await AgreeAsync(server, RealFiles.Rows(name), row => row["confidence"] switch { "l" => 0.2, "n" => 0.5, _ => 0.9 });
        Assert.Equal(
            ["06:59", "07:48"], await server.AskAllAsync("select distinct to_char(occurred_at at time zone 'UTC', 'HH24:MI') from airmap.detections order by 1"));
    }

    [Fact]
    public async Task Packed_plain_and_named_otherwise_it_is_the_same_file()
    {
        var file = RealFiles.Read(RealFiles.NorthChina);
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), null);
        var labelled = new ByteArrayContent(RealFiles.Gzip(file)) { Headers = { ContentEncoding = { "gzip" }, ContentType = new MediaTypeHeaderValue("text/csv") } };

        var first = (await server.PostAsync(Reading.Firms, labelled)).Accepted();
        var unlabelled = (await server.PostAsync(Reading.Firms + "?source=MODIS_SP", RealFiles.Gzip(file))).Accepted();

        Assert.Equal(4318, first.Received);
        Assert.Equal((0, first.Stored, first.Outside, 0, 0), unlabelled.Figures);
    }

    async Task<AirMapServer> StartWithTheWorldAsync(params string[] settings)
    {
        var database = await cluster.CreateDatabaseAsync();
        await (await cluster.ClusterAsync()).ExecuteAsync(database, TheWorld);
        return await AirMapServer.StartAsync(cluster, database, null, settings);
    }

    /// <summary>The keys of the rows that PostGIS finds inside the city.</summary>
    static async Task<List<string>> RowsInsideAsync(AirMapServer server, List<Dictionary<string, string>> rows)
    {
        string Column(Func<Dictionary<string, string>, string> value) => string.Join(',', rows.Select(value));
        var inside = await server.AskAllAsync(
            $"""
            select r.n::text from unnest(array[{Column(r => r["longitude"])}], array[{Column(r => r["latitude"])}]) with ordinality as r(lon, lat, n)
            where exists (select from airmap.counties where st_covers(boundary, st_setsrid(st_point(r.lon, r.lat), 4490)))
            """);
        return inside.ConvertAll(n => rows[int.Parse(n, CultureInfo.InvariantCulture) - 1].Key());
    }

    /// <summary>Each row of the file stands in the database with the same place, minute, power and footprint, and its confidence as a fraction.</summary>
    static async Task AgreeAsync(AirMapServer server, List<Dictionary<string, string>> rows, Func<Dictionary<string, string>, double> confidence)
    {
        var told = rows.Select(row => string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Figure("longitude"):F5} {row.Figure("latitude"):F5} {row["acq_date"]} {int.Parse(row["acq_time"], CultureInfo.InvariantCulture):0000} {row.Figure("frp"):F2} {confidence(row):F1} {Math.Sqrt(Math.Pow(row.Figure("scan"), 2) + Math.Pow(row.Figure("track"), 2)) * 500:F1}"));
        var stored = await server.AskAllAsync(
            """
            select concat(to_char(st_x(position), 'FM990.00000'), ' ', to_char(st_y(position), 'FM990.00000'), ' ', to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD HH24MI'),
                ' ', to_char(frp_megawatts, 'FM99990.00'), ' ', to_char(confidence, 'FM0.0'), ' ', to_char(radius_metres, 'FM99990.0'))
            from airmap.detections where source_kind = 0
            """);
        Assert.Equal(told.Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));
    }
}
