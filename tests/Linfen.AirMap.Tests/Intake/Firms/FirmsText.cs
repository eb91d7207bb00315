using System.Text;
using Linfen.AirMap.Intake;
using Linfen.AirMap.Intake.Firms;
using Xunit;

namespace Linfen.AirMap.Tests.Intake.Firms;

/// <summary>Made-up rows in the editions' columns, and the reading of them.</summary>
internal static class FirmsText
{
    public const string ViirsApi =
        "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,instrument,confidence,version,bright_ti5,frp,daynight";

    public const string ViirsGlobal =
        "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,confidence,version,bright_ti5,frp,daynight";

    public const string ViirsArchive =
        "latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,instrument,confidence,version,bright_t31,frp,daynight,type";

    public const string ViirsCountry = "country_id," + ViirsApi;

    public const string Modis =
        "latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,confidence,version,bright_t31,frp,daynight";

    public static async Task<List<IntakeLine>> ReadAsync(Stream body, string? source = null, bool simulated = false)
    {
        FirmsSource? parsed = null;
        Assert.True(source is null || FirmsSource.TryParse(source, out parsed), source);
        var lines = new List<IntakeLine>();
        await foreach (var line in FirmsReader.ReadAsync(body, parsed, simulated, TestContext.Current.CancellationToken))
        {
            lines.Add(line);
        }

        return lines;
    }

    public static Task<List<IntakeLine>> ReadAsync(string body, string? source = null, bool simulated = false) =>
        ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(body)), source, simulated);

    public static async Task<Observation> ReadOneAsync(string body, string? source = null, bool simulated = false)
    {
        var line = Assert.Single(await ReadAsync(body, source, simulated));
        Assert.Null(line.Reason);
        return line.Observation!;
    }

    /// <summary>A MODIS row in which single cells are replaced by name.</summary>
    public static string ModisRow(params (string Column, string Cell)[] changed)
    {
        string[] cells = ["36.08123", "111.52456", "321.5", "1.2", "1.1", "2026-10-12", "0548", "T", "77", "6.1NRT", "290.1", "12.5", "D"];
        var names = Modis.Split(',');
        foreach (var (column, cell) in changed)
        {
            cells[Array.IndexOf(names, column)] = cell;
        }

        return string.Join(',', cells);
    }

    public static string ModisFile(params (string Column, string Cell)[] changed) => Modis + "\n" + ModisRow(changed) + "\n";
}
