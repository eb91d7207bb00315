using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Linfen.AirMap.Data;

/// <summary>Lets <c>dotnet ef migrations add</c> build the model without a running database.</summary>
sealed class DesignTimeDb : IDesignTimeDbContextFactory<AirMapDb>
{
    public AirMapDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<AirMapDb>();
        Database.Configure(options, Database.Open("Host=localhost;Database=design"));
        return new AirMapDb(options.Options);
    }
}
