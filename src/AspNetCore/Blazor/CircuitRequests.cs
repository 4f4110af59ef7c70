using Microsoft.AspNetCore.Http;

namespace OrleansSessions.AspNetCore;

/// <summary>The request of the connection by which a circuit is being opened.</summary>
/// <remarks>
/// Not <see cref="IHttpContextAccessor"/>, which has no request for a connection by long polling, and a request of the past where
/// a circuit outlives its connection.
/// </remarks>
internal sealed class CircuitRequests
{
    private readonly AsyncLocal<Opening?> _current = new();

    public HttpContext? Current => _current.Value?.Request;

    /// <summary>Makes a request the current one, until the result is disposed of.</summary>
    public Opening Begin(HttpContext? request) => _current.Value = new Opening { Request = request };

    /// <summary>Lets go of the request when the call is over: what a circuit has started then still has the context of the call.</summary>
    internal sealed class Opening : IDisposable
    {
        public HttpContext? Request { get; set; }

        public void Dispose() => Request = null;
    }
}
