using Microsoft.Extensions.Logging;
using OrleansSessions.Redis;

namespace OrleansSessions.Server;

/// <summary>Says at the start that sessions are kept in memory.</summary>
internal sealed partial class MemoryNotice(ILogger<MemoryNotice> logger) : BeforeStart
{
    public override Task StartingAsync(CancellationToken cancellationToken)
    {
        LogInMemory(logger, StoreAddress.Setting);
        return Task.CompletedTask;
    }

    [LoggerMessage(EventId = 345, EventName = "SessionsInMemory", Level = LogLevel.Warning,
        Message = "Sessions are kept in the memory of this process, and end with it. Set {Setting} to keep them in Redis.")]
    private static partial void LogInMemory(ILogger logger, string setting);
}
