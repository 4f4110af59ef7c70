using Microsoft.Extensions.DependencyInjection;
using OrleansSessions.AspNetCore;

namespace Microsoft.AspNetCore.Http;

/// <summary>Ends requests that stay open, with the session that they were authenticated by.</summary>
public static class RequestSessionExtensions
{
    /// <summary>
    /// Lets a WebSocket, a stream of events or any other long request end with its session. The token is cancelled when the session
    /// has ended, when its secret was replaced, and when the browser has gone.
    /// </summary>
    /// <remarks>
    /// The token gives the request a moment to say goodbye. Two seconds later the connection is cut, whatever the application
    /// makes of the token. An open request does not use its session: idle time passes.
    /// </remarks>
    /// <param name="context">The request.</param>
    /// <param name="scheme">The session's authentication scheme; null for that of the request's user, or else the default.</param>
    /// <exception cref="InvalidOperationException">The request presented no session: require an authenticated user first.</exception>
    public static CancellationToken EndWithSession(this HttpContext context, string? scheme = null) =>
        EndWithSession(context, scheme, EndingRequest.Grace);

    /// <summary>Cuts the request at once when its session ends.</summary>
    internal static void CutWithSession(this HttpContext context) => EndWithSession(context, scheme: null, TimeSpan.Zero);

    private static CancellationToken EndWithSession(HttpContext context, string? scheme, TimeSpan grace)
    {
        var services = context.RequestServices;
        var watch = services.GetRequiredService<ISessionWatcher>().Watch(context, scheme);
        var ending = new EndingRequest(context, watch, grace, services.GetRequiredService<TimeProvider>());
        context.Response.RegisterForDisposeAsync(ending);
        return ending.Token;
    }
}
