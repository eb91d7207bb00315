using Linfen.AirMap.Hosting;
using Linfen.AirMap.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Hosting;

public sealed class SettingTests
{
    /// <summary>Settings are looked at before the database is.</summary>
    const string Nowhere = "Host=127.0.0.1;Port=1;Database=nowhere;Timeout=1";

    [Theory]
    [InlineData("AIRMAP_DB", null)]
    [InlineData("AIRMAP_DB", "")]
    [InlineData("AIRMAP_DB", "somewhere")]
    [InlineData("AIRMAP_DB", "Host=x;Prot=5432")]
    [InlineData("AIRMAP_DB_OWNER", "Host=x;Port=many")]
    [InlineData("AIRMAP_HTTP_PORT", "0")]
    [InlineData("AIRMAP_HTTP_PORT", "65536")]
    [InlineData("AIRMAP_HTTP_PORT", "-1")]
    [InlineData("AIRMAP_HTTP_PORT", "http")]
    [InlineData("AIRMAP_HTTP_PORT", "80.5")]
    public void A_wrong_variable_is_named(string name, string? value)
    {
        var error = Assert.Throws<SettingException>(() => Settings.Read(asked => asked == name ? value : asked == "AIRMAP_DB" ? "Host=nowhere" : null));
        Assert.Contains(name, error.Message.Split(' '), StringComparer.Ordinal);
    }

    [Fact]
    public void A_wrong_connection_string_is_named_without_its_password()
    {
        var error = Assert.Throws<SettingException>(() => Settings.Read(name => name == "AIRMAP_DB" ? "Host=x;Password=hush;Prot=5432" : null));
        Assert.DoesNotContain("hush", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_set_has_a_sensible_value()
    {
        var settings = Settings.Read(name => name == "AIRMAP_DB" ? "Host=nowhere;Database=city" : null);
        Assert.Equal(5080, settings.HttpPort);
        Assert.Equal(settings.Database, settings.OwnerDatabase);
        Assert.Equal((Checkout.File(".airmap"), Checkout.File("wwwroot", "dist"), Checkout.File("gis-data")), (settings.Home, settings.Web, settings.GisData));
    }

    [Theory]
    [InlineData("Fires:JoinMetres=0", "JoinMetres")]
    [InlineData("Fires:LapseHours=-1", "LapseHours")]
    [InlineData("Fires:ClockSeconds=99999", "ClockSeconds")]
    [InlineData("Tiles:MaxZoom=25", "MaxZoom")]
    [InlineData("Tiles:CacheMegabytes=0", "CacheMegabytes")]
    [InlineData("Tiles:MaxZoom=deep", "Airmap:Tiles:MaxZoom")]
    [InlineData("Events:KeepDays=-1", "KeepDays")]
    [InlineData("Intake:BatchRows=0", "BatchRows")]
    [InlineData("Hj212:KeepRawDays=30", "KeepRawDays")]
    [InlineData("Hj212:Unknown=perhaps", "Unknown")]
    public async Task A_wrong_setting_keeps_the_server_from_starting_and_is_named(string setting, string named)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(async () => await (await HostedServer.StartAsync(Nowhere, settings: setting)).DisposeAsync());
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.True(SettingException.Explains(error), $"{error.GetType()}: the start prints a stack trace instead of a sentence");
    }

    [Theory]
    [InlineData("AIRMAP_DB_OWNER", "Prot=1", "AIRMAP_DB_OWNER")]
    [InlineData("Airmap__Tiles__MaxZoom", "deep", "MaxZoom")]
    [InlineData("Airmap__Tiles__MaxZoom", "25", "MaxZoom")]
    public async Task The_program_ends_with_one_sentence_and_no_stack_trace(string variable, string value, string named)
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => AirMapProcess.ServeAsync(Nowhere, new Dictionary<string, string>(StringComparer.Ordinal) { [variable] = value }));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", error.Message, StringComparison.Ordinal);
    }
}
