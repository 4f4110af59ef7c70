using System.Net.WebSockets;

namespace OrleansSessions.AspNetCore.Tests;

/// <summary>A browser that sends <c>Secure</c> cookies over plain HTTP as well.</summary>
internal sealed class LiveBrowser(Uri address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };

    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    private string CookieHeader => string.Join("; ", Cookies.Select(static cookie => $"{cookie.Key}={cookie.Value}"));

    public async Task<string> GetAsync(string path) => await (await SendAsync(HttpMethod.Get, path)).Content.ReadAsStringAsync();

    public async Task<string> PostAsync(string path) => await (await SendAsync(HttpMethod.Post, path)).Content.ReadAsStringAsync();

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpCompletionOption until = HttpCompletionOption.ResponseContentRead, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Cookie", CookieHeader);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await _http.SendAsync(request, until);
        Keep(response);
        return response;
    }

    public async Task<ClientWebSocket> OpenSocketAsync(string path)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", CookieHeader);
        await socket.ConnectAsync(new Uri($"ws://{address.Authority}{path}"), CancellationToken.None);
        return socket;
    }

    public void Dispose() => _http.Dispose();

    private void Keep(HttpResponseMessage response)
    {
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [])
        {
            var (name, value) = (cookie.Split('=')[0], cookie.Split('=', 2)[1].Split(';')[0]);
            Cookies.Remove(name);
            if (value.Length > 0)
            {
                Cookies.Add(name, value);
            }
        }
    }
}
