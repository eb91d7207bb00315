namespace Linfen.AirMap.Tests.Atlas;

/// <summary>How many random points atlas and PostGIS are compared on: a sample in the fast suite, a million where <c>AIRMAP_TEST_FULL=1</c>.</summary>
static class Sample
{
    public const int AtOnce = 20_000;

    public static int Points { get; } = Environment.GetEnvironmentVariable("AIRMAP_TEST_FULL") == "1" ? 1_000_000 : AtOnce;
}
