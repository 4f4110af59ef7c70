namespace OrleansSessions.Contenders;

/// <summary>A way of keeping users signed in, behind the endpoints that all contenders have in common.</summary>
/// <remarks>What differs is in the derived classes alone, so that a measured difference has one cause.</remarks>
internal abstract class SessionContender : IContender
{
    private long _requests;

    public abstract void AddServices(WebApplicationBuilder builder);

    public virtual void Map(WebApplication app)
    {
        Use(app);
        app.MapGet("/me", (Delegate)GetMeAsync);
        app.MapGet(Renewal.Path, (Delegate)GetRenewedAsync);
        app.MapPost("/sign-in", (Delegate)PostSignInAsync);
        app.MapPost("/sign-out", (Delegate)PostSignOutAsync);
        app.MapGet("/health", () => Results.Ok());
        app.MapGet("/stats", GetStats);
    }

    /// <summary>Adds middleware, where there is some.</summary>
    protected virtual void Use(WebApplication app)
    {
    }

    /// <summary>The signed-in user's name; null where the request is anonymous.</summary>
    protected abstract ValueTask<string?> ReadUserAsync(HttpContext context);

    /// <summary>Starts a session. Whoever asks is believed: passwords are not what is measured.</summary>
    protected abstract Task SignInAsync(HttpContext context, string user);

    /// <summary>Ends the session of the request.</summary>
    protected abstract Task EndSessionAsync(HttpContext context);

    /// <summary>Renews the session of the request, where that takes more than a visit to <see cref="Renewal.Path"/>.</summary>
    protected virtual Task RenewAsync(HttpContext context) => Task.CompletedTask;

    /// <summary>How an anonymous request is answered.</summary>
    protected virtual int RefusalOf(HttpContext context) => StatusCodes.Status401Unauthorized;

    /// <summary>Adds what this contender alone can tell.</summary>
    protected virtual ServerStats Extend(HttpContext context, ServerStats stats) => stats;

    private async Task<IResult> GetMeAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        return await ReadUserAsync(context) is { } user ? Results.Text(user) : Results.StatusCode(RefusalOf(context));
    }

    private async Task<IResult> GetRenewedAsync(HttpContext context)
    {
        await RenewAsync(context);
        return await GetMeAsync(context);
    }

    private async Task<IResult> PostSignInAsync(HttpContext context)
    {
        await SignInAsync(context, context.Request.Query["user"].ToString());
        return Results.Ok();
    }

    private async Task<IResult> PostSignOutAsync(HttpContext context)
    {
        await EndSessionAsync(context);
        return Results.Ok();
    }

    private ServerStats GetStats(HttpContext context, bool collect = false) =>
        Extend(context, ThisProcess.Measure(Interlocked.Read(ref _requests), collect));
}
