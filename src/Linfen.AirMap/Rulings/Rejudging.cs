using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Subjects;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Linfen.AirMap.Rulings;

/// <summary>Judges again what is due: because a time has come, or because a change of law marked it. At most a batch.</summary>
sealed class Rejudging(Bench bench) : LedgerChange
{
    /// <summary>Small enough that intake waits for tens of milliseconds at most.</summary>
    public const int Most = 500;

    public int Judged { get; private set; }

    public int Opened { get; private set; }

    public int Closed { get; private set; }

    /// <summary>There may be more.</summary>
    public bool IsFull => Judged == Most;

    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        await using var db = LedgerDb.On(transaction.Connection);
        var due = await db.Set<Wake>().AsNoTracking().Where(w => w.At <= transaction.KnownAt).OrderBy(w => w.At).ThenBy(w => w.SubjectId).Take(Most)
            .Select(w => w.SubjectId).ToListAsync();
        Judged = due.Count;
        if (due.Count == 0)
        {
            return;
        }

        var rules = await bench.RulesAsync(transaction, db);
        var subjects = await db.Subjects.AsNoTracking().Where(s => due.Contains(s.Id)).ToListAsync();
        var moved = subjects.FindAll(s => s.Shape is not null && s.Move(new(rules.Atlas.CountyOf(s.Shape)?.Code, s.Position), transaction.KnownAt));
        if (moved.Count > 0)
        {
            transaction.Write(Column.Command(
                "UPDATE subjects SET county = r.county, version = r.version, changed_at = $4 FROM unnest($1, $2, $3) AS r(id, county, version) WHERE subjects.id = r.id",
                Column.Uuids(moved.Select(s => s.Id)),
                Column.Texts(moved.Select(s => s.County)),
                Column.Integers(moved.Select(s => s.Version)),
                Column.Time(transaction.KnownAt)));
        }

        var docket = await bench.JudgeAsync(db, rules, due, subjects.ToDictionary(s => s.Id), new HashSet<Guid>(), [], transaction.KnownAt);
        transaction.Write(Column.Command("DELETE FROM wakes WHERE subject_id = ANY($1) AND at <= $2", Column.Uuids(due), Column.Time(transaction.KnownAt)));
        docket.Write(transaction);
        (Opened, Closed) = (docket.Opened, docket.Closed);
    }
}

/// <summary>Marks subjects to be judged again, in the transaction that changes what they are judged by: the marks outlive a crash.</summary>
static class Wakes
{
    /// <summary>All subjects of these kinds.</summary>
    public static NpgsqlBatchCommand OfKinds(IEnumerable<string> kinds, DateTimeOffset at) => Column.Command(
        Insert + " WHERE kind = ANY($2)" + Sooner, Column.Time(at), Column.Texts(kinds));

    /// <summary>Subjects of these kinds that meet a shape (EPSG:4490).</summary>
    public static NpgsqlBatchCommand In(byte[] shape, IEnumerable<string> kinds, DateTimeOffset at) => Column.Command(
        Insert + " WHERE kind = ANY($2) AND st_intersects(coalesce(shape, position), st_geomfromwkb($3, 4490))" + Sooner,
        Column.Time(at), Column.Texts(kinds), new NpgsqlParameter<byte[]> { TypedValue = shape });

    /// <summary>Subjects of a kind within so many metres of a shape.</summary>
    public static NpgsqlBatchCommand Near(byte[] shape, double metres, string kind, DateTimeOffset at) => Column.Command(
        Insert + " WHERE kind = $2 AND st_dwithin(coalesce(shape, position)::geography, st_geomfromwkb($3, 4490)::geography, $4)" + Sooner,
        Column.Time(at), new NpgsqlParameter<string> { TypedValue = kind }, new NpgsqlParameter<byte[]> { TypedValue = shape }, new NpgsqlParameter<double> { TypedValue = metres });

    public static NpgsqlBatchCommand OfAll(DateTimeOffset at) => Column.Command(Insert + " WHERE true" + Sooner, Column.Time(at));

    const string Insert = "INSERT INTO wakes (subject_id, at) SELECT id, $1 FROM subjects";

    /// <summary>A mark that was set for later gives way.</summary>
    const string Sooner = " ON CONFLICT (subject_id) DO UPDATE SET at = excluded.at";
}
