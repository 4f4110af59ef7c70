using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using OrleansSessions.AspNetCore;

var builder = WebApplication.CreateBuilder(args);
builder.AddOrleansSessionsServer();
builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
    .AddCookie(static options => options.LoginPath = "/sign-in").UseOrleansSessions();
builder.Services.AddAuthorization();
builder.Services.AddAntiforgery();

var app = builder.Build();
app.UseAntiforgery();

app.MapGet("/sign-in", static (HttpContext context, IAntiforgery forms) => Page(context, forms, """
    <h1>Sign in</h1>
    <form method="post" action="/sign-in">FORM<label>Name <input name="name" required></label> <button>Sign in</button></form>
    """));

// A real application checks a password here; everything else is as with cookies alone.
app.MapPost("/sign-in", static async (HttpContext context, IFormCollection form) =>
{
    var user = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, form["name"]!), new Claim(ClaimTypes.Name, form["name"]!)], "password");
    await context.SignInAsync(new ClaimsPrincipal(user), new AuthenticationProperties { RedirectUri = "/" });
});

app.MapPost("/sign-out", static (HttpContext context, IFormCollection _) => context.SignOutAsync(new AuthenticationProperties { RedirectUri = "/sign-in" }));

// What cookies alone cannot do: sign out everywhere else, at once.
app.MapPost("/sign-out-elsewhere", static async (HttpContext context, IFormCollection _, ISessionAdministration sessions) =>
{
    var own = context.SessionFeature().Session!;
    await sessions.RevokeAllAsync(own.Subject, OrleansSessions.RevocationReason.RevokedByUser, except: own.SessionId);
    return Results.Redirect("/");
}).RequireAuthorization();

app.MapGet("/", static async (HttpContext context, IAntiforgery forms, ISessionAdministration sessions) =>
{
    var own = context.SessionFeature().Session!;
    var devices = (await sessions.ListAsync(own.Subject)).Select(static session => $"<li>{WebUtility.HtmlEncode(session.Client.UserAgent)}</li>");
    return Page(context, forms, $"""
        <h1>Hello, {WebUtility.HtmlEncode(context.User.Identity!.Name)}</h1>
        <ul>{string.Concat(devices)}</ul>
        <form method="post" action="/sign-out-elsewhere">FORM<button>Sign out elsewhere</button></form>
        <form method="post" action="/sign-out">FORM<button>Sign out</button></form>
        """);
}).RequireAuthorization();

app.Run();

static IResult Page(HttpContext context, IAntiforgery forms, string html)
{
    var tokens = forms.GetAndStoreTokens(context);
    var field = $"""<input type="hidden" name="{tokens.FormFieldName}" value="{tokens.RequestToken}">""";
    return Results.Content("<!doctype html><html lang=\"en\"><title>Cookies</title>" + html.Replace("FORM", field, StringComparison.Ordinal), "text/html");
}
