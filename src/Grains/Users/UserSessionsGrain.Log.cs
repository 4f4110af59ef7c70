using Microsoft.Extensions.Logging;

namespace OrleansSessions.Grains;

internal sealed partial class UserSessionsGrain
{
    [LoggerMessage(EventId = 120, EventName = "IndexEntriesStay", Level = LogLevel.Information,
        Message = "Entries of ended sessions stay in their user's index until the next list.")]
    private static partial void LogEntriesStay(ILogger logger, Exception exception);
}
