using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using OrleansSessions;
using OrleansSessions.AspNetCore;

var builder = WebApplication.CreateBuilder(args);
builder.AddOrleansSessionsServer();
builder.Services.AddAuthentication().AddOrleansSessions();
builder.Services.AddAuthorization();

var app = builder.Build();

app.MapPost("/sign-in", async Task<IResult> (Credentials given, HttpContext http) =>
{
    // Your own check of the password stands here.
    if (given is not { UserName: "alice", Password: "wonderland" })
    {
        return Results.Unauthorized();
    }

    var alice = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, given.UserName)], "password");
    await http.SignInAsync(new ClaimsPrincipal(alice));
    return Results.NoContent();
});

app.MapGet("/me", (ClaimsPrincipal user) => new { user = NameOf(user) }).RequireAuthorization();

app.MapGet("/sessions", async (ClaimsPrincipal user, ISessionAdministration sessions) =>
    from session in await sessions.ListAsync(NameOf(user))
    select new { session.SessionId, session.CreatedAt, session.LastSeenAt }).RequireAuthorization();

app.MapPost("/sign-out", Task (HttpContext http) => http.SignOutAsync());

app.MapPost("/sign-out-everywhere", (ClaimsPrincipal user, ISessionAdministration sessions) =>
    sessions.RevokeAllAsync(NameOf(user), RevocationReason.RevokedByUser)).RequireAuthorization();

app.Run();

static string NameOf(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier)!;

internal sealed record Credentials(string UserName, string Password);
