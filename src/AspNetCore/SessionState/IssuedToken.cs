using Microsoft.AspNetCore.Http;

namespace OrleansSessions.AspNetCore;

/// <summary>The token that a response hands to the browser: a session that its request has just started, or a new secret.</summary>
internal static class IssuedToken
{
    public static SessionToken? Find(HttpResponse response, string cookieName)
    {
        SessionToken? found = null;
        foreach (var cookie in response.Headers.SetCookie)
        {
            // A later one replaces an earlier one, and one without a token takes it away.
            if (cookie is not null && cookie.StartsWith(cookieName + "=", StringComparison.Ordinal))
            {
                var value = cookie.AsSpan(cookieName.Length + 1);
                var end = value.IndexOf(';');
                found = SessionToken.TryParse(end < 0 ? value : value[..end], out var token) ? token : null;
            }
        }

        return found;
    }
}
