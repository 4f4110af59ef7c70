using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Logging;

namespace OrleansSessions.AspNetCore;

/// <summary>Tells a circuit who its user is, for as long as the session lasts under which it was opened.</summary>
/// <remarks>The stock provider that revalidates asks every 30 minutes; this one is told.</remarks>
internal sealed partial class SessionAuthenticationStateProvider : ServerAuthenticationStateProvider, IAsyncDisposable
{
    private static readonly Task<AuthenticationState> Nobody = Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity())));

    private readonly SessionWatch? _watch;
    private readonly WatchedClaims _claims;
    private readonly ILogger<SessionAuthenticationStateProvider> _logger;
    private readonly int? _openedWith;
    private readonly Lock _lock = new();
    private readonly CancellationTokenRegistration _registration;
    private bool _isOver;

    public SessionAuthenticationStateProvider(
        ISessionWatcher watcher, CircuitRequests requests, WatchedClaims claims, ILogger<SessionAuthenticationStateProvider> logger)
    {
        (_claims, _logger) = (claims, logger);
        if (requests.Current is { } request && watcher.TryWatch(request, out _watch))
        {
            _openedWith = request.SessionFeature().Session?.Revision;
            _watch.Changed += ShowClaims;

            // The watch may be an older one, which has told of a change before this circuit joined it.
            if (_watch.Revision is not null)
            {
                ShowClaims();
            }

            _registration = _watch.Ended.UnsafeRegister(static provider => ((SessionAuthenticationStateProvider)provider!).SignOut(), this);
        }
    }

    /// <remarks>The session may end before the circuit has told its first user.</remarks>
    public override Task<AuthenticationState> GetAuthenticationStateAsync() => _isOver ? Nobody : base.GetAuthenticationStateAsync();

    public async ValueTask DisposeAsync()
    {
        if (_watch is not null)
        {
            _watch.Changed -= ShowClaims;
            await _registration.DisposeAsync();
            await _watch.DisposeAsync();
        }
    }

    private void SignOut()
    {
        lock (_lock)
        {
            _isOver = true;
            SetAuthenticationState(Nobody);
        }
    }

    private void ShowClaims() => _ = Background.Start(async () =>
    {
        try
        {
            if (_watch!.Revision != _openedWith && await _claims.ReadAsync(_watch.Token) is { } user)
            {
                lock (_lock)
                {
                    // The end that overtook this is the last word.
                    if (!_isOver)
                    {
                        SetAuthenticationState(Task.FromResult(new AuthenticationState(user)));
                    }
                }
            }
        }
        catch (Exception e)
        {
            LogClaimsNotShown(_logger, e, _watch!.Token.SessionId);
        }
    });

    [LoggerMessage(EventId = 232, EventName = "CircuitClaimsNotShown", Level = LogLevel.Error,
        Message = "The changed claims of session {SessionId} could not be read; its circuit goes on with the earlier ones.")]
    private static partial void LogClaimsNotShown(ILogger logger, Exception exception, string sessionId);
}
