using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrleansSessions.Redis;
using StackExchange.Redis;

namespace OrleansSessions.AspNetCore;

/// <summary>The store's clock at this front end: what a direct read holds a record's times against.</summary>
internal sealed class StoreTime(
    StrictReads reads, IOptions<ClusterSettings> cluster, IOptions<SessionClientOptions> options, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    /// <summary>A key is needed to find a server by, and is not read.</summary>
    private static readonly StrictReads.Script ReadTime = new("return redis.call('TIME')");

    private readonly StoreClock _clock = new(time);
    private volatile bool _isKnown;

    /// <summary>Whether the store has ever told its time.</summary>
    public bool IsKnown => _isKnown;

    public DateTimeOffset Now => _clock.GetUtcNow();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.DirectReads)
        {
            return;
        }

        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
            {
                await ObserveAsync();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application stops.
        }
    }

    private async Task ObserveAsync()
    {
        var sentAt = time.GetTimestamp();
        try
        {
            var answer = (RedisValue[])(await reads.RunAsync(ReadTime, StoreKeys.Epoch(cluster.Value.ServiceId)))!;
            _clock.Observe(DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds((long)answer[0]) + TimeSpan.FromMicroseconds((long)answer[1]), sentAt);
            _isKnown = true;
        }
        catch (Exception e) when (StoreFailure.Is(e))
        {
            // The clock goes on from where it was last observed.
        }
    }
}
