using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansSessions.Redis;

namespace OrleansSessions.AspNetCore;

/// <summary>Notices that the store has been emptied or replaced, by the mark that silos leave in it.</summary>
/// <remarks>
/// A silo ends then, as it would accept from memory what the store knows nothing of. A front end has no such memory but its
/// leases, which end by themselves, and the key ring: dropping that is enough.
/// </remarks>
internal sealed partial class StoreMark(
    KeyStore store, IOptions<ClusterSettings> cluster, TimeProvider time, ILogger<StoreMark> logger, StoreInMemory? memory = null) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);
    private static readonly StrictReads.Script Read = new("return redis.call('GET', KEYS[1])");

    private readonly StrictReads _reads = new(store);
    private CancellationTokenSource _replaced = new();
    private string? _mark;

    /// <summary>Is cancelled when the present store is found replaced.</summary>
    public CancellationToken Replaced => Volatile.Read(ref _replaced).Token;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (memory is not null)
        {
            return;
        }

        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
            {
                await CompareAsync();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The front end stops.
        }
    }

    private async Task CompareAsync()
    {
        try
        {
            string? mark = (string?)await _reads.RunAsync(Read, StoreKeys.Epoch(cluster.Value.ServiceId));
            var isReplaced = _mark is not null && mark != _mark;
            _mark = mark;
            if (isReplaced)
            {
                LogReplaced(logger);
                await Interlocked.Exchange(ref _replaced, new CancellationTokenSource()).CancelAsync();
            }
        }
        catch (Exception e) when (StoreFailure.Is(e))
        {
            // A store that does not answer says nothing about its mark.
        }
    }

    [LoggerMessage(EventId = 264, EventName = "StoreReplaced", Level = LogLevel.Warning,
        Message = "Redis has lost its data, or is another one. The keys of Data Protection are read from it again.")]
    private static partial void LogReplaced(ILogger logger);
}
