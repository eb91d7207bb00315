using System.Net;
using System.Net.Sockets;
using Linfen.AirMap.Simulator;
using Linfen.AirMap.Simulator.Fires;
using Linfen.AirMap.Simulator.Server;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Simulation;

/// <summary>The simulator as a client of a real server.</summary>
public sealed class FireRunTests(MigratedCluster cluster)
{
    static readonly TimeSpan Length = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task The_server_takes_a_whole_play_and_clear_removes_all_of_it()
    {
        await using var server = await Support.AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), clock: null);
        var tally = new Tally();
        using var client = ClientOf(server, tally);

        var play = await PerformAsync(client, tally);

        Assert.True(tally.Clean, tally.Summary());
        var removed = await client.ClearAsync(TestContext.Current.CancellationToken);
        Assert.Equal(play.Sum(emission => emission.Detections), removed["detections"]);
        Assert.True(removed["fires"] > 0);
        Assert.All((await client.ClearAsync(TestContext.Current.CancellationToken)).Values, rows => Assert.Equal(0, rows));
    }

    [Fact]
    public async Task The_same_play_again_is_all_duplicates()
    {
        await using var server = await Support.AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), clock: null);
        var (first, again) = (new Tally(), new Tally());
        using var client = ClientOf(server, first);
        using var repeater = ClientOf(server, again);
        var start = DateTimeOffset.UtcNow;

        await PerformAsync(client, first, start);
        var play = await PerformAsync(repeater, again, start);

        Assert.Contains($"duplicates {play.Sum(emission => emission.Detections)}", again.Line(), StringComparison.Ordinal);
        Assert.Contains("stored 0 ", again.Line(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_connection_is_tried_again_with_the_same_ids()
    {
        await using var server = await Support.AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), clock: null);
        var tally = new Tally();
        using var handler = new LosesAnswers();
        using var client = new Simulator.Server.AirMapServer(new HttpClient(handler)
        {
            BaseAddress = server.Client.BaseAddress, DefaultRequestHeaders = { Authorization = new("Bearer", server.Key) },
        }, tally, TimeSpan.FromSeconds(30));

        var play = await PerformAsync(client, tally);

        Assert.True(handler.Lost > 0);
        Assert.True(tally.Clean, tally.Summary());
        var removed = await client.ClearAsync(TestContext.Current.CancellationToken);
        Assert.Equal(play.Sum(emission => emission.Detections), removed["detections"]);
    }

    [Fact]
    public async Task Where_no_server_is_the_simulator_says_so()
    {
        using var nobody = Simulator.Server.AirMapServer.At(new Uri("http://127.0.0.1:1/"), new Tally(), TimeSpan.Zero);

        var missing = await Assert.ThrowsAsync<UnreachableException>(() => nobody.CityAsync(county: null, TestContext.Current.CancellationToken));

        Assert.StartsWith("No AirMap server answers at http://127.0.0.1:1/", missing.Message, StringComparison.Ordinal);
    }

    static Simulator.Server.AirMapServer ClientOf(Support.AirMapServer server, Tally tally) =>
        Simulator.Server.AirMapServer.At(server.Client.BaseAddress!, tally, TimeSpan.FromSeconds(30), server.Key);

    static async Task<List<Emission>> PerformAsync(Simulator.Server.AirMapServer client, Tally tally, DateTimeOffset? start = null)
    {
        var city = await client.CityAsync(county: null, TestContext.Current.CancellationToken);
        var settings = new PlaySettings(new Rate(40), Length, Seed: 11, start ?? DateTimeOffset.UtcNow);
        List<Emission> play = [.. new FirePlay(city, settings).Emissions()];
        await new FireRun(client, tally, new ProgressLine(TextWriter.Null, terminal: false)).PerformAsync(play, Length, TestContext.Current.CancellationToken);
        return play;
    }

    /// <summary>A network that delivers every fifth request and loses the answer to it.</summary>
    sealed class LosesAnswers() : DelegatingHandler(new SocketsHttpHandler())
    {
        int requests;

        public int Lost { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (Interlocked.Increment(ref requests) % 5 != 0 || request.Method != HttpMethod.Post)
            {
                return answer;
            }

            answer.Dispose();
            Lost++;
            throw new HttpRequestException("The connection was lost.", new SocketException((int)SocketError.ConnectionReset), HttpStatusCode.ServiceUnavailable);
        }
    }
}
