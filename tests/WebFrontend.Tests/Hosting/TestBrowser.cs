using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace OrleansSessions.WebFrontend.Tests;

/// <summary>A browser that keeps cookies by hand: the framework's own jar sends no <c>Secure</c> cookie over plain HTTP.</summary>
internal sealed class TestBrowser : IDisposable
{
    private readonly HttpClient _client;

    public TestBrowser(Uri address) =>
        _client = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            RequestHeaderEncodingSelector = static (_, _) => System.Text.Encoding.Latin1,
        })
        { BaseAddress = address };

    /// <summary>The jar, by name.</summary>
    public Dictionary<string, string> Cookies { get; } = [];

    /// <summary>Headers that go with each request.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    /// <summary>The raw <c>Cookie</c> header, in place of the jar.</summary>
    public string? RawCookie { get; set; }

    public string SessionCookie => Cookies["__Host-session"];

    public string SessionId => SessionCookie[..24];

    /// <summary>Goes on at another front end, cookies and all.</summary>
    public TestBrowser At(TestFrontEnd frontEnd)
    {
        var other = new TestBrowser(frontEnd.Address);
        foreach (var (name, value) in Cookies)
        {
            other.Cookies[name] = value;
        }

        return other;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<HttpResponseMessage> DeleteAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Delete, path));

    public Task<HttpResponseMessage> PostJsonAsync(string path, object body) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) });

    public Task<HttpResponseMessage> RegisterAsync(string userName, string password = The.Password) =>
        PostJsonAsync("/api/accounts", new { userName, password });

    public Task<HttpResponseMessage> SignInAsync(string userName, string password = The.Password, bool rememberMe = false) =>
        PostJsonAsync("/api/session", new { userName, password, rememberMe });

    public Task<HttpResponseMessage> ReauthenticateAsync(string password = The.Password) =>
        PostJsonAsync("/api/session/reauthenticate", new { password });

    public Task<HttpResponseMessage> ChangePasswordAsync(string currentPassword, string newPassword) =>
        PostJsonAsync("/api/account/password", new { currentPassword, newPassword });

    public async Task<HttpStatusCode> StatusAsync()
    {
        using var response = await GetAsync("/api/session");
        return response.StatusCode;
    }

    /// <summary>Opens a page, fills its form in, and sends it.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string page, Dictionary<string, string> fields, string? action = null)
    {
        using var form = await GetAsync(page);
        var document = await ReadHtmlAsync(form);
        var token = document.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await PostFormAsync(action ?? page, new(fields) { ["__RequestVerificationToken"] = token });
    }

    public Task<HttpResponseMessage> PostFormAsync(string path, Dictionary<string, string> fields) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) });

    public async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        var cookies = RawCookie ?? string.Join("; ", Cookies.Select(static cookie => $"{cookie.Key}={cookie.Value}"));
        if (cookies.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Cookie", cookies);
        }

        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await _client.SendAsync(request, completion);
        Keep(response);
        return response;
    }

    public void Dispose() => _client.Dispose();

    public static async Task<IHtmlDocument> ReadHtmlAsync(HttpResponseMessage response) =>
        await new HtmlParser().ParseDocumentAsync(await response.Content.ReadAsStringAsync());

    public static async Task<JsonElement> ReadJsonAsync(HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>();

    private void Keep(HttpResponseMessage response)
    {
        foreach (var cookie in response.SetCookies())
        {
            var pair = cookie.Split(';')[0].Split('=', 2);
            if (cookie.Contains("max-age=0", StringComparison.OrdinalIgnoreCase))
            {
                Cookies.Remove(pair[0]);
            }
            else
            {
                Cookies[pair[0]] = pair[1];
            }
        }
    }
}

internal static class ResponseExtensions
{
    public static string[] SetCookies(this HttpResponseMessage response) =>
        response.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [];

    public static string? SetCookie(this HttpResponseMessage response, string name) =>
        response.SetCookies().SingleOrDefault(cookie => cookie.StartsWith(name + "=", StringComparison.Ordinal));

    public static string? Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;
}
