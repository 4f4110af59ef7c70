using Microsoft.Extensions.Logging;

namespace OrleansSessions.AspNetCore;

/// <summary>Starts sessions under new tokens, and takes back those that no browser will hold.</summary>
internal sealed partial class SessionStarter(ClusterCaller cluster, ILogger<SessionStarter> logger)
{
    private const int MaxTokens = 2;

    /// <summary>Starts a session. A call whose answer was lost is repeated with the same token, and finds the session that it started.</summary>
    /// <param name="toRequest">Makes the request of a new token.</param>
    /// <param name="cancellationToken">Ends the wait, and takes the sign-in back.</param>
    /// <param name="chosen">The token to start it under; null for a new one.</param>
    /// <exception cref="SessionsUnavailableException">The cluster did not answer: what may have started is taken back.</exception>
    public async Task<(SessionToken Token, SessionSignInResult Result)> StartAsync(
        Func<SessionToken, SignInRequest> toRequest, CancellationToken cancellationToken, SessionToken? chosen = null)
    {
        for (var tokens = 1; ; tokens++)
        {
            var token = chosen ?? SessionToken.Create();
            var request = toRequest(token);
            var result = await StartAsync(token, request, cancellationToken);
            if (result.Status != SignInStatus.AlreadyUsed || chosen is not null || tokens == MaxTokens)
            {
                return (token, result);
            }
        }
    }

    /// <summary>Takes back a token that no browser holds: its session ends, or never starts. Nobody waits for it.</summary>
    public void TakeBack(SessionToken token, string subject)
    {
        var abandonment = new Abandonment(token.SecretHash, subject);
        _ = Background.Start(() => TakeBackAsync(token.SessionId, abandonment));
    }

    private async Task<SessionSignInResult> StartAsync(SessionToken token, SignInRequest request, CancellationToken cancellationToken)
    {
        var attempts = 0;
        SessionSignInResult? result = null;
        try
        {
            result = await cluster.CallAsync(
                (grains, ct) =>
                {
                    attempts++;
                    return grains.GetSession(token.SessionId).SignInAsync(request, ct);
                },
                cancellationToken);
            return result;
        }
        finally
        {
            // Also after a refusal: an earlier attempt may yet store the session.
            if (attempts > (result is null ? 0 : 1) && result?.Status != SignInStatus.SignedIn)
            {
                TakeBack(token, request.Subject);
            }
        }
    }

    private async Task TakeBackAsync(string sessionId, Abandonment abandonment)
    {
        try
        {
            await cluster.CallPatientlyAsync((grains, ct) => grains.GetSession(sessionId).AbandonAsync(abandonment, ct), CancellationToken.None);
            LogTakenBack(logger, sessionId);
        }
        catch (Exception e)
        {
            LogNotTakenBack(logger, e, sessionId);
        }
    }

    [LoggerMessage(EventId = 204, EventName = "SignInTakenBack", Level = LogLevel.Information,
        Message = "The sign-in as session {SessionId} was given up and taken back.")]
    private static partial void LogTakenBack(ILogger logger, string sessionId);

    [LoggerMessage(EventId = 205, EventName = "SignInNotTakenBack", Level = LogLevel.Warning,
        Message = "The sign-in as session {SessionId} was given up, and could not be taken back: a session that nobody holds may stay until it times out.")]
    private static partial void LogNotTakenBack(ILogger logger, Exception exception, string sessionId);
}
