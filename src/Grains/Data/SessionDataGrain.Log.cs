using Microsoft.Extensions.Logging;

namespace OrleansSessions.Grains;

internal sealed partial class SessionDataGrain
{
    [LoggerMessage(EventId = 140, EventName = "DataEndedLate", Level = LogLevel.Information,
        Message = "Session data {DataKey} ended when it was next used: session {SessionId}, which it was bound to, had ended before.")]
    private static partial void LogEndedLate(ILogger logger, string dataKey, string sessionId);

    [LoggerMessage(EventId = 141, EventName = "DataUseNotStored", Level = LogLevel.Warning,
        Message = "The latest use of session data {DataKey} could not be stored: its idle time may pass too soon.")]
    private static partial void LogUseNotStored(ILogger logger, string dataKey);
}
