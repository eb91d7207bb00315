using Linfen.AirMap.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Architecture;

public sealed class SourceFileTests : IDisposable
{
    readonly string broken = Directory.CreateTempSubdirectory("airmap-broken-").FullName;

    [Fact]
    public void Only_the_map_folder_of_the_client_imports_the_map_library()
    {
        Assert.Empty(SourceFiles.ImportingMapLibraryOutsideMap(Checkout.Root));

        Write("wwwroot/src/map/style.ts", "import type { Map } from 'maplibre-gl';");
        Write("wwwroot/src/screen/strip.ts", "// maplibre-gl draws the map");
        Write("wwwroot/src/screen/bad.ts", "import type { Map } from 'maplibre-gl';");
        Write("wwwroot/src/worse.ts", "const map = await import(\"maplibre-gl/dist/maplibre-gl.mjs\");");
        Assert.Equal(["wwwroot/src/screen/bad.ts", "wwwroot/src/worse.ts"], SourceFiles.ImportingMapLibraryOutsideMap(broken));
    }

    [Fact]
    public void Only_the_live_folder_of_the_client_imports_SignalR()
    {
        Assert.Empty(SourceFiles.ImportingSignalROutsideLive(Checkout.Root));

        Write("wwwroot/src/live/hub.ts", "import { HubConnection } from '@microsoft/signalr';");
        Write("wwwroot/src/map/bad.ts", "import '@microsoft/signalr-protocol-msgpack';");
        Assert.Equal(["wwwroot/src/map/bad.ts"], SourceFiles.ImportingSignalROutsideLive(broken));
    }

    [Fact]
    public void No_file_names_a_folder_of_a_development_machine_or_a_private_registry()
    {
        Assert.Empty(SourceFiles.NamingAMachine(Checkout.Root));

        Write("good.md", "See https://registry.npmjs.org/ and ../shared/data, src/work/x, /home/app/airmap and https://example.org/home/page/.");
        Write("a.sh", "cd /wor" + "k/main");
        Write("b/c.json", "\"/hom" + "e/someone/data\"");
        Write("d.config", "https://nexu" + "s.example.org/npm");
        Write("e.npmrc", "registry=https://registry." + "example.org/");
        Write("node_modules/x/y.js", "/hom" + "e/someone/data ");
        Assert.Equal(["a.sh", "b/c.json", "d.config", "e.npmrc"], SourceFiles.NamingAMachine(broken));
    }

    [Fact]
    public void No_file_is_longer_than_a_reader_can_hold()
    {
        Assert.Empty(SourceFiles.TooLong(Checkout.Root));

        Write("src/Fine.cs", string.Concat(Enumerable.Repeat("//\n", 400)));
        Write("src/Long.cs", string.Concat(Enumerable.Repeat("//\n", 401)));
        Assert.Equal(["src/Long.cs"], SourceFiles.TooLong(broken));
    }

    [Fact]
    public void Nothing_is_left_for_later_in_comments()
    {
        Assert.Empty(SourceFiles.WithUnfinishedWork(Checkout.Root));

        Write("src/Later.cs", "// TOD" + "O: think");
        Assert.Equal(["src/Later.cs"], SourceFiles.WithUnfinishedWork(broken));
    }

    [Fact]
    public void File_names_are_words_of_the_domain()
    {
        Assert.Empty(SourceFiles.NamedWithEmptyWords(Checkout.Root));

        Write("src/FireManager.cs", "");
        Write("wwwroot/src/utils.ts", "");
        Write("wwwroot/src/fireHelpers.ts", "");
        Write("wwwroot/src/implausible.ts", "");
        Assert.Equal(["src/FireManager.cs", "wwwroot/src/fireHelpers.ts", "wwwroot/src/utils.ts"], SourceFiles.NamedWithEmptyWords(broken));
    }

    void Write(string path, string text)
    {
        var file = Path.Combine(broken, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public void Dispose() => Directory.Delete(broken, recursive: true);
}
