using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using OrleansSessions.AspNetCore;
using Yarp.ReverseProxy.Configuration;

var builder = WebApplication.CreateBuilder(args);
builder.AddOrleansSessionsServer();
builder.Services.AddAuthentication(SessionDefaults.AuthenticationScheme).AddOrleansSessions();
builder.Services.AddAuthorization();

// Before an application that knows nothing of sessions: app.js tells what it hears.
builder.Services.AddReverseProxy()
    .LoadFromMemory(
        [new RouteConfig { RouteId = "app", ClusterId = "app", Match = new RouteMatch { Path = "/app/{**rest}" } }],
        [
            new ClusterConfig
            {
                ClusterId = "app",
                Destinations = new Dictionary<string, DestinationConfig>
                {
                    ["node"] = new() { Address = builder.Configuration["App"] ?? "http://127.0.0.1:3000" },
                },
            },
        ])
    .AddOrleansSessions(options => options.AddClaim("X-Auth-Email", ClaimTypes.Email));

var app = builder.Build();
app.UseAuthentication();
app.UseAuthorization();

// No request without a session reaches the application, and no connection outlives one.
app.MapReverseProxy().RequireAuthorization();

// Your application asks for a password here.
app.MapPost("/sign-in/{name}", async (HttpContext context, string name) =>
{
    Claim[] claims = [new(ClaimTypes.NameIdentifier, name), new(ClaimTypes.Email, $"{name}@example.com")];
    await context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(claims, "sample")));
    return Results.NoContent();
});

app.MapPost("/sign-out", async (HttpContext context) =>
{
    await context.SignOutAsync();
    return Results.NoContent();
});

app.Run();
