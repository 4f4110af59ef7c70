using Microsoft.Extensions.Logging;

namespace OrleansSessions.AspNetCore;

internal sealed partial class CookieSessionHandler
{
    [LoggerMessage(EventId = 282, EventName = "CookieNotRenewed", Level = LogLevel.Warning,
        Message = "The cookie of session {SessionId} was not renewed: the session service cannot be reached.")]
    private static partial void LogNotRenewed(ILogger logger, Exception exception, string sessionId);

    [LoggerMessage(EventId = 284, EventName = "RenewalOfAnotherUser", Level = LogLevel.Error,
        Message = "The application's event put another user into session {SessionId}; the session was left as it was. A new user signs in.")]
    private static partial void LogRenewalOfAnotherUser(ILogger logger, string sessionId);

    [LoggerMessage(EventId = 283, EventName = "SignInNotRefreshed", Level = LogLevel.Information,
        Message = "The sign-in of session {SessionId} was not refreshed: the session has ended, or another request has refreshed it.")]
    private static partial void LogNotRefreshed(ILogger logger, string sessionId);
}
