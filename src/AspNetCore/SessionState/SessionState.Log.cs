using Microsoft.Extensions.Logging;

namespace OrleansSessions.AspNetCore;

internal sealed partial class SessionState
{
    [LoggerMessage(EventId = 261, EventName = "SessionStateNotLoaded", Level = LogLevel.Error,
        Message = "Session data {DataKey} could not be loaded: the request goes on without.")]
    private static partial void LogNotLoaded(ILogger logger, Exception exception, string dataKey);

    [LoggerMessage(EventId = 262, EventName = "SessionStateRefused", Level = LogLevel.Warning,
        Message = "The changes of a request to session data {DataKey} were not stored: {Status}.")]
    private static partial void LogRefused(ILogger logger, string dataKey, SessionDataStatus status);

    [LoggerMessage(EventId = 263, EventName = "SessionStateOfOtherSession", Level = LogLevel.Warning,
        Message = "Session data {DataKey} is bound to another session than that of the request, or the request has not been authenticated yet: the request goes on without.")]
    private static partial void LogOfOtherSession(ILogger logger, string dataKey);
}
