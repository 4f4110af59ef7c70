using Microsoft.AspNetCore.Http;

namespace OrleansSessions.AspNetCore;

/// <summary>The request of the connection by which a circuit is being opened.</summary>
/// <remarks>
/// Not <see cref="IHttpContextAccessor"/>, which has no request for a connection by long polling, and a request of the past where
/// a circuit outlives its connection.
/// </remarks>
internal sealed class CircuitRequests
{
    private readonly AsyncLocal<HttpContext?> _current = new();

    public HttpContext? Current
    {
        get => _current.Value;
        set => _current.Value = value;
    }
}
