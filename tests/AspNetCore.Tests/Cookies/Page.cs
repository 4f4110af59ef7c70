using System.Net;
using System.Security.Claims;
using System.Text.Json;

namespace OrleansSessions.AspNetCore.Tests.Cookies;

/// <summary>A response, as far as cookie authentication has to do with it.</summary>
internal sealed record Page(HttpStatusCode Status, string? Location, string[] SetCookies, HttpResponseMessage Response, string Text, Page.Body? Content)
{
    public string? SetCookie => SetCookies.SingleOrDefault();

    /// <summary>The cookie that the browser got, for the next request; null for none, and where it was taken back.</summary>
    public string? Cookie => SetCookie is { } set && !set.Split('=', ';')[1].Equals("", StringComparison.Ordinal) ? set.Split(';')[0] : null;

    public string? Name => Claim(ClaimTypes.Name);

    public string? Claim(string type) => Content?.Claims.SingleOrDefault(claim => claim[0] == type)?[1];

    public string? Item(string key) => Content?.Items.GetValueOrDefault(key);

    public static async Task<Page> ReadAsync(HttpResponseMessage response)
    {
        var cookies = response.Headers.TryGetValues("Set-Cookie", out var values) ? values.ToArray() : [];
        var text = await response.Content.ReadAsStringAsync();
        var body = text.StartsWith("{\"claims\"", StringComparison.Ordinal) ? JsonSerializer.Deserialize<Body>(text, JsonSerializerOptions.Web) : null;
        return new Page(response.StatusCode, response.Headers.Location?.OriginalString, cookies, response, text, body);
    }

    internal sealed record Body(string[][] Claims, Dictionary<string, string?> Items);
}
