using Microsoft.Extensions.Primitives;

namespace OrleansSessions.WebFrontend;

/// <summary>Tells requests that another site made the browser send (ASVS 3.5.1 and 3.5.3).</summary>
/// <remarks>
/// <c>Sec-Fetch-Site</c> is the browser's own word and needs no knowledge of our address, so it goes first. A sub-domain's
/// <c>same-site</c> is another site: its holder must not sign users in or out here.
/// </remarks>
internal static class CrossSiteRule
{
    public static RequestOrigin Judge(string method, StringValues fetchSite, StringValues origin, string scheme, HostString host)
    {
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method))
        {
            return RequestOrigin.Unstated;
        }

        if (fetchSite.Count > 0)
        {
            return fetchSite is [("same-origin" or "none")] ? RequestOrigin.Own : RequestOrigin.Foreign;
        }

        return origin switch
        {
            [] => RequestOrigin.Unstated,
            ["null"] => RequestOrigin.Undisclosed,
            [{ } one] when IsOurs(one, scheme, host) => RequestOrigin.Own,
            _ => RequestOrigin.Foreign,
        };
    }

    // Origins are equal where scheme, host and effective port are (RFC 6454, section 5): a default port need not be written.
    private static bool IsOurs(string origin, string scheme, HostString host) =>
        host.HasValue
        && Uri.TryCreate(origin, UriKind.Absolute, out var theirs)
        && Uri.TryCreate($"{scheme}://{host.Value}", UriKind.Absolute, out var ours)
        && theirs is { UserInfo: "", Query: "", Fragment: "", AbsolutePath: "/" }
        && !origin.EndsWith('/')
        && theirs.Scheme == ours.Scheme
        && string.Equals(theirs.IdnHost, ours.IdnHost, StringComparison.OrdinalIgnoreCase)
        && theirs.Port == ours.Port;
}
