using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace OrleansSessions.Silo.Redis;

/// <summary>Ends the process when its store has lost its data; its supervisor starts it again, on what is there now.</summary>
internal sealed partial class StoreWatchdog(
    RedisConnections connections, StoreIdentity identity, TimeProvider time, ILogger<StoreWatchdog> logger) : BackgroundService
{
    /// <summary>The exit code, for supervisors and tests.</summary>
    public const int StoreLost = 75;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (await HasLostDataAsync())
                {
                    End();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo stops in good order.
        }
    }

    private async Task<bool> HasLostDataAsync()
    {
        try
        {
            return !await identity.IsSameAsync();
        }
        catch (RedisServerException e) when (e.Message.StartsWith("READONLY", StringComparison.Ordinal))
        {
            // The client takes a replica for the primary, and would find the primary only at its next look, within a minute.
            await connections.FindPrimariesAsync();
            return false;
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            // Unreachable, loading, failing over: not known, so not lost.
            return false;
        }
    }

    // At once, not in good order: until the end it would answer from memory what the store knows nothing of.
    private void End()
    {
        LogLost(logger);
        Console.Error.WriteLine("The silo ends: Redis has lost its data since the silo started (its epoch key is gone or another).");
        Environment.Exit(StoreLost);
    }

    [LoggerMessage(EventId = 231, EventName = "StoreLost", Level = LogLevel.Critical,
        Message = "Redis has lost its data since this silo started. The silo ends, and must be started again.")]
    private static partial void LogLost(ILogger logger);
}
