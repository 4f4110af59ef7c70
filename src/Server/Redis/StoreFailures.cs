using Microsoft.Extensions.Logging;

namespace OrleansSessions.Server;

/// <summary>Turns what goes wrong with a record into what front ends know, and logs it: once.</summary>
/// <remarks>
/// An exception travels with its type's name, and with its causes. A front end has no Redis storage, could not load the
/// type, and would take its own failure to read the answer for a fault: 500 in place of 503. So the cause stays in this log.
/// </remarks>
internal sealed partial class StoreFailures(ILogger<StoreFailures> logger)
{
    /// <summary>Logs a failure.</summary>
    /// <returns>What to throw instead.</returns>
    public OrleansException Report(string operation, GrainId grain, Exception cause)
    {
        LogFailed(logger, cause, operation, grain);
        return new OrleansException($"The session store could not {operation} the record of {grain}.");
    }

    /// <summary>Logs that a record is damaged; not what stands in it.</summary>
    public void ReportDamaged(GrainId grain) => LogDamaged(logger, grain);

    [LoggerMessage(EventId = 300, EventName = "StoreFailed", Level = LogLevel.Warning, Message = "The store could not {Operation} the record of {Grain}.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string operation, GrainId grain);

    [LoggerMessage(EventId = 301, EventName = "RecordDamaged", Level = LogLevel.Warning, Message = "The record of {Grain} is damaged.")]
    private static partial void LogDamaged(ILogger logger, GrainId grain);
}
