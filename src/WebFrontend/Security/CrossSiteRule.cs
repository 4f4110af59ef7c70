using Microsoft.Extensions.Primitives;

namespace OrleansSessions.WebFrontend;

/// <summary>Tells requests that another site made the browser send (ASVS 3.5.1 and 3.5.3).</summary>
/// <remarks>
/// <c>Sec-Fetch-Site</c> is the browser's own word and needs no knowledge of our address, so it goes first. A sub-domain's
/// <c>same-site</c> is another site: whoever holds one must not sign users in or out here.
/// </remarks>
internal static class CrossSiteRule
{
    public static bool Refuses(string method, StringValues fetchSite, StringValues origin, string scheme, HostString host)
    {
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method))
        {
            return false;
        }

        if (fetchSite.Count > 0)
        {
            return fetchSite is not [("same-origin" or "none")];
        }

        // Neither header: not a browser, and so nobody's cookie but its own.
        return origin.Count > 0 && !IsOurs(origin, scheme, host);
    }

    private static bool IsOurs(StringValues origin, string scheme, HostString host) =>
        origin is [{ } one] && string.Equals(one, $"{scheme}://{host}", StringComparison.OrdinalIgnoreCase);
}
