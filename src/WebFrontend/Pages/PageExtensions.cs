using Microsoft.AspNetCore.Antiforgery;

namespace OrleansSessions.WebFrontend;

internal static class PageExtensions
{
    public const string AntiforgeryCookieName = "__Host-antiforgery";

    /// <summary>Leads password managers to the page where a password is changed (W3C, a well-known URL for changing passwords).</summary>
    public static void MapChangePassword(this WebApplication app) =>
        app.MapGet("/.well-known/change-password", static () => TypedResults.LocalRedirect("~/password")).ExcludeFromDescription();

    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<FrontEndName>();
        builder.Services.AddRazorPages();
        builder.Services.AddBrowserAntiforgery();
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
