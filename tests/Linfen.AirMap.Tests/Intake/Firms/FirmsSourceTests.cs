using Linfen.AirMap.Intake.Firms;
using Xunit;

namespace Linfen.AirMap.Tests.Intake.Firms;

public sealed class FirmsSourceTests
{
    [Theory]
    [InlineData("MODIS_NRT", FirmsInstrument.Modis, null)]
    [InlineData("MODIS_SP", FirmsInstrument.Modis, null)]
    [InlineData("VIIRS_SNPP_NRT", FirmsInstrument.Viirs, "SNPP")]
    [InlineData("viirs_snpp_sp", FirmsInstrument.Viirs, "SNPP")]
    [InlineData("VIIRS_NOAA20_NRT", FirmsInstrument.Viirs, "N20")]
    [InlineData("VIIRS_NOAA21_NRT", FirmsInstrument.Viirs, "N21")]
    public void A_source_of_firms_is_known(string name, FirmsInstrument? instrument, string? satellite)
    {
        Assert.True(FirmsSource.TryParse(name, out var source));
        Assert.Equal((name.ToUpperInvariant(), instrument, satellite), (source?.Name, source?.Instrument, source?.Satellite?.Name));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_source_need_not_be_given(string? name)
    {
        Assert.True(FirmsSource.TryParse(name, out var source));
        Assert.Null(source);
    }

    [Theory]
    [InlineData("NRT")]
    [InlineData("VIIRS_NRT")]
    [InlineData("VIIRS_TERRA_NRT")]
    [InlineData("VIIRS_NOAA20")]
    [InlineData("LANDSAT_NRT")]
    [InlineData("'; drop table fires; --")]
    public void Anything_else_is_no_source(string name) => Assert.False(FirmsSource.TryParse(name, out _));
}
