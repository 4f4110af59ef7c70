using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace OrleansSessions.AspNetCore.Tests;

/// <summary>A browser that keeps the cookies of an application's responses.</summary>
internal sealed class TestBrowser(TestApplication application)
{
    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    public HttpContext Request(string method = "GET", string path = "/page")
    {
        var context = application.Request();
        context.Request.Method = method;
        context.Request.Path = path;
        context.Request.Headers.Cookie = string.Join("; ", Cookies.Select(static cookie => $"{cookie.Key}={cookie.Value}"));
        return context;
    }

    /// <summary>Makes a request, and keeps the cookies of its response.</summary>
    public async Task<HttpContext> SendAsync(Func<HttpContext, Task> handle)
    {
        var context = Request();
        await handle(context);
        Keep(context);
        return context;
    }

    public Task<HttpContext> SignInAsync(string subject, string? scheme = null, AuthenticationProperties? properties = null) =>
        SendAsync(context => context.SignInAsync(scheme, TestApplication.User(subject), properties));

    public Task<AuthenticateResult> AuthenticateAsync(string? scheme = null) => Request().AuthenticateAsync(scheme);

    public async Task<string?> UserAsync(string? scheme = null) =>
        (await AuthenticateAsync(scheme)).Principal?.FindFirstValue(ClaimTypes.NameIdentifier);

    private void Keep(HttpContext context)
    {
        foreach (var cookie in context.Response.Headers.SetCookie)
        {
            var (name, value) = (cookie!.Split('=')[0], cookie.Split('=', ';')[1]);
            Cookies.Remove(name);
            if (value.Length > 0)
            {
                Cookies.Add(name, value);
            }
        }
    }
}
