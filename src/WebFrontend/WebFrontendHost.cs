using Microsoft.AspNetCore.Authorization;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend;

/// <summary>Composes the web front end. Any number of them can run in one process.</summary>
public static class WebFrontendHost
{
    /// <summary>Builds a front end that is ready to start.</summary>
    /// <param name="args">Command line; options are those of the configuration, and <c>--urls</c>.</param>
    /// <param name="configure">Changes to the composition, made last.</param>
    /// <param name="addGrains">Adds the way to the grains, where that is not to be the client of a cluster.</param>
    public static WebApplication Build(
        string[] args, Action<WebApplicationBuilder>? configure = null, Action<WebApplicationBuilder>? addGrains = null)
    {
        var assembly = typeof(WebFrontendHost).Assembly;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            // The pages are found through this name, whichever executable hosts them.
            ApplicationName = assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });

        builder.AddServerDefaults();
        builder.AddWebOptions();
        builder.AddErrorAnswers();
        (addGrains ?? AddClient)(builder);
        builder.Services.AddAuthentication(SessionDefaults.AuthenticationScheme).AddOrleansSessions();
        builder.Services.AddAuthorization();
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, FormChallengeHandler>();
        builder.Services.AddHealthChecks().AddSessionCluster(HealthRoutes.ReadyTag);
        builder.Services.AddDataProtection().PersistKeysToOrleansSessions();
        builder.AddAccounts();
        builder.AddSessions();
        builder.AddPages();
        builder.AddApi();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UsePipeline();
        return app;
    }

    /// <summary>Keeps the stack traces of a failed start out of the log: its cause is for one clear line.</summary>
    internal static void ReportStartFailuresInOneLine(WebApplicationBuilder builder)
    {
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.None);
    }

    private static void AddClient(WebApplicationBuilder builder) => builder.AddOrleansSessionsClient();

    private static void UsePipeline(this WebApplication app)
    {
        app.UseConfiguredForwardedHeaders();
        app.UseMiddleware<SecurityHeadersMiddleware>();
        app.UseHsts();
        app.UseMiddleware<HeadMiddleware>();
        app.UseErrorAnswers();
        app.UseReadOnly("/health", Assets.Path);
        app.UseHealthRoutes();
        app.UseAssets();
        app.UseCookiePolicy();
        app.UseMiddleware<ContentMiddleware>();
        app.UseMiddleware<CrossSiteMiddleware>();
        app.UseRouting();
        app.UseMiddleware<MethodMiddleware>();
        app.UseMiddleware<FormMiddleware>();
        app.UseAuthentication();
        app.UseMiddleware<UnknownSessionMiddleware>();
        app.UseMiddleware<FormOwnerMiddleware>();
        app.UseAuthorization();
        app.MapRazorPages();
        app.MapChangePassword();
        app.MapApi();
    }
}
