using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OrleansSessions.AspNetCore;

/// <summary>The cookie of one scheme in one request, as the application's options have it.</summary>
internal readonly struct CookieJar(HttpContext context, AuthenticationScheme scheme, CookieAuthenticationOptions options)
{
    public HttpContext Context => context;

    public AuthenticationScheme Scheme => scheme;

    public CookieAuthenticationOptions Options => options;

    /// <summary>Reads the session's cookie.</summary>
    public PresentedCookie? Read(out bool isPresent)
    {
        var value = Value;
        isPresent = !string.IsNullOrEmpty(value);
        return isPresent && options.TicketDataFormat.Unprotect(value, Purpose) is { } cookie && CookieContent.TokenIn(cookie) is { } token
            ? new PresentedCookie(token, cookie.Properties.IssuedUtc, cookie.Properties.ExpiresUtc)
            : null;
    }

    /// <summary>Reads a cookie from before the switch, which holds the ticket itself.</summary>
    public (string Value, AuthenticationTicket Ticket)? ReadEarlier() =>
        Value is { Length: > 0 } value && options.TicketDataFormat.Unprotect(value, Binding) is { } ticket && CookieContent.TokenIn(ticket) is null
            ? (value, ticket)
            : null;

    /// <summary>The cookie's attributes, without a time: that is the ticket's.</summary>
    public CookieOptions NewCookieOptions()
    {
        var attributes = options.Cookie.Build(context);
        attributes.Expires = null;
        return attributes;
    }

    /// <summary>When a session under this scheme ends at the latest; null where that slides, and the cluster's timeouts alone tell.</summary>
    public DateTimeOffset? EndOf(AuthenticationProperties properties) => Slides(properties) ? null : properties.ExpiresUtc;

    public bool Slides(AuthenticationProperties properties) => options.SlidingExpiration && properties.AllowRefresh != false;

    public void Append(SessionToken token, AuthenticationProperties properties)
    {
        var attributes = NewCookieOptions();
        if (properties.IsPersistent)
        {
            attributes.Expires = properties.ExpiresUtc?.ToUniversalTime();
        }

        Append(token, properties, attributes);
    }

    public void Append(SessionToken token, AuthenticationProperties properties, CookieOptions attributes) => options.CookieManager.AppendResponseCookie(
        context, options.Cookie.Name!, options.TicketDataFormat.Protect(CookieContent.Of(token, properties, scheme.Name), Purpose), attributes);

    public void Delete(CookieOptions attributes) => options.CookieManager.DeleteCookie(context, options.Cookie.Name!, attributes);

    /// <summary>Keeps caches away from a response that carries a cookie, in the words of the stock handler.</summary>
    public void NeverCache()
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-cache,no-store";
        headers.Pragma = "no-cache";
        headers.Expires = "Thu, 01 Jan 1970 00:00:00 GMT";
    }

    private string? Value => options.CookieManager.GetRequestCookie(context, options.Cookie.Name!);

    private string Purpose => CookieContent.Purpose + Binding;

    private string? Binding =>
        context.Features.Get<ITlsTokenBindingFeature>()?.GetProvidedTokenBindingId() is { } binding ? Convert.ToBase64String(binding) : null;
}
