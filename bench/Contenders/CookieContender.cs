using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace OrleansSessions.Contenders;

/// <summary>ASP.NET Core's cookie authentication. Where it keeps the ticket is up to the derived class.</summary>
internal abstract class CookieContender : SessionContender
{
    /// <summary>Adds cookie authentication.</summary>
    public override void AddServices(WebApplicationBuilder builder) =>
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(Renewal.OnRequest);

    /// <summary>Has cookie authentication keep tickets in a store, and only their keys in cookies.</summary>
    protected static void UseTicketStore<TStore>(IServiceCollection services)
        where TStore : class, ITicketStore
    {
        services.AddSingleton<TStore>();
        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
            .Configure<TStore>((options, store) => options.SessionStore = store);
    }

    protected override ValueTask<string?> ReadUserAsync(HttpContext context) => new(context.User.Identity?.Name);

    protected override Task SignInAsync(HttpContext context, string user) => context.SignInAsync(Users.Named(user));

    protected override Task EndSessionAsync(HttpContext context) => context.SignOutAsync();
}
