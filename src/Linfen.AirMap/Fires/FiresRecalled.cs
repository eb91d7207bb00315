using Linfen.AirMap.Events;

namespace Linfen.AirMap.Fires;

/// <summary>Takes the fires of these days into memory before anybody reports one: on a busy day the first report after a restart would wait for that. Writes nothing.</summary>
sealed class FiresRecalled(FireIndex index, FireOptions options) : LedgerChange
{
    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        index.Revalidate(transaction.Head);
        var days = index.Missing([(transaction.KnownAt, transaction.KnownAt)]);
        index.Load(days, await FireStore.OfDaysAsync(transaction.Connection, days, options));
    }

    public override void Committed(LedgerTransaction transaction) => index.Advance(transaction.Last);

    public override void Failed() => index.Forget();
}
