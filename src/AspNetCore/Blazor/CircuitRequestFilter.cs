using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.SignalR;

namespace OrleansSessions.AspNetCore;

/// <summary>Lets a circuit that is being opened know of the request that opens it.</summary>
internal sealed class CircuitRequestFilter(CircuitRequests requests) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext context, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (context.Hub.GetType().Assembly != typeof(CircuitOptions).Assembly)
        {
            return await next(context);
        }

        using var opening = requests.Begin(context.Context.GetHttpContext());
        return await next(context);
    }
}
