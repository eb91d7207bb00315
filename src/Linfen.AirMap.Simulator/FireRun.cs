using System.Diagnostics;
using Linfen.AirMap.Simulator.Fires;
using Linfen.AirMap.Simulator.Server;

namespace Linfen.AirMap.Simulator;

/// <summary>Performs a play against a server, in time.</summary>
public sealed class FireRun(AirMapServer server, Tally tally, ProgressLine progress)
{
    /// <summary>More requests than this at once only wait inside the server.</summary>
    const int MostAtOnce = 64;

    /// <summary>Sends everything that the play holds; a server that stays away ends it.</summary>
    /// <exception cref="Server.UnreachableException">The server went away and did not come back.</exception>
    public async Task PerformAsync(IEnumerable<Emission> play, TimeSpan length, CancellationToken stop)
    {
        using var places = new SemaphoreSlim(MostAtOnce);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var underway = new List<Task>();
        var clock = Stopwatch.StartNew();
        try
        {
            foreach (var emission in play)
            {
                await WaitUntilAsync(emission.After, length, clock, gone.Token);
                await places.WaitAsync(gone.Token);
                underway.RemoveAll(task => task.IsCompletedSuccessfully);
                underway.Add(SendAsync(emission, places, gone));
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The server is gone; the failed request among those under way says so.
        }

        await Task.WhenAll(underway);
        progress.Show(clock.Elapsed, length, tally);
    }

    async Task WaitUntilAsync(TimeSpan due, TimeSpan length, Stopwatch clock, CancellationToken stop)
    {
        while (due - clock.Elapsed is { Ticks: > 0 } early)
        {
            progress.Show(clock.Elapsed, length, tally);
            await Task.Delay(early < ProgressLine.Pace ? early : ProgressLine.Pace, stop);
        }

        progress.Show(clock.Elapsed, length, tally);
    }

    async Task SendAsync(Emission emission, SemaphoreSlim places, CancellationTokenSource gone)
    {
        try
        {
            tally.Sent(emission.Detections);
            await SendAsync(emission, gone.Token);
        }
        catch (RefusedException refused)
        {
            tally.Failed(refused.Message);
        }
        catch (Server.UnreachableException)
        {
            tally.Failed("lost: the server did not come back");
            await gone.CancelAsync();
            throw;
        }
        finally
        {
            places.Release();
        }
    }

    async Task SendAsync(Emission emission, CancellationToken stop)
    {
        switch (emission)
        {
            case Sighting sighting:
                tally.Took(await server.DeliverAsync(sighting.Detection, stop));
                break;
            case OverpassFile file:
                tally.Took(await server.DeliverAsync(file.Overpass, stop));
                break;
            case WordFromTheSpot word when await server.SpeakAsync(word, stop):
                tally.Spoke();
                break;
        }
    }
}
