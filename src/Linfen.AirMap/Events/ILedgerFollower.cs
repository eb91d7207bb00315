namespace Linfen.AirMap.Events;

/// <summary>A room that answers in the same commit to what others tell (<see cref="LedgerTransaction.ToldOf"/>).</summary>
interface ILedgerFollower
{
    /// <summary>
    /// Called before the transaction is sealed; may add rows and events. In a commit at once its questions come before the lock is taken: the
    /// head of the log vouches for the answers, as it does for those of the change itself.
    /// </summary>
    ValueTask FollowAsync(LedgerTransaction transaction) => ValueTask.CompletedTask;

    /// <summary>It is durable, and the change itself has heard so.</summary>
    void Committed(LedgerTransaction transaction)
    {
    }
}
