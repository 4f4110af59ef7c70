using Microsoft.AspNetCore.Http;

namespace OrleansSessions.AspNetCore;

/// <summary>Describes the browser behind a request, for its user's device list.</summary>
internal static class ClientDescription
{
    public static ClientInfo Of(HttpContext? context)
    {
        if (context is null)
        {
            return new ClientInfo(null, null);
        }

        var userAgent = context.Request.Headers.UserAgent.ToString();
        return new ClientInfo(
            userAgent.Length > ClientInfo.MaxUserAgentLength ? userAgent[..ClientInfo.MaxUserAgentLength] : userAgent,
            context.Connection.RemoteIpAddress?.ToString());
    }
}
