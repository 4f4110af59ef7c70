using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OrleansSessions.AspNetCore;

/// <summary>Calls grains, through the passing faults of a cluster whose silos come and go.</summary>
/// <remarks>
/// A call that failed may have been carried out: give it only what may be done twice. Whatever cannot be answered within
/// the budget ends in <see cref="SessionsUnavailableException"/>.
/// </remarks>
public sealed partial class ClusterCaller
{
    private readonly IClusterClient _client;
    private readonly SessionClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ClusterCaller> _logger;
    private readonly Task _connected;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(400);

    /// <summary>Makes a caller whose calls wait, within their budget, for the client to be connected.</summary>
    internal ClusterCaller(
        IClusterClient client, IOptions<SessionClientOptions> options, TimeProvider time, ILogger<ClusterCaller> logger, Task connected) =>
        (_client, _options, _time, _logger, _connected) = (client, options.Value, time, logger, connected);

    /// <summary>Makes a call that answers soon, again if need be.</summary>
    /// <exception cref="SessionsUnavailableException">The cluster cannot answer now.</exception>
    public Task<T> CallAsync<T>(Func<IGrainFactory, CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        CallAsync(call, _options.RetryBudget, _options.ResponseTimeout, retry: true, cancellationToken);

    /// <summary>Makes a call that may have to wait for leases to end: it is asked again and again until they have.</summary>
    /// <remarks>
    /// Not asked once with a long time-out: a call that was sent to a silo which then died is answered by nobody, while the
    /// next one reaches the session's new place.
    /// </remarks>
    /// <exception cref="SessionsUnavailableException">The cluster cannot answer now.</exception>
    public Task<T> CallPatientlyAsync<T>(Func<IGrainFactory, CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        CallAsync(call, _options.RevocationBudget, _options.ResponseTimeout, retry: true, cancellationToken);

    /// <summary>Makes such a call, which has no answer but that it was carried out.</summary>
    /// <exception cref="SessionsUnavailableException">The cluster cannot answer now.</exception>
    internal Task CallPatientlyAsync(Func<IGrainFactory, CancellationToken, Task> call, CancellationToken cancellationToken) => CallPatientlyAsync(
        async (grains, ct) =>
        {
            await call(grains, ct);
            return true;
        },
        cancellationToken);

    /// <summary>Makes a call that must not be made twice.</summary>
    /// <exception cref="SessionsUnavailableException">The cluster did not answer: whether it acted is unknown.</exception>
    public Task<T> CallOnceAsync<T>(Func<IGrainFactory, CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        CallAsync(call, _options.RetryBudget, _options.ResponseTimeout, retry: false, cancellationToken);

    /// <summary>Makes a call whose every attempt is short, so that there is time for several.</summary>
    /// <exception cref="SessionsUnavailableException">The cluster cannot answer now.</exception>
    internal Task<T> ProbeAsync<T>(
        Func<IGrainFactory, CancellationToken, Task<T>> call, TimeSpan attemptBound, CancellationToken cancellationToken) =>
        CallAsync(call, _options.RetryBudget, attemptBound, retry: true, cancellationToken);

    /// <summary>Makes a call once, to see whether it is answered.</summary>
    /// <exception cref="SessionsUnavailableException">It was not answered in time.</exception>
    internal Task<T> ProbeOnceAsync<T>(Func<IGrainFactory, CancellationToken, Task<T>> call, TimeSpan bound) =>
        CallAsync(call, bound, bound, retry: false, CancellationToken.None);

    private async Task<T> CallAsync<T>(
        Func<IGrainFactory, CancellationToken, Task<T>> call, TimeSpan budget, TimeSpan attemptBound, bool retry, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        for (var pause = FirstPause; ; pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks)))
        {
            try
            {
                return await AttemptAsync(call, budget - _time.GetElapsedTime(started), attemptBound, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && IsTransient(e))
            {
                if (!retry || _time.GetElapsedTime(started) + pause >= budget)
                {
                    LogUnavailable(_logger, e.GetType().Name, _time.GetElapsedTime(started).TotalMilliseconds);
                    throw new SessionsUnavailableException("The session service did not answer in time.", e);
                }
            }

            await Task.Delay(pause, _time, cancellationToken);
        }
    }

    private async Task<T> AttemptAsync<T>(
        Func<IGrainFactory, CancellationToken, Task<T>> call, TimeSpan rest, TimeSpan longest, CancellationToken cancellationToken)
    {
        // A pause can take longer than it should, and leave less than nothing: then the attempt ends at once.
        var bound = TimeSpan.FromTicks(Math.Clamp(rest.Ticks, 0, longest.Ticks));
        using var attempt = new CancellationTokenSource(bound, _time);
        using var givenUp = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), attempt);
        await _connected.WaitAsync(attempt.Token);
        return await call(_client, attempt.Token).WaitAsync(attempt.Token);
    }

    // OperationCanceledException is either our own bound or Orleans' "expired before placement"; OrleansException covers
    // rejections, lost silos, lost connections, refused writes and storage failures: all of them end in "cannot reach the cluster".
    private static bool IsTransient(Exception e) =>
        e is OrleansException or TimeoutException or OperationCanceledException or ObjectDisposedException
            or System.Net.Sockets.SocketException;

    [LoggerMessage(EventId = 220, EventName = "ClusterUnavailable", Level = LogLevel.Warning,
        Message = "The cluster did not answer: {Failure} after {Milliseconds} ms.")]
    private static partial void LogUnavailable(ILogger logger, string failure, double milliseconds);
}
