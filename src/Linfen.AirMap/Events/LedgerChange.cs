using Linfen.AirMap.Audit;
using Npgsql;

namespace Linfen.AirMap.Events;

/// <summary>A change of state: what it must know first, and what it then does. One instance, one use.</summary>
abstract class LedgerChange
{
    /// <summary>Who wants it; clocks and verbs are the product itself.</summary>
    public Author By { get; init; } = Author.Product;

    /// <summary>Adds questions to the opening round trip; answers come to <see cref="HearAsync"/> in the same order.</summary>
    public virtual void Ask(NpgsqlBatch opening)
    {
    }

    /// <summary>Reads the answers; the reader stands before the first of them.</summary>
    public virtual Task HearAsync(NpgsqlDataReader answers) => Task.CompletedTask;

    /// <summary>Decides, and hands rows and events to the transaction.</summary>
    public abstract Task ApplyAsync(LedgerTransaction transaction);

    /// <summary>All is decided, and nobody has decided anything after it: how the log will stand is known, though it is not durable yet.</summary>
    public virtual void Concluded(LedgerTransaction transaction)
    {
    }

    /// <summary>It is durable (or nothing was to be written).</summary>
    public virtual void Committed(LedgerTransaction transaction)
    {
    }

    /// <summary>It was rolled back, or its outcome is not known. Where it was decided ahead, another may be deciding at this moment.</summary>
    public virtual void Failed()
    {
    }
}
