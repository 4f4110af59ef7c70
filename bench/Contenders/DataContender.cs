namespace OrleansSessions.Contenders;

/// <summary>Session data behind <see cref="ISession"/>: the user's name is kept in it as well.</summary>
/// <remarks>Loads asynchronously, as the documentation of ASP.NET Core asks for: a synchronous load starves the thread pool.</remarks>
internal abstract class DataContender : SessionContender
{
    private const string UserKey = "user";
    private const string DataPrefix = "data-";

    public override void Map(WebApplication app)
    {
        base.Map(app);
        app.MapPost("/data/{key}", async (string key, HttpContext context) =>
        {
            await context.Session.LoadAsync(context.RequestAborted);
            context.Session.SetString(DataPrefix + key, "value");
        });
        app.MapGet("/data", async (HttpContext context) =>
        {
            await context.Session.LoadAsync(context.RequestAborted);
            return context.Session.Keys.Count(static key => key.StartsWith(DataPrefix, StringComparison.Ordinal));
        });
    }

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
