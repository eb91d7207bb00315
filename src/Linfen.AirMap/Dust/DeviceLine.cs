using System.Net;
using Linfen.AirMap.Events;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Dust;

/// <summary>Where monitors call in: one conversation per connection.</summary>
sealed class DeviceLine(
    Reception reception, ReadingCommit commit, Refusals refusals, AddressCap addresses, IOptions<Hj212Options> options, TimeProvider clock, ILogger<DeviceLine> log) : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        if (!addresses.TryEnter(address, options.Value.ConnectionsPerAddress))
        {
            refusals.Count("", address.ToString(), "too-many-connections");
            connection.Abort(new ConnectionAbortedException("This address has too many connections."));
            return;
        }

        try
        {
            await using var conversation = new Conversation(connection, address.ToString(), reception, commit, refusals, options.Value, clock);
            await conversation.RunAsync();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ServerStoppingException)
        {
            // The device hung up, was cut off, or the server stops: what was not answered comes again.
        }
        catch (Exception e)
        {
            log.LogError(e, "A conversation with {Address} broke off", address);
        }
        finally
        {
            addresses.Leave(address);
        }
    }
}
