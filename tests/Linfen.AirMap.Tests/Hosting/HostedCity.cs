using System.IO.Compression;
using System.Text;
using Linfen.AirMap.Testing;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Hosting;

/// <summary>A running server with a client of a few bytes, built the way the real one is.</summary>
public sealed class HostedCity(MigratedCluster cluster) : IAsyncLifetime
{
    public const string Script = "console.log('临汾');";
    public const string Build = "1a2b3c4d5e6f7a8b";
    public const string Page = $"<!doctype html><meta name=\"airmap-build\" content=\"{Build}\"><title>临汾</title>";
    public const string Secret = "nobody may read this";

    readonly string folder = Directory.CreateTempSubdirectory("airmap-web-").FullName;
    HostedServer? server;

    internal HostedServer Server => server!;

    public async ValueTask InitializeAsync()
    {
        var web = Directory.CreateDirectory(Path.Combine(folder, "dist")).FullName;
        Directory.CreateDirectory(Path.Combine(web, "assets"));
        await File.WriteAllTextAsync(Path.Combine(folder, "secret.txt"), Secret);
        await File.WriteAllTextAsync(Path.Combine(web, "plain.txt"), "plain");
        await WriteAsync(Path.Combine(web, "index.html"), Page);
        await WriteAsync(Path.Combine(web, "assets", "wall-1a2b3c4d.js"), Script);
        server = await HostedServer.StartAsync((await cluster.ClusterAsync()).ConnectionString(await cluster.CreateDatabaseAsync(), PostgresCluster.Application), web);
    }

    static async Task WriteAsync(string path, string text)
    {
        await File.WriteAllTextAsync(path, text);
        await using (var brotli = new BrotliStream(File.Create(path + ".br"), CompressionLevel.Fastest))
        {
            await brotli.WriteAsync(Encoding.UTF8.GetBytes(text));
        }

        await using var gzip = new GZipStream(File.Create(path + ".gz"), CompressionLevel.Fastest);
        await gzip.WriteAsync(Encoding.UTF8.GetBytes(text));
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }
}
