using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Tiles;
using Microsoft.AspNetCore.SignalR;

#pragma warning disable MA0132, MA0048
namespace Linfen.AirMap.Tests.Architecture.BrokenOnPurpose.Fires
{
    sealed class RingsByItself(IHubContext<LiveHub, ILiveClient> hub)
    {
        public object Clients => hub.Clients;
    }

    static class AsksTheSystemClock
    {
        public static DateTime Seen() => DateTime.Now;
    }

    static class AsksTheSystemClockLater
    {
        public static async Task<Func<DateTime>> SeenAsync()
        {
            await Task.Yield();
            return () => DateTime.UtcNow;
        }
    }

    static class NumbersBySystemClock
    {
        public static Guid Next() => Guid.CreateVersion7();
    }

    /// <summary>Breaks nothing.</summary>
    sealed class Sound
    {
        public string Name { get; } = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
    }

    static class FireDto;

    static class FireHelper;

    static class FireManager;

    static class StoreImpl;

    static class TimeUtils;

    /// <summary>Contains such a syllable without being such a word.</summary>
    static class Implausible;
}

namespace Linfen.AirMap.Tests.Architecture.BrokenOnPurpose.Common
{
    static class Place;
}

namespace Linfen.AirMap.Tests.Architecture.BrokenOnPurpose.Intake
{
    static class DrawsTiles
    {
        public static string Sql() => TileSql.For(["fires"], 8);
    }

    static class DrawsTilesLater
    {
        public static async Task<string> SqlAsync(IEnumerable<int> zooms)
        {
            await Task.Yield();
            return string.Concat(zooms.Select(zoom => TileSql.For(["fires"], zoom)));
        }
    }

    static class Sound
    {
        public static string Channel() => Ledger.Channel + AirMapDb.Schema;
    }
}

namespace Linfen.AirMap.Tests.Architecture.BrokenOnPurpose.Tiles
{
    sealed class Writes(Ledger ledger)
    {
        public Task WriteAsync(LedgerChange change) => ledger.CommitAsync(change, CancellationToken.None);
    }

    static class DecidesFires
    {
        public static bool IsOut(AirMap.Fires.Fire fire) => fire.IsClosed;
    }
}

namespace Linfen.AirMap.Tests.Architecture.BrokenOnPurpose.Counties
{
    abstract class Changes : LedgerChange;
}

namespace Linfen.AirMap.Tests.Architecture.BrokenOnPurpose.Activity
{
    static class Changes
    {
        public static void Append(LedgerTransaction transaction) => transaction.Append("fire.updated", null, "", "{}");
    }
}

namespace Linfen.AirMap.Tests.Architecture.BrokenOnPurpose.Unlisted
{
    sealed class UsesData(AirMapDb db)
    {
        public AirMapDb Db => db;
    }
}
