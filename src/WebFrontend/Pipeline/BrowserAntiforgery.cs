using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;

namespace OrleansSessions.WebFrontend;

/// <summary>Antiforgery tokens that belong to a browser, and not to the user who was signed in when a page was made.</summary>
/// <remarks>
/// The framework binds them to the user, so that a sign-in in one tab makes dead ends of the forms in all others. The cookie's
/// <c>__Host-</c> prefix keeps other sites from planting a pair of their own, which is what the binding is for.
/// </remarks>
internal sealed class BrowserAntiforgery(IAntiforgery inner) : IAntiforgery
{
    public AntiforgeryTokenSet GetAndStoreTokens(HttpContext httpContext)
    {
        using var nobody = new Nobody(httpContext);
        return inner.GetAndStoreTokens(httpContext);
    }

    public AntiforgeryTokenSet GetTokens(HttpContext httpContext)
    {
        using var nobody = new Nobody(httpContext);
        return inner.GetTokens(httpContext);
    }

    public async Task<bool> IsRequestValidAsync(HttpContext httpContext)
    {
        using var nobody = new Nobody(httpContext);
        return await inner.IsRequestValidAsync(httpContext);
    }

    public async Task ValidateRequestAsync(HttpContext httpContext)
    {
        using var nobody = new Nobody(httpContext);
        await inner.ValidateRequestAsync(httpContext);
    }

    public void SetCookieTokenAndHeader(HttpContext httpContext)
    {
        using var nobody = new Nobody(httpContext);
        inner.SetCookieTokenAndHeader(httpContext);
    }

    /// <summary>A request without its user, until it is disposed of.</summary>
    private readonly struct Nobody : IDisposable
    {
        private readonly HttpContext _context;
        private readonly ClaimsPrincipal _user;

        public Nobody(HttpContext context)
        {
            (_context, _user) = (context, context.User);
            context.User = new ClaimsPrincipal(new ClaimsIdentity());
        }

        public void Dispose() => _context.User = _user;
    }
}

internal static class BrowserAntiforgeryExtensions
{
    /// <summary>Puts <see cref="BrowserAntiforgery"/> before the framework's own.</summary>
    public static void AddBrowserAntiforgery(this IServiceCollection services)
    {
        services.AddAntiforgery();
        var standard = services.Last(static service => service.ServiceType == typeof(IAntiforgery)).ImplementationType!;
        services.AddSingleton(standard);
        services.AddSingleton<IAntiforgery>(provider => new BrowserAntiforgery((IAntiforgery)provider.GetRequiredService(standard)));
    }
}
