using Microsoft.Extensions.Logging;

namespace OrleansSessions.Grains;

internal sealed partial class SessionLeases
{
    [LoggerMessage(EventId = 100, EventName = "LeaseHolderUnreachable", Level = LogLevel.Information,
        Message = "A holder of a lease on session {SessionId} cannot be told to drop it; waiting for the lease to end.")]
    internal static partial void LogHolderUnreachable(ILogger logger, Exception exception, string sessionId);
}
