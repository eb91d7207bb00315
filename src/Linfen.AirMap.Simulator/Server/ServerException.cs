using System.Net;

namespace Linfen.AirMap.Simulator.Server;

/// <summary>The server is there and says no; the message says why.</summary>
public sealed class RefusedException(HttpStatusCode status, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;
}

/// <summary>The server is not there, or went away and did not come back.</summary>
public sealed class UnreachableException(string message, Exception? cause = null) : Exception(message, cause);
