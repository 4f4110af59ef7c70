using System.Collections.Immutable;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend;

/// <summary>A signed-in user's sessions: the list, and the ends of them.</summary>
internal sealed partial class OwnSessions(ISessionAdministration sessions, IBrowserSessions browser, ILogger<OwnSessions> logger)
{
    /// <summary>What a browser is to forget when its user signs out (ASVS 14.3.1).</summary>
    /// <remarks>Not its cache: no page of ours is in it, and Chromium takes longer for it the more it has cached of any site.</remarks>
    private const string ForgottenAtSignOut = "\"storage\"";

    /// <summary>The user's live sessions, newest first.</summary>
    public Task<ImmutableArray<SessionDescription>> ListAsync(SessionInfo current, CancellationToken cancellationToken) =>
        sessions.ListAsync(current.Subject, cancellationToken);

    /// <summary>Ends one of the user's sessions; the one at hand is signed out.</summary>
    /// <returns>False where the user has no such session.</returns>
    public async Task<bool> EndAsync(HttpContext context, SessionInfo current, string? sessionId, CancellationToken cancellationToken)
    {
        if (sessionId == current.SessionId)
        {
            await SignOutAsync(context);
            return true;
        }

        if (!await sessions.RevokeAsync(current.Subject, sessionId, RevocationReason.RevokedByUser, cancellationToken: cancellationToken))
        {
            return false;
        }

        LogEnded(logger, current.Subject, sessionId);
        return true;
    }

    /// <summary>Ends all of the user's sessions but the one at hand.</summary>
    /// <returns>How many ended.</returns>
    public Task<int> EndOthersAsync(SessionInfo current, CancellationToken cancellationToken) =>
        EndAllAsync(current, current.SessionId, cancellationToken);

    /// <summary>Ends all of the user's sessions, and signs the one at hand out.</summary>
    public async Task EndAllAsync(HttpContext context, SessionInfo current, CancellationToken cancellationToken)
    {
        await EndAllAsync(current, null, cancellationToken);
        await SignOutAsync(context);
    }

    /// <summary>Signs the browser out, and takes whatever stands in its cookie.</summary>
    public async Task SignOutAsync(HttpContext context)
    {
        await browser.SignOutAsync(context);
        TakeCookie(context);
        context.Response.Headers["Clear-Site-Data"] = ForgottenAtSignOut;
    }

    // One that is not a token, or stands there twice, is none of the library's.
    private static void TakeCookie(HttpContext context)
    {
        const string Start = SessionDefaults.CookieName + "=";
        if (context.Request.Headers.Cookie.ToString().Contains(Start, StringComparison.Ordinal)
            && !context.Response.Headers.SetCookie.Any(static cookie => cookie!.StartsWith(Start, StringComparison.Ordinal)))
        {
            context.Response.Cookies.Append(SessionDefaults.CookieName, "", new CookieOptions
            {
                Secure = true,
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Path = "/",
                IsEssential = true,
                MaxAge = TimeSpan.Zero,
            });
        }
    }

    private async Task<int> EndAllAsync(SessionInfo current, string? except, CancellationToken cancellationToken)
    {
        var ended = await sessions.RevokeAllAsync(current.Subject, RevocationReason.RevokedByUser, except, cancellationToken: cancellationToken);
        LogAllEnded(logger, current.Subject, ended);
        return ended;
    }

    [LoggerMessage(EventId = 440, EventName = "SessionEndedByUser", Level = LogLevel.Information,
        Message = "{Subject} ended session {SessionId} from another one.")]
    private static partial void LogEnded(ILogger logger, string subject, string? sessionId);

    [LoggerMessage(EventId = 441, EventName = "SessionsEndedByUser", Level = LogLevel.Information,
        Message = "{Subject} ended {Count} sessions at once.")]
    private static partial void LogAllEnded(ILogger logger, string subject, int count);
}
