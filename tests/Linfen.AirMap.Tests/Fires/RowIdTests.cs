using Linfen.AirMap.Fires;
using Xunit;

namespace Linfen.AirMap.Tests.Fires;

public sealed class RowIdTests
{
    static readonly DateTimeOffset At = new(2026, 3, 15, 2, 0, 0, 123, TimeSpan.Zero);

    [Fact]
    public void The_ids_of_a_batch_are_in_order_as_the_database_orders_them()
    {
        var ids = new RowIds();
        var given = Enumerable.Range(0, 5_000).Select(_ => ids.Next(At)).ToList();

        // The database compares the bytes from the left, as text does.
        Assert.Equal(given.Select(g => g.ToString("N")).Order(StringComparer.Ordinal), given.Select(g => g.ToString("N")), StringComparer.Ordinal);
        Assert.Equal(given.Count, given.Distinct().Count());
    }

    [Fact]
    public void An_id_says_its_version_variant_and_millisecond()
    {
        var id = new RowIds().Next(At);

        Assert.Equal(7, id.Version);
        Assert.InRange(id.Variant, 8, 11);
        Assert.Equal(At.ToUnixTimeMilliseconds(), Convert.ToInt64(id.ToString("N")[..12], 16));
    }

    [Fact]
    public void Batches_of_the_same_millisecond_share_no_id()
    {
        var given = Enumerable.Range(0, 2_000).SelectMany(_ => { var ids = new RowIds(); return new[] { ids.Next(At), ids.Next(At) }; }).ToList();

        Assert.Equal(given.Count, given.Distinct().Count());
    }
}
