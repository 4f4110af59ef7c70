using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;

namespace OrleansSessions.AspNetCore.Tests.Cookies;

/// <summary>A response, as far as cookie authentication has to do with it.</summary>
internal sealed record Page(HttpStatusCode Status, string? Location, string[] SetCookies, HttpResponseMessage Response, Page.Body? Content)
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
        var isDescription = response.Content.Headers.ContentType?.MediaType == "application/json" && response.StatusCode == HttpStatusCode.OK;
        var body = isDescription ? await response.Content.ReadFromJsonAsync<Body>() : null;
        return new Page(response.StatusCode, response.Headers.Location?.OriginalString, cookies, response, body);
    }

    internal sealed record Body(string[][] Claims, Dictionary<string, string?> Items);
}
