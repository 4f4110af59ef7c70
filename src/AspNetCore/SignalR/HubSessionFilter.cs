using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.SignalR;

namespace OrleansSessions.AspNetCore;

/// <summary>Aborts hub connections whose session has ended.</summary>
internal sealed class HubSessionFilter(ISessionWatcher watcher) : IHubFilter
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

        var session = new HubSession(watch, connection);
        connection.Items[Item] = session;
        try
        {
            await next(context);
        }
        catch
        {
            // Of a connection that the hub did not take, no end is told.
            await session.DisposeAsync();
            throw;
        }
    }

    public async Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        if (context.Context.Items.Remove(Item, out var session))
        {
            await ((HubSession)session!).DisposeAsync();
        }

        await next(context, exception);
    }
}
