using System.Net;
using Orleans.Configuration;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.Contenders;

/// <summary>OrleansSessions with its own authentication handler.</summary>
/// <param name="isCoHosted">Whether each server is a silo as well; otherwise silos run elsewhere.</param>
internal sealed class OrleansSessionsHandler(bool isCoHosted) : SessionContender
{
    public override void AddServices(WebApplicationBuilder builder)
    {
        if (isCoHosted)
        {
            builder.AddOrleansSessionsServer();
            if (builder.Configuration.GetValue<int?>("silo-listens-on") is { } port)
            {
                builder.Services.PostConfigure<EndpointOptions>(options => options.SiloListeningEndpoint = new IPEndPoint(IPAddress.Loopback, port));
            }
        }
        else
        {
            builder.AddOrleansSessionsClient();
        }

        builder.Services.AddAuthentication(SessionDefaults.AuthenticationScheme).AddOrleansSessions();
        builder.Services.AddSingleton<OrleansTraffic>();
        builder.Services.AddOrleansSessionsSignalR();
        builder.Services.AddSignalR();
    }

    public override void Map(WebApplication app)
    {
        base.Map(app);
        app.MapForgetting();
        app.MapHub<QuietHub>("/hub").RequireAuthorization();
        app.MapGet("/sessions", async (string user, ISessionAdministration sessions) => (await sessions.ListAsync(user)).Length);
        app.MapPost("/sign-out-everywhere", (string user, ISessionAdministration sessions) => sessions.RevokeAllAsync(user));
    }

    protected override ValueTask<string?> ReadUserAsync(HttpContext context) => new(context.User.Identity?.Name);

    protected override Task SignInAsync(HttpContext context, string user) =>
        context.RequestServices.GetRequiredService<IBrowserSessions>().SignInAsync(context, new BrowserSignIn(Users.Named(user)));

    protected override Task EndSessionAsync(HttpContext context) =>
        context.RequestServices.GetRequiredService<IBrowserSessions>().SignOutAsync(context);

    // A new secret: the renewal that changes most.
    protected override Task RenewAsync(HttpContext context) =>
        context.RequestServices.GetRequiredService<IBrowserSessions>().ReauthenticateAsync(context);

    protected override int RefusalOf(HttpContext context) => context.SessionFeature().IsUnknown
        ? StatusCodes.Status503ServiceUnavailable
        : StatusCodes.Status401Unauthorized;

    protected override ServerStats Extend(HttpContext context, ServerStats stats)
    {
        var traffic = context.RequestServices.GetRequiredService<OrleansTraffic>();
        return stats with { Messages = traffic.Messages, MessageBytes = traffic.Bytes };
    }
}
