using Microsoft.Extensions.Logging;

namespace OrleansSessions.Server;

internal sealed partial class CoHostedSilo
{
    [LoggerMessage(EventId = 340, EventName = "SiloStarted", Level = LogLevel.Information, Message = "Sessions are hosted in this process.")]
    private static partial void LogStarted(ILogger logger);

    [LoggerMessage(EventId = 341, EventName = "SiloWaiting", Level = LogLevel.Warning, Message = "Sessions are unavailable: {Reason}")]
    private static partial void LogWaiting(ILogger logger, string reason);

    [LoggerMessage(EventId = 342, EventName = "SiloRefused", Level = LogLevel.Critical, Message = "The application ends, as it cannot host sessions: {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);

    [LoggerMessage(EventId = 343, EventName = "SiloFailed", Level = LogLevel.Critical, Message = "The application ends, as its silo has failed to start.")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 344, EventName = "Draining", Level = LogLevel.Information,
        Message = "This server is about to stop, and serves for {Seconds} s more while balancers take notice.")]
    private static partial void LogDraining(ILogger logger, double seconds);
}
