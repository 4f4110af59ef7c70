using System.Net;

namespace OrleansSessions.WebFrontend;

/// <summary>Tells browsers that use plain HTTP at a name other than localhost: they keep none of our cookies, all of which are Secure.</summary>
internal static class PlainTransport
{
    /// <summary>The problem type of a sign-in that the browser would forget at once.</summary>
    public const string HttpsRequired = "urn:orleans-sessions:https-required";

    /// <summary>Whether the browser itself, and not a proxy that ends TLS before us, seems to use plain HTTP.</summary>
    /// <remarks>Browsers send <c>Sec-Fetch-Site</c> only where they trust the transport.</remarks>
    public static bool IsLikely(HttpRequest request) =>
        !request.IsHttps && !IsLocal(request.Host.Host)
        && !request.Headers.ContainsKey("Sec-Fetch-Site")
        && !request.Headers.Origin.ToString().StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the browser says so.</summary>
    public static bool IsCertain(HttpRequest request) =>
        IsLikely(request) && request.Headers.Origin.ToString().StartsWith("http:", StringComparison.OrdinalIgnoreCase);

    private static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
