using Linfen.AirMap.Accounts;
using MessagePack;
using Microsoft.AspNetCore.SignalR;

namespace Linfen.AirMap.Events;

/// <summary>The doorbell: tells a client that the log grew. What happened stands in <c>GET /api/events</c>.</summary>
sealed class LiveHub(Watchers watchers) : Hub<ILiveClient>
{
    /// <summary>Group of those who watch the whole city.</summary>
    internal const string City = "city";

    const string WatchedKey = "watched";

    /// <summary>Says which counties to ring for; null for all. Another call replaces the first.</summary>
    public async Task Watch(WatchRequest request)
    {
        var wanted = request?.Counties is { } counties ? counties.Distinct(StringComparer.Ordinal).ToArray() : [City];
        if (wanted.Length > 100 || wanted.Any(c => c != City && (c.Length != 6 || !c.All(char.IsAsciiDigit))))
        {
            throw new HubException("Watch takes {counties: [six-digit codes]} or {counties: null}.");
        }

        var scope = Context.User!.Scope();
        if (!scope.IsCity && wanted.Any(c => c != City && !scope.Holds(c)))
        {
            throw new HubException("Watch names counties that this account may not see.");
        }

        wanted = scope.IsCity ? wanted : [watchers.GroupOf(wanted is [City] ? scope.Counties! : wanted)];
        foreach (var group in Context.Items.TryGetValue(WatchedKey, out var before) ? (string[])before! : [])
        {
            await Groups.RemoveFromGroupAsync(Context.ConnectionId, group);
        }

        foreach (var group in wanted)
        {
            await Groups.AddToGroupAsync(Context.ConnectionId, group);
        }

        Context.Items[WatchedKey] = wanted;
    }

    public override Task OnConnectedAsync()
    {
        watchers.Came(Context);
        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        watchers.Left(Context);
        return base.OnDisconnectedAsync(exception);
    }
}

/// <summary>What a client of the hub implements.</summary>
public interface ILiveClient
{
    Task Changed(Changed changed);
}

/// <param name="Counties">Six-digit codes; null for the whole city.</param>
[MessagePackObject]
public sealed record WatchRequest([property: Key("counties")] string[]? Counties);

/// <param name="Last">Head of the log.</param>
/// <param name="Counties">Counties with news; null when the whole city is concerned.</param>
[MessagePackObject]
public sealed record Changed([property: Key("epoch")] string Epoch, [property: Key("last")] long Last, [property: Key("counties")] string[]? Counties);
