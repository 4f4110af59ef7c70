using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace OrleansSessions.AspNetCore;

/// <summary>Tells connections that outlive a request (WebSocket, SSE, SignalR) when their session ends, so that they can be cut.</summary>
public interface ISessionWatcher
{
    /// <summary>Watches the session that a request presented, for as long as the result is not disposed of.</summary>
    /// <param name="context">The request.</param>
    /// <param name="scheme">The session's authentication scheme; null for that of the request's user, or else the default.</param>
    /// <exception cref="InvalidOperationException">The request presented no session.</exception>
    SessionWatch Watch(HttpContext context, string? scheme = null);

    /// <summary>Watches the session that a request was authenticated by, if it was by one.</summary>
    /// <param name="context">The request.</param>
    /// <param name="watch">The watch; null for an anonymous request, and for a user who was authenticated in another way.</param>
    /// <param name="scheme">The session's authentication scheme; null for that of the request's user, or else the default.</param>
    bool TryWatch(HttpContext context, [NotNullWhen(true)] out SessionWatch? watch, string? scheme = null);
}
