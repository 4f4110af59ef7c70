using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OrleansSessions.AspNetCore;

/// <inheritdoc cref="ISessionWatcher"/>
/// <remarks>The connections of one session share one watch: a thousand of them cost no more than one.</remarks>
internal sealed class SessionWatcher(
    SessionEvents events,
    LeaseCache leases,
    SessionCookieReader cookies,
    SessionSchemes schemes,
    IOptions<SessionClientOptions> options,
    TimeProvider time,
    ILogger<SessionWatch> logger) : ISessionWatcher
{
    private readonly Lock _lock = new();

    // By the secret as well: where it is replaced, only the watches of the old one end.
    private readonly Dictionary<(string SessionId, SecretHash SecretHash), SharedWatch> _watches = [];

    public SessionWatch Watch(HttpContext context, string? scheme = null) => cookies.TryRead(context.Request, schemes.Of(context, scheme), out var token)
        ? Join(token)
        : throw new InvalidOperationException("The request presented no session: require an authenticated user first.");

    public bool TryWatch(HttpContext context, [NotNullWhen(true)] out SessionWatch? watch, string? scheme = null)
    {
        watch = context.User.Identity is { IsAuthenticated: true } && cookies.TryRead(context.Request, schemes.Of(context, scheme), out var token)
            ? Join(token)
            : null;
        return watch is not null;
    }

    /// <summary>Ends one use of a watch, and the watch with the last one.</summary>
    public ValueTask LeaveAsync(SharedWatch watch)
    {
        lock (_lock)
        {
            watch.Users--;
            if (watch.Users > 0)
            {
                return ValueTask.CompletedTask;
            }

            _watches.Remove(watch.Key);
        }

        return watch.DisposeAsync();
    }

    private SessionWatch Join(SessionToken token)
    {
        var key = (token.SessionId, token.SecretHash);
        lock (_lock)
        {
            if (!_watches.TryGetValue(key, out var watch))
            {
                _watches[key] = watch = new SharedWatch(events, leases, token, options.Value.WatchPeriod, time, logger);
            }

            watch.Users++;
            return new SessionWatch(this, watch);
        }
    }
}
