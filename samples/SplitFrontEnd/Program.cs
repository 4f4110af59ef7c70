using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

var builder = WebApplication.CreateBuilder(args);

// Silos run elsewhere: src/Silo, or an application with AddOrleansSessionsServer. Both sides name the same Redis.
builder.AddOrleansSessionsClient();
builder.Services.AddAuthentication().AddOrleansSessions();
builder.Services.AddAuthorization();
builder.Services.AddHealthChecks().AddSessionCluster();

var app = builder.Build();

app.MapPost("/sign-in/{name}", Task (string name, HttpContext http) =>
    http.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, name)], "password"))));

app.MapGet("/me", (ClaimsPrincipal user) => new { user = user.FindFirstValue(ClaimTypes.NameIdentifier) }).RequireAuthorization();

app.MapPost("/sign-out", Task (HttpContext http) => http.SignOutAsync());

app.MapHealthChecks("/health/ready");

app.Run();
