using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using OrleansSessions.AspNetCore;

var builder = WebApplication.CreateBuilder(args);

// Sessions are hosted here: in Redis where the settings name one, in memory while developing.
builder.AddOrleansSessionsServer();
builder.Services.AddAuthentication(SessionDefaults.AuthenticationScheme).AddOrleansSessions();
builder.Services.AddAuthorization();
builder.Services.AddOrleansSessionState(options => options.MaxTotalBytes = 64 * 1024);

var app = builder.Build();
app.UseAuthentication();
app.UseAuthorization();
app.UseOrleansSessionState();

// The state is read once, and no thread waits for it.
app.Use(async (context, next) =>
{
    await context.Session.LoadAsync();
    await next();
});

// Parallel requests for different goods lose nothing: each changes a key of its own.
app.MapPost("/basket/{good}", async (HttpContext context, string good) =>
{
    int count;
    do
    {
        // Nor do parallel requests for the same one: who comes second counts on.
        await context.Session.LoadAsync();
        count = (context.Session.GetInt32(good) ?? 0) + 1;
        context.Session.SetInt32(good, count);
    }
    while (!await context.Session.TryCommitAsync());
    return count;
});

app.MapGet("/basket", (HttpContext context) => context.Session.Keys.ToDictionary(good => good, good => context.Session.GetInt32(good)));

// Your application asks for a password here.
app.MapPost("/sign-in/{name}", async (HttpContext context, string name) =>
{
    await context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, name)], "sample")));

    // What was put into the basket before is the user's from now on, and is gone when the session ends.
    await context.BindSessionStateAsync();
    return Results.NoContent();
});

app.MapPost("/sign-out", async (HttpContext context) =>
{
    await context.SignOutAsync();
    return Results.NoContent();
});

app.Run();
