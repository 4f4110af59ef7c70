using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OrleansSessions.AspNetCore;

internal sealed class SessionWatcher(
    SessionEvents events,
    LeaseCache leases,
    SessionCookieReader cookies,
    IOptions<SessionClientOptions> options,
    TimeProvider time,
    ILogger<SessionWatch> logger) : ISessionWatcher
{
    public SessionWatch Watch(HttpContext context) => cookies.TryRead(context.Request, out var token)
        ? new SessionWatch(events, leases, token, options.Value.WatchPeriod, time, logger)
        : throw new InvalidOperationException("The request presented no session: require an authenticated user first.");
}
