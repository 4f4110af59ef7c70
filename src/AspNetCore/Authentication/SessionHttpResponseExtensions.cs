using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace OrleansSessions.AspNetCore;

/// <summary>What a session demands of a response.</summary>
public static class SessionHttpResponseExtensions
{
    /// <summary>Keeps caches away from a response that depends on the session (ASVS 14.3.2, CVE-2023-30861).</summary>
    public static void NeverCache(this HttpResponse response)
    {
        var headers = response.Headers;
        headers.CacheControl = "no-store";
        if (!headers.Vary.Contains(HeaderNames.Cookie))
        {
            headers.Append(HeaderNames.Vary, HeaderNames.Cookie);
        }
    }
}
