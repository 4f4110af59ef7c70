using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace OrleansSessions.Server;

/// <summary>Starts the silo beside the application, and stops it behind the application.</summary>
/// <remarks>
/// A host waits for each of its services. So an application without Redis would never listen, and could not even answer that
/// it is unavailable. At the end, the application first says that it is not ready and goes on serving while balancers take
/// notice; then its web server stops; then the silo hands its grains over.
/// </remarks>
internal sealed partial class CoHostedSilo(
    IHostedService silo,
    StoreFitness store,
    IOptions<EndpointOptions> endpoint,
    IOptions<SiloSettings> settings,
    IHostApplicationLifetime application,
    TimeProvider time,
    ILogger<CoHostedSilo> logger) : IHostedLifecycleService, IClusterAccess, IDisposable
{
    private const int StartFailed = 1;

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _established = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _starting = Task.CompletedTask;
    private volatile bool _isClosing;
    private bool _isDisposed;

    public Task Established => _established.Task;

    public bool IsClosing => _isClosing;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        PortCheck.CheckSilo(endpoint.Value);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // An application hashes passwords on threads of the pool, for one.
        ReservedThreads.Ensure();
        var stopping = _stopping.Token;
        _starting = Task.Run(() => StartSiloAsync(stopping), CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _started.SetResult();
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _isClosing = true;
        if (_established.Task.IsCompletedSuccessfully)
        {
            LogDraining(logger, settings.Value.DrainPeriod.TotalSeconds);
            await Task.Delay(settings.Value.DrainPeriod, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // After all services have stopped, the web server among them, in whichever order they were added.
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _starting.WaitAsync(cancellationToken);
        if (_established.Task.IsCompletedSuccessfully)
        {
            await silo.StopAsync(cancellationToken);
        }
    }

    // Also of an application that has failed to start, which nobody stops. The container disposes once for each service that this is.
    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            _stopping.Cancel();
            _stopping.Dispose();
        }
    }

    private async Task StartSiloAsync(CancellationToken stopping)
    {
        try
        {
            while (!await store.TryWaitAsync(stopping))
            {
                LogWaiting(logger, await store.ExplainAsync(stopping));
            }

            await silo.StartAsync(stopping);
            _established.SetResult();
            LogStarted(logger);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            _established.SetCanceled(stopping);
        }
        catch (Exception e)
        {
            await EndAsync(e);
        }
    }

    // A silo starts once in its life. The supervisor starts the application again.
    private async Task EndAsync(Exception e)
    {
        _established.SetCanceled(CancellationToken.None);
        if (StartFailureException.Explain(e) is { } reason)
        {
            LogRefused(logger, reason);
        }
        else
        {
            LogFailed(logger, e);
        }

        Environment.ExitCode = StartFailed;

        // A host that is told to stop while it starts calls that a failure of its own.
        await _started.Task;
        application.StopApplication();
    }
}
