using Microsoft.AspNetCore.Antiforgery;

namespace OrleansSessions.WebFrontend;

internal static class PageExtensions
{
    public const string AntiforgeryCookieName = "__Host-antiforgery";

    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorPages();
        builder.Services.Configure<RouteOptions>(static routes => routes.LowercaseUrls = true);
        builder.Services.Configure<AntiforgeryOptions>(static antiforgery =>
        {
            antiforgery.Cookie.Name = AntiforgeryCookieName;
            antiforgery.Cookie.SameSite = SameSiteMode.Lax;
            antiforgery.Cookie.Path = "/";
            // The cookie policy makes it Secure. Asked for here, it would refuse to work behind a proxy that ends TLS.
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.None;
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
    }
}
