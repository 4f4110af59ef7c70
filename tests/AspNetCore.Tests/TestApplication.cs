using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace OrleansSessions.AspNetCore.Tests;

/// <summary>An application that uses the library as any other does, without a server: requests are made by hand.</summary>
internal sealed class TestApplication : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public TestApplication(
        IClusterClient client, TimeProvider? time = null, Action<IServiceCollection>? configure = null, params (string Key, string Value)[] settings)
        : this(client, static builder => builder.AddOrleansSessions(), time, SessionDefaults.AuthenticationScheme, configure, settings)
    {
    }

    /// <summary>An application that adds sessions in a way of its own, and names no default scheme.</summary>
    public TestApplication(IClusterClient client, Action<AuthenticationBuilder> add, Action<IServiceCollection>? configure = null)
        : this(client, add, null, null, configure, [])
    {
    }

    private TestApplication(
        IClusterClient client,
        Action<AuthenticationBuilder> add,
        TimeProvider? time,
        string? defaultScheme,
        Action<IServiceCollection>? configure,
        (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            [KeyValuePair.Create("OrleansSessions:Client:DirectReads", (string?)"false"), .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))]).Build());
        services.AddSingleton(client);
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddAuthorization();
        add(services.AddAuthentication(options => options.DefaultScheme = defaultScheme));
        configure?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    public IBrowserSessions Browser => Get<IBrowserSessions>();

    public ISessionAdministration Administration => Get<ISessionAdministration>();

    public static ClaimsPrincipal User(string subject) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, subject)], "password"));

    /// <summary>The token in a response's cookie; null where there is none.</summary>
    public static SessionToken? TokenIn(HttpContext context)
    {
        var cookie = context.Response.Headers.SetCookie.SingleOrDefault(
            static cookie => cookie!.StartsWith(SessionDefaults.CookieName + "=", StringComparison.Ordinal));
        return cookie is not null && SessionToken.TryParse(cookie.Split('=', ';')[1], out var token) ? token : null;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A request with the cookie of a session, or with none.</summary>
    public HttpContext Request(SessionToken? token = null, CancellationToken aborted = default)
    {
        // The authentication handler of a scope belongs to the one request of that scope.
        var context = new DefaultHttpContext { RequestServices = _services.CreateScope().ServiceProvider };
        context.Features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature { RequestAborted = aborted });
        if (token is { } held)
        {
            context.Request.Headers.Cookie = $"{SessionDefaults.CookieName}={held.ToCookieValue()}";
        }

        return context;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
