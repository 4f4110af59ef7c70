using Microsoft.Extensions.Logging;

namespace OrleansSessions.AspNetCore;

internal sealed partial class BrowserSessions
{
    [LoggerMessage(EventId = 200, EventName = "SignedIn", Level = LogLevel.Debug, Message = "Session {SessionId} signed in.")]
    private static partial void LogSignedIn(ILogger logger, string sessionId);

    [LoggerMessage(EventId = 201, EventName = "SignedOut", Level = LogLevel.Information, Message = "Session {SessionId} signed out.")]
    private static partial void LogSignedOut(ILogger logger, string sessionId);

    [LoggerMessage(EventId = 202, EventName = "Reauthenticated", Level = LogLevel.Information,
        Message = "The user of session {SessionId} proved again who they are; its secret was replaced.")]
    private static partial void LogReauthenticated(ILogger logger, string sessionId);
}
