using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Session;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OrleansSessions.AspNetCore;

/// <summary>Gives each request its session state.</summary>
internal sealed class SessionStateStore(
    SessionStateCluster cluster,
    SynchronousLoads synchronousLoads,
    IHttpContextAccessor requests,
    IOptions<SessionStateOptions> options,
    TimeProvider time,
    ILogger<SessionState> logger) : ISessionStore
{
    public ISession Create(string sessionKey, TimeSpan idleTimeout, TimeSpan ioTimeout, Func<bool> tryEstablishSession, bool isNewSessionKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(sessionKey);
        ArgumentNullException.ThrowIfNull(tryEstablishSession);
        return new SessionState(cluster, synchronousLoads, requests, options.Value, time, logger)
        {
            Key = SessionStateKey.Derive(sessionKey),
            IdleTimeout = idleTimeout,
            IOTimeout = ioTimeout,
            TryEstablish = tryEstablishSession,
            IsNew = isNewSessionKey,
        };
    }
}
