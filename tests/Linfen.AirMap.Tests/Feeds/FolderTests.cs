using System.Text.Json;
using Linfen.AirMap.Tests.Intake.Himawari;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Feeds;

/// <summary>Folders that somebody else fills.</summary>
public sealed class FolderTests(MigratedCluster cluster) : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("airmap-folder-").FullName;

    /// <summary>Has had its first look.</summary>
    async Task<AirMapServer> StartAsync(string format = "firms", string? database = null)
    {
        var server = await AirMapServer.StartAsync(
            cluster, database ?? await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning),
            "Feeds:LookSeconds=10", $"Feeds:Folders:0:Path={folder}", $"Feeds:Folders:0:Format={format}", "Feeds:Folders:0:Feed=dropbox");
        await server.RoundAsync();
        return server;
    }

    void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);

    List<string> FilesIn(string sub = "") => Directory.Exists(Path.Combine(folder, sub))
        ? [.. Directory.GetFiles(Path.Combine(folder, sub)).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)] : [];

    static Task LookAsync(AirMapServer server) => server.RoundAsync(TimeSpan.FromSeconds(10));

    [Fact]
    public async Task A_file_is_taken_at_the_second_look_that_finds_it_unchanged_and_moved_after_the_commit()
    {
        await using var server = await StartAsync();
        var place = server.FreshPlace();
        var text = FeedCalls.ViirsFile(FeedCalls.ViirsRow(place, server.Now.AddHours(-1)));
        Write("a.csv", text[..200]);
        await LookAsync(server);
        // It grows between the looks.
        Write("a.csv", text);
        await LookAsync(server);
        Assert.Equal(0, await server.DetectionsAsync());
        Assert.Equal(["a.csv"], FilesIn(), StringComparer.Ordinal);

        await LookAsync(server);
        Assert.Equal(1, await server.DetectionsAsync());
        Assert.Empty(FilesIn());
        Assert.Equal(["a.csv"], FilesIn("done"), StringComparer.Ordinal);
        var feed = await server.FeedAsync("dropbox");
        Assert.Equal(("folder", "fresh", 1, "P1D"), (feed.GetProperty("kind").GetString(), feed.State(), feed.GetProperty("today").GetInt32(), feed.GetProperty("staleAfter").GetString()));
    }

    [Fact]
    public async Task Unfinished_and_hidden_files_stay_and_packed_ones_are_read()
    {
        await using var server = await StartAsync();
        var text = FeedCalls.ViirsFile(FeedCalls.ViirsRow(server.FreshPlace(), server.Now.AddHours(-1)));
        Write("b.csv.part", text);
        Write(".c.csv", text);
        Write("d.csv.tmp", text);
        await File.WriteAllBytesAsync(Path.Combine(folder, "e.csv.gz"), OutsideServer.Packed(text), TestContext.Current.CancellationToken);
        await LookAsync(server);
        await LookAsync(server);
        Assert.Equal([".c.csv", "b.csv.part", "d.csv.tmp"], FilesIn(), StringComparer.Ordinal);
        Assert.Equal(["e.csv.gz"], FilesIn("done"), StringComparer.Ordinal);
        Assert.Equal(1, await server.DetectionsAsync());
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_stores_nothing_and_goes_to_failed_with_its_reason_beside_it()
    {
        await using var server = await StartAsync();
        var text = FeedCalls.ViirsFile([.. Enumerable.Range(0, 500).Select(n => FeedCalls.ViirsRow(new(111.5 + n * 1e-4, 36.1), server.Now.AddHours(-1)))]);
        await File.WriteAllBytesAsync(Path.Combine(folder, "cut.csv.gz"), OutsideServer.Packed(text)[..^20], TestContext.Current.CancellationToken);
        Write("page.csv", "<html></html>");
        Write("rows.csv", FeedCalls.ViirsFile("x,y,z"));
        await LookAsync(server);
        await LookAsync(server);
        Assert.Equal(0, await server.DetectionsAsync());
        Assert.Equal(["cut.csv.gz", "cut.csv.gz.report.json", "page.csv", "page.csv.report.json", "rows.csv", "rows.csv.report.json"], FilesIn("failed"), StringComparer.Ordinal);
        Assert.Equal(["broken-gzip", "not-firms-csv", "no-row-readable"], new[] { "cut.csv.gz", "page.csv", "rows.csv" }.Select(ReasonOf), StringComparer.Ordinal);
        Assert.Equal(("failing", "no-row-readable"), ((await server.FeedAsync("dropbox")).State(), (await server.FeedAsync("dropbox")).ErrorCode()));

        // It is told until a good one comes, and rows that were rejected are told beside that.
        await LookAsync(server);
        Assert.Equal("failing", (await server.FeedAsync("dropbox")).State());
        Write("good.csv", FeedCalls.ViirsFile("x,y,z", FeedCalls.ViirsRow(server.FreshPlace(), server.Now.AddHours(-1))));
        await LookAsync(server);
        await LookAsync(server);
        Assert.Equal("fresh", (await server.FeedAsync("dropbox")).State());
        Assert.Equal(["good.csv", "good.csv.report.json"], FilesIn("done"), StringComparer.Ordinal);
    }

    string? ReasonOf(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "failed", file + ".report.json"))).RootElement.GetProperty("reason").GetString();

    [Fact]
    public async Task What_a_crash_left_between_commit_and_move_is_read_again_and_found_known()
    {
        var database = await cluster.CreateDatabaseAsync();
        string text;
        await using (var before = await StartAsync("firms", database))
        {
            text = FeedCalls.ViirsFile(FeedCalls.ViirsRow(before.FreshPlace(), before.Now.AddHours(-1)));
            Write("f.csv", text);
            await LookAsync(before);
            await LookAsync(before);
        }

        Write("f.csv", text);
        await using var server = await StartAsync("firms", database);
        await LookAsync(server);
        await LookAsync(server);
        Assert.Equal(1, await server.DetectionsAsync());
        Assert.Equal(2, FilesIn("done").Count);
    }

    [Fact]
    public async Task A_file_that_cannot_be_moved_is_not_read_again_and_again()
    {
        await using var server = await StartAsync();
        // A file where the folder should be: nothing can be moved into it, whoever runs the test.
        Write("done", FeedCalls.ViirsFile());
        Write("g.csv", FeedCalls.ViirsFile(FeedCalls.ViirsRow(server.FreshPlace(), server.Now.AddHours(-1))));
        for (var look = 0; look < 5; look++)
        {
            await LookAsync(server);
        }

        Assert.Equal("file-not-moved", (await server.FeedAsync("dropbox")).ErrorCode());
        Assert.Single(server.Log.Split('\n'), l => l.Contains("g.csv: 1 stored", StringComparison.Ordinal));
        Assert.DoesNotContain("g.csv: 0 stored", server.Log, StringComparison.Ordinal);
        Assert.Equal(1, await server.DetectionsAsync());
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_told_and_taken_up_when_it_comes()
    {
        Directory.Delete(folder);
        await using var server = await StartAsync();
        Assert.Equal(("failing", "folder-unreadable"), ((await server.FeedAsync("dropbox")).State(), (await server.FeedAsync("dropbox")).ErrorCode()));
        Directory.CreateDirectory(folder);
        await LookAsync(server);
        Assert.Equal("fresh", (await server.FeedAsync("dropbox")).State());
    }

    [Fact]
    public async Task Himawari_files_and_detections_come_by_folder_too()
    {
        await using (var server = await StartAsync("himawari"))
        {
            Write("H08_20260315_0140_L2WLF010_FLDK.06001_06001.csv", HimawariReaderTests.Header + "1,2026,3,15,0142,36.10,111.52,4.00,0,2,3,2.50,0,1\n");
            await LookAsync(server);
            await LookAsync(server);
            Assert.StartsWith("Himawari-8|AHI|", await server.AskAsync<string>("select detection_id from airmap.detections where feed = 'himawari'"), StringComparison.Ordinal);
        }

        await using (var server = await StartAsync("detections"))
        {
            Write("alarms.ndjson", new Sighting("one", server.Now.AddMinutes(-5), server.FreshPlace()).ToJson() + "\n" + new Sighting("two", server.Now.AddMinutes(-5), server.FreshPlace()) { Feed = "ridge" }.ToJson());
            await LookAsync(server);
            await LookAsync(server);
            Assert.Equal(["dropbox", "ridge"], await server.AskAllAsync("select feed from airmap.detections order by 1"), StringComparer.Ordinal);
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
