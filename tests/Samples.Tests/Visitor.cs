using System.Net;
using System.Net.Http.Json;

namespace OrleansSessions.Samples.Tests;

/// <summary>A browser, as far as a sample needs one: it keeps a cookie.</summary>
internal sealed class Visitor(HttpClient http)
{
    private string? _cookie;

    /// <summary>The same browser at another front end.</summary>
    public Visitor At(HttpClient other) => new(other) { _cookie = _cookie };

    public async Task<HttpStatusCode> PostAsync(string path, object? body = null)
    {
        using var answer = await SendAsync(HttpMethod.Post, path, body);
        return answer.StatusCode;
    }

    public async Task<HttpStatusCode> GetAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null);
        return answer.StatusCode;
    }

    public async Task<string> ReadAsync(HttpMethod method, string path)
    {
        using var answer = await SendAsync(method, path, null);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (_cookie is not null)
        {
            request.Headers.Add("Cookie", _cookie);
        }

        var answer = await http.SendAsync(request);
        if (answer.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            _cookie = cookies.Single().Split(';')[0];
        }

        return answer;
    }
}
