using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace OrleansSessions.Cluster.Tests.Harness;

/// <summary>What a browser does: it keeps the cookies it is given, and shows them to every front end.</summary>
internal sealed class Browser(string address)
{
    public const string CookieName = "__Host-session";
    private const string Password = "correct horse battery staple";

    private static readonly HttpClient Http =
        new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(100) };

    private readonly Dictionary<string, string> _cookies = [];

    public string UserName { get; init; } = "user-" + RandomNumberGenerator.GetHexString(12, lowercase: true);

    /// <summary>Where it goes when nothing else is said.</summary>
    public string Address { get; } = address;

    /// <summary>The session's token; null where there is none.</summary>
    public string? Token => _cookies.GetValueOrDefault(CookieName);

    /// <summary>Another browser of the same user.</summary>
    public Browser Another() => new(Address) { UserName = UserName };

    public void Plant(string token) => _cookies[CookieName] = token;

    public async Task RegisterAsync(RunningServer frontEnd) => Assert.Equal(HttpStatusCode.Created, await TryRegisterAsync(frontEnd));

    public async Task<HttpStatusCode> TryRegisterAsync(RunningServer frontEnd)
    {
        using var answer = await SendAsync(frontEnd.Address, HttpMethod.Post, "/api/accounts", Credentials());
        return answer.StatusCode;
    }

    public async Task SignInAsync(RunningServer frontEnd) => Assert.Equal(HttpStatusCode.Created, await TrySignInAsync(frontEnd));

    public Task<HttpStatusCode> TrySignInAsync(RunningServer frontEnd) => TrySignInAsync(frontEnd.Address);

    public async Task<HttpStatusCode> TrySignInAsync(string at)
    {
        using var answer = await SendAsync(at, HttpMethod.Post, "/api/session", Credentials());
        return answer.StatusCode;
    }

    public async Task ReauthenticateAsync(RunningServer frontEnd)
    {
        using var answer = await SendAsync(frontEnd.Address, HttpMethod.Post, "/api/session/reauthenticate", new { password = Password });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>Asks who it is.</summary>
    public async Task<HttpStatusCode> VisitAsync(RunningServer frontEnd)
    {
        using var answer = await SendAsync(frontEnd.Address, HttpMethod.Get, "/api/session");
        return answer.StatusCode;
    }

    /// <summary>Asks which front end serves it, at any address.</summary>
    public async Task<string> FrontEndAsync(string at)
    {
        using var answer = await SendAsync(at, HttpMethod.Get, "/api/session");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var session = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return session.GetProperty("frontEnd").GetString()!;
    }

    public async Task<HttpStatusCode> SignOutAsync(RunningServer frontEnd)
    {
        using var answer = await SendAsync(frontEnd.Address, HttpMethod.Delete, "/api/session");
        return answer.StatusCode;
    }

    public async Task<JsonElement[]> ListAsync(RunningServer frontEnd)
    {
        using var answer = await SendAsync(frontEnd.Address, HttpMethod.Get, "/api/sessions");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement[]>())!;
    }

    /// <summary>Sends a request with its cookies, and takes over the answer's.</summary>
    public async Task<HttpResponseMessage> SendAsync(string at, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, at + path);
        if (_cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(static c => $"{c.Key}={c.Value}")));
        }

        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
        }

        var answer = await Http.SendAsync(request);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            Take(cookie);
        }

        return answer;
    }

    private object Credentials() => new { userName = UserName, password = Password };

    private void Take(string setCookie)
    {
        var pair = setCookie.Split(';')[0].Split('=', 2);
        if (pair[1].Length == 0 || setCookie.Contains("01 Jan 1970", StringComparison.Ordinal))
        {
            _cookies.Remove(pair[0]);
        }
        else
        {
            _cookies[pair[0]] = pair[1];
        }
    }
}
