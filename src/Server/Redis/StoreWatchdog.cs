using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansSessions.Grains;
using OrleansSessions.Redis;
using StackExchange.Redis;

namespace OrleansSessions.Server;

/// <summary>Watches the store: tells whether it answers, and ends the process when it has lost its data.</summary>
/// <remarks>The supervisor starts the silo again, on what is there now.</remarks>
internal sealed partial class StoreWatchdog(
    RedisConnections connections, StoreIdentity identity, TimeProvider time, ILogger<StoreWatchdog> logger) : BackgroundService, IStoreHealth
{
    /// <summary>The exit code, for supervisors and tests.</summary>
    public const int StoreLost = 75;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private volatile StoreStatus _status = StoreStatus.Answers;

    public StoreStatus Status => _status;

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
            var isSame = await identity.IsSameAsync();
            _status = StoreStatus.Answers;
            return !isSame;
        }
        catch (RedisServerException e) when (e.Message.StartsWith("READONLY", StringComparison.Ordinal))
        {
            _status = StoreStatus.Unreachable;

            // The client takes a replica for the primary, and would find the primary only at its next look, within a minute.
            await FindPrimariesAsync();
            return false;
        }
        catch (Exception e) when (StoreFailure.Is(e))
        {
            // Unreachable, loading, failing over: not known, so not lost.
            _status = StoreStatus.Unreachable;
            return false;
        }
    }

    private async Task FindPrimariesAsync()
    {
        try
        {
            await connections.FindPrimariesAsync();
        }
        catch (Exception e) when (StoreFailure.Is(e))
        {
            // The next look finds out again.
        }
    }

    // At once, not in good order: until the end it would answer from memory what the store knows nothing of.
    private void End()
    {
        LogLost(logger);
        Console.Error.WriteLine("The silo ends: Redis has lost its data since the silo started (its epoch key is gone or another).");
        Environment.Exit(StoreLost);
    }

    [LoggerMessage(EventId = 331, EventName = "StoreLost", Level = LogLevel.Critical,
        Message = "Redis has lost its data since this silo started. The silo ends, and must be started again.")]
    private static partial void LogLost(ILogger logger);
}
