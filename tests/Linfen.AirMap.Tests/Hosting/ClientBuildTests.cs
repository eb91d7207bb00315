using Linfen.AirMap.Hosting;
using Xunit;

namespace Linfen.AirMap.Tests.Hosting;

public sealed class ClientBuildTests : IDisposable
{
    readonly string page = Path.GetTempFileName();

    [Fact]
    public async Task The_build_is_named_by_its_page_and_another_page_counts_while_the_server_runs()
    {
        await WriteAsync("<head><meta name=\"airmap-build\" content=\"91ce5a9fc740206e\">", minute: 0);
        var build = new ClientBuild(page);
        Assert.Equal("91ce5a9fc740206e", build.Name);
        await WriteAsync("<head><meta name=\"airmap-build\" content=\"00ff00ff00ff00ff\">", minute: 1);
        Assert.Equal("00ff00ff00ff00ff", build.Name);
    }

    [Fact]
    public async Task A_page_that_was_not_built_and_one_that_is_missing_have_no_name()
    {
        await WriteAsync("<head><meta name=\"airmap-build\" content=\"<script>\">", minute: 0);
        Assert.Null(new ClientBuild(page).Name);
        Assert.Null(new ClientBuild(page + ".missing").Name);
    }

    public void Dispose() => File.Delete(page);

    async Task WriteAsync(string text, int minute)
    {
        await File.WriteAllTextAsync(page, text);
        File.SetLastWriteTimeUtc(page, new DateTime(2026, 11, 29, 8, minute, 0, DateTimeKind.Utc));
    }
}
