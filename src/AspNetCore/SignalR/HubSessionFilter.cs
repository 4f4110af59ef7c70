using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace OrleansSessions.AspNetCore;

/// <summary>Aborts hub connections whose session has ended.</summary>
internal sealed partial class HubSessionFilter(ISessionWatcher watcher, ILogger<HubSessionFilter> logger) : IHubFilter
{
    private static readonly object Item = new();

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        var connection = context.Context;

        // A circuit of Blazor is told of the end, and shows it, rather than cut.
        if (context.Hub.GetType().Assembly == typeof(CircuitOptions).Assembly || connection.GetHttpContext() is not { } request
            || !watcher.TryWatch(request, out var watch))
        {
            await next(context);
            return;
        }

        connection.Items[Item] = watch;
        watch.Ended.UnsafeRegister(
            static (state, _) =>
            {
                var (connection, logger) = ((HubCallerContext, ILogger))state!;
                LogAborted(logger, connection.ConnectionId);
                connection.Abort();
            },
            (connection, (ILogger)logger));
        try
        {
            await next(context);
        }
        catch
        {
            // Nobody is told that a connection has ended which the hub did not take.
            await watch.DisposeAsync();
            throw;
        }
    }

    public async Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        if (context.Context.Items.Remove(Item, out var watch))
        {
            await ((SessionWatch)watch!).DisposeAsync();
        }

        await next(context, exception);
    }

    [LoggerMessage(EventId = 231, EventName = "HubConnectionAborted", Level = LogLevel.Debug,
        Message = "Hub connection {ConnectionId} was aborted, with its session.")]
    private static partial void LogAborted(ILogger logger, string connectionId);
}
