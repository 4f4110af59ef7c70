using OrleansSessions.Yarp;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds sessions to a reverse proxy.</summary>
public static class SessionReverseProxyBuilderExtensions
{
    /// <summary>
    /// Tells the applications behind the proxy who the user is, in headers that no browser can set. WebSockets and streams of
    /// events end with their session. Require authorization of the proxied routes: <c>MapReverseProxy().RequireAuthorization()</c>.
    /// </summary>
    public static IReverseProxyBuilder AddOrleansSessions(this IReverseProxyBuilder builder, Action<SessionProxyOptions>? configure = null)
    {
        builder.Services.Configure(configure ?? (static _ => { }));
        return builder.AddTransforms<SessionTransforms>();
    }
}
