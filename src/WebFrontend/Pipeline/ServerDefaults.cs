using System.Text;
using Microsoft.AspNetCore.CookiePolicy;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using IPNetwork = System.Net.IPNetwork;

namespace OrleansSessions.WebFrontend;

internal static class ServerDefaults
{
    // Enough for any form or API call here; a password is 128 characters at most.
    private const int MaxRequestBodyBytes = 32 * 1024;

    // A header byte beyond ASCII, in a cookie of some neighbour for one, is not a fault of this request: it is read as a character
    // that no name, token or origin of ours has. The user agent is shown to people, and may well be UTF-8.
    private static readonly Encoding LenientUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    public static void AddServerDefaults(this WebApplicationBuilder builder)
    {
        AddLogLevels(builder);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBodyBytes;
            kestrel.RequestHeaderEncodingSelector = static header => header == HeaderNames.UserAgent ? LenientUtf8 : Encoding.Latin1;
        });
        builder.Services.AddHsts(hsts => (hsts.MaxAge, hsts.IncludeSubDomains) = (TimeSpan.FromDays(365), true));
        // Secure also where TLS ends at a proxy, and this server sees plain HTTP only (ASVS 3.3.1).
        builder.Services.Configure<CookiePolicyOptions>(cookies =>
        {
            cookies.Secure = CookieSecurePolicy.Always;
            cookies.HttpOnly = HttpOnlyPolicy.Always;
        });
        builder.Services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<WebOptions>>(TrustConfiguredProxies);
    }

    /// <summary>Takes the client's address and scheme from a proxy's headers, where a proxy is configured.</summary>
    public static void UseConfiguredForwardedHeaders(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<WebOptions>>().Value.KnownProxies.Count > 0)
        {
            app.UseForwardedHeaders();
        }

        // Once, for all who look at it: the device list, the throttles and the log.
        app.Use(static (context, next) =>
        {
            context.Connection.RemoteIpAddress = context.Connection.RemoteIpAddress?.Unmapped();
            return next(context);
        });
    }

    // In code rather than in a file, which would clash with that of another executable that hosts this one.
    private static void AddLogLevels(WebApplicationBuilder builder) =>
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData =
            [
                new("Logging:LogLevel:Default", "Information"),
                new("Logging:LogLevel:Microsoft.AspNetCore", "Warning"),
                // It warns of each page that says no-store before it does so itself, and all of them do; and it writes a trace
                // for each made-up cookie.
                new("Logging:LogLevel:Microsoft.AspNetCore.Antiforgery", "Critical"),
                new("Logging:LogLevel:Orleans", "Warning"),
                // A prefix is compared letter by letter, and the line above would silence our own audit events.
                new("Logging:LogLevel:OrleansSessions", "Information"),
            ],
        });

    private static void TrustConfiguredProxies(ForwardedHeadersOptions forwarded, IOptions<WebOptions> web)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        forwarded.ForwardLimit = null;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in web.Value.KnownProxies)
        {
            if (ProxyAddress.TryParse(proxy, out IPNetwork network))
            {
                forwarded.KnownIPNetworks.Add(network);
            }
        }
    }
}
