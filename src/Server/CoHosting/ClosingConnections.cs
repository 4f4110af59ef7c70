using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace OrleansSessions.Server;

/// <summary>Ends idle connections before the web server does.</summary>
/// <remarks>A balancer keeps connections open, and a request that it sends on one which is being closed would fail.</remarks>
internal sealed class ClosingConnections(IClusterAccess access) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, pipeline) =>
        {
            if (access.IsClosing && !HttpProtocol.IsHttp2(context.Request.Protocol) && !HttpProtocol.IsHttp3(context.Request.Protocol))
            {
                context.Response.Headers.Connection = "close";
            }

            return pipeline(context);
        });
        next(app);
    };
}
