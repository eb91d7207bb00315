using Xunit;

namespace Linfen.AirMap.Tests.Architecture;

/// <summary>Every state change goes through the ledger: that is what makes the log complete.</summary>
public sealed class LedgerTests
{
    [Fact]
    public void Nothing_in_the_server_changes_rows_beside_the_ledger() =>
        Assert.Empty(Statements.Of(typeof(Data.AirMapDb).Assembly).WritersBesideTheLedger());

    [Fact]
    public void What_changes_rows_beside_the_ledger_is_reported()
    {
        var reported = Statements.Of(typeof(Data.AirMapDb).Assembly, typeof(LedgerTests).Assembly).WritersBesideTheLedger()
            .Where(line => line.StartsWith(Code.Broken, StringComparison.Ordinal))
            .Select(line => line.Replace(Code.Broken + ".", "", StringComparison.Ordinal));
        Assert.Equal<List<string>>(
            [
                "Simulation.AppendsEvents writes", "Simulation.Deletes saves", "Simulation.DeletesATable writes", "Simulation.RunsForeignText runs the text of Simulation.TextOnly",
                "Simulation.SavesLater saves", "Simulation.UpdatesInPlace saves",
            ],
            [.. reported]);
    }
}
