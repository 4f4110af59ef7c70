using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.Server.Tests;

/// <summary>A small web application that hosts its own sessions, on a port of its own.</summary>
internal sealed class CoHostedApplication : IAsyncDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseCookies = false });
    private readonly WebApplication _app;

    private CoHostedApplication(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    /// <summary>Composes one that is yet to be started.</summary>
    public static WebApplication Build(Action<WebApplicationBuilder> addSessions, string environment = "Development", params string[] args)
    {
        var builder = WebApplication.CreateBuilder([$"--environment={environment}", "--urls=http://127.0.0.1:0", .. args]);
        builder.Logging.ClearProviders();
        addSessions(builder);
        builder.Services.AddAuthentication(SessionDefaults.AuthenticationScheme).AddOrleansSessions();
        builder.Services.AddAuthorization();
        builder.Services.AddHealthChecks().AddSessionCluster();
        var app = builder.Build();
        app.MapHealthChecks("/health/ready");
        app.MapGet("/sign-in/{name}", static Task (HttpContext context, string name) => context.SignInAsync(
            new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, name)], "password"))));
        app.MapGet("/me", static (ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier)).RequireAuthorization().DisableCookieRedirect();
        app.MapGet("/sign-out", static Task (HttpContext context) => context.SignOutAsync());
        return app;
    }

    public static async Task<CoHostedApplication> StartAsync(Action<WebApplicationBuilder> addSessions)
    {
        var app = new CoHostedApplication(Build(addSessions));
        await app._app.StartAsync();
        return app;
    }

    /// <summary>Starts one as it must not be composed.</summary>
    /// <returns>Why it did not start.</returns>
    public static async Task<string> ReasonAsync(Action<WebApplicationBuilder> addSessions, string environment = "Development", params string[] args)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var app = Build(addSessions, environment, args);
            await app.StartAsync();
        });
        Assert.DoesNotContain('\n', failure.Message);
        return failure.Message;
    }

    /// <summary>Signs a user in.</summary>
    /// <returns>The cookie.</returns>
    public async Task<string> SignInAsync(string name)
    {
        using var answer = await GetAsync($"/sign-in/{name}", null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split(';')[0];
    }

    public async Task<HttpStatusCode> StatusAsync(string path, string? cookie = null)
    {
        using var answer = await GetAsync(path, cookie);
        return answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private Task<HttpResponseMessage> GetAsync(string path, string? cookie)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, _app.Urls.First() + path);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return Http.SendAsync(request);
    }
}
