using Microsoft.Extensions.Logging;

namespace OrleansSessions.AspNetCore;

/// <summary>Whether the silos answer. While they are away, no request waits for them: a probe does.</summary>
internal sealed partial class ClusterPresence(ClusterCaller cluster, TimeProvider time, ILogger<ClusterPresence> logger) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ProbeBound = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _disposal = new();
    private int _isAway;
    private int _isProbing;

    /// <summary>Whether the cluster did not answer when it was last asked.</summary>
    public bool IsAway => Volatile.Read(ref _isAway) != 0;

    /// <exception cref="SessionsUnavailableException">The cluster is away.</exception>
    public void ThrowIfAway()
    {
        if (IsAway)
        {
            throw new SessionsUnavailableException();
        }
    }

    /// <summary>Notes that a call was given up, which may be the fault of one session: a probe finds out.</summary>
    public void NoteFailure()
    {
        if (Interlocked.Exchange(ref _isProbing, 1) == 0)
        {
            _ = Background.Start(ProbeAsync);
        }
    }

    /// <summary>Ends a probe under way: the application has stopped.</summary>
    public void Dispose() => _disposal.Cancel();

    private async Task ProbeAsync()
    {
        try
        {
            while (!_disposal.IsCancellationRequested && !await IsAnsweredAsync())
            {
                if (Interlocked.Exchange(ref _isAway, 1) == 0)
                {
                    LogAway(logger);
                }

                await Task.Delay(Pause, time, _disposal.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            // Also after a failure of another kind: without a probe, nobody would find the silos back.
            if (Interlocked.Exchange(ref _isAway, 0) != 0)
            {
                LogBack(logger);
            }

            Volatile.Write(ref _isProbing, 0);
        }
    }

    private async Task<bool> IsAnsweredAsync()
    {
        try
        {
            await cluster.ProbeOnceAsync(
                static (grains, ct) => grains.GetSiloHealth(ClusterHealthCheck.AnyKey()).CheckAsync(ct).AsTask(), ProbeBound);
            return true;
        }
        catch (SessionsUnavailableException)
        {
            return false;
        }
    }

    [LoggerMessage(EventId = 251, EventName = "ClusterAway", Level = LogLevel.Warning,
        Message = "No silo answers. Until one does, requests are answered from leases and from the store, or with 503.")]
    private static partial void LogAway(ILogger logger);

    [LoggerMessage(EventId = 252, EventName = "ClusterBack", Level = LogLevel.Information, Message = "A silo answers again.")]
    private static partial void LogBack(ILogger logger);
}
