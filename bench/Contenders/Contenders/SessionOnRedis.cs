namespace OrleansSessions.Contenders;

/// <summary>ASP.NET Core's session on Redis.</summary>
/// <remarks>Loads asynchronously, as its documentation asks for: a synchronous load starves the thread pool.</remarks>
internal sealed class SessionOnRedis : SessionContender
{
    private const string UserKey = "user";

    public override void AddServices(WebApplicationBuilder builder)
    {
        builder.Services.AddStackExchangeRedisCache(options => options.Configuration = builder.Configuration["redis"]);
        builder.Services.AddSession();
    }

    protected override void Use(WebApplication app) => app.UseSession();

    protected override async ValueTask<string?> ReadUserAsync(HttpContext context)
    {
        await context.Session.LoadAsync(context.RequestAborted);
        return context.Session.GetString(UserKey);
    }

    protected override async Task SignInAsync(HttpContext context, string user)
    {
        await context.Session.LoadAsync(context.RequestAborted);
        context.Session.SetString(UserKey, user);
    }

    protected override async Task EndSessionAsync(HttpContext context)
    {
        await context.Session.LoadAsync(context.RequestAborted);
        context.Session.Clear();
    }
}
