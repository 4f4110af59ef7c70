namespace OrleansSessions.Browser.Tests.Samples;

/// <summary>A browser without pages, that keeps cookies and sends <c>Secure</c> ones to this machine as browsers do.</summary>
internal sealed class SampleClient(Sample sample) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(sample.Address) };

    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, headers);

    public Task<HttpResponseMessage> PostAsync(string path) => SendAsync(HttpMethod.Post, path, []);

    public async Task<string> ReadAsync(string path, params (string Name, string Value)[] headers) =>
        await (await GetAsync(path, headers)).Content.ReadAsStringAsync();

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", Cookies.Select(static cookie => $"{cookie.Key}={cookie.Value}")));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [])
        {
            var (name, value) = (cookie.Split('=')[0], cookie.Split('=', 2)[1].Split(';')[0]);
            Cookies.Remove(name);
            if (value.Length > 0)
            {
                Cookies.Add(name, value);
            }
        }

        return response;
    }
}
