using Microsoft.AspNetCore.Authentication.Cookies;

namespace OrleansSessions.Contenders;

/// <summary>Cookie authentication whose sign-ins are sessions of OrleansSessions, by one line.</summary>
internal sealed class CookieSessions : CookieContender
{
    public override void AddServices(WebApplicationBuilder builder)
    {
        builder.AddOrleansSessionsClient();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(Renewal.OnRequest).UseOrleansSessions();
    }

    public override void Map(WebApplication app)
    {
        base.Map(app);
        app.MapForgetting();
    }
}
