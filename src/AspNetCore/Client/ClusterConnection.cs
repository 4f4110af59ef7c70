using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OrleansSessions.AspNetCore;

/// <summary>Starts Orleans' client in the background.</summary>
/// <remarks>
/// Orleans starts its client as a hosted service that waits for a silo, and a host waits for each of its services: an
/// application without a cluster would never listen, and so could not even answer that it is unavailable.
/// </remarks>
internal sealed partial class ClusterConnection(IHostedService client, ILogger<ClusterConnection> logger) : IHostedService, IClusterAccess, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _established = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _connecting = Task.CompletedTask;

    /// <summary>Completes once a silo has been reached. Until then the client knows no grain, and refuses every call.</summary>
    public Task Established => _established.Task;

    public bool IsClosing => false;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _connecting = Task.Run(ConnectAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _connecting.WaitAsync(cancellationToken);
        await client.StopAsync(cancellationToken);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task ConnectAsync()
    {
        try
        {
            await client.StartAsync(_stopping.Token);
            _established.SetResult();
            LogConnected(logger);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            _established.SetCanceled(_stopping.Token);
        }
        catch (Exception e)
        {
            // Nobody awaits this task: what is not logged here would be lost.
            _established.SetCanceled(CancellationToken.None);
            LogFailed(logger, e);
        }
    }

    [LoggerMessage(EventId = 221, EventName = "ClusterConnected", Level = LogLevel.Information, Message = "Connected to the cluster.")]
    private static partial void LogConnected(ILogger logger);

    [LoggerMessage(EventId = 222, EventName = "ClusterConnectionFailed", Level = LogLevel.Critical,
        Message = "The cluster client cannot start; sessions are unavailable until this process is restarted.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
