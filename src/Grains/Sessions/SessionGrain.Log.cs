using Microsoft.Extensions.Logging;

namespace OrleansSessions.Grains;

internal sealed partial class SessionGrain
{
    [LoggerMessage(EventId = 110, EventName = "SessionEnded", Level = LogLevel.Information, Message = "Session {SessionId} ended: {Reason}.")]
    private static partial void LogEnded(ILogger logger, string sessionId, RevocationReason reason);

    [LoggerMessage(EventId = 112, EventName = "SessionEndedFor", Level = LogLevel.Information,
        Message = "Session {SessionId} ended: {Reason}, because: {ReasonText}")]
    private static partial void LogEndedFor(ILogger logger, string sessionId, RevocationReason reason, string reasonText);

    [LoggerMessage(EventId = 111, EventName = "TokenReuse", Level = LogLevel.Warning,
        Message = "A replaced secret of session {SessionId} was presented long after its replacement; ending the session.")]
    private static partial void LogTokenReuse(ILogger logger, string sessionId);
}
