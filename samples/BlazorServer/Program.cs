using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using OrleansSessions;
using OrleansSessions.AspNetCore;
using OrleansSessions.BlazorServer;

var builder = WebApplication.CreateBuilder(args);

// Sessions are hosted here: in Redis where the settings name one, in memory while developing.
builder.AddOrleansSessionsServer();
builder.Services.AddAuthentication(SessionDefaults.AuthenticationScheme).AddOrleansSessions();
builder.Services.AddAuthorization();

// Circuits and hub connections end with their session.
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.Services.AddOrleansSessionsBlazor();
builder.Services.AddSignalR();
builder.Services.AddOrleansSessionsSignalR();

var app = builder.Build();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();
app.MapStaticAssets();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
app.MapHub<NewsHub>("/news").RequireAuthorization();

// Your application asks for a password here.
app.MapPost("/sign-in", async (HttpContext context) =>
{
    Claim[] claims = [new(ClaimTypes.NameIdentifier, "ann"), new(ClaimTypes.Name, "Ann")];
    await context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(claims, "sample")));
    return Results.LocalRedirect("/");
});

app.MapPost("/sign-out-others", async (HttpContext context, ISessionAdministration sessions) =>
{
    var own = context.SessionFeature().Session!;
    await sessions.RevokeAllAsync(own.Subject, RevocationReason.RevokedByUser, except: own.SessionId);
    return Results.LocalRedirect("/");
}).RequireAuthorization();

app.Run();
