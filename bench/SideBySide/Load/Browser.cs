using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using OrleansSessions.Contenders;

namespace OrleansSessions.SideBySide;

/// <summary>What a browser does, over one pool of connections without a cookie jar of its own.</summary>
internal static class Browser
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>The client behind all of it.</summary>
    public static HttpClient Client { get; } = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(75),
    };

    /// <summary>Signs in, and returns what to send as cookies from then on; null where it was refused.</summary>
    public static async Task<string?> SignInAsync(Uri server, string user, CancellationToken cancellationToken)
    {
        using var response = await Client.PostAsync(new Uri(server, $"/sign-in?user={user}"), null, cancellationToken);
        return response.IsSuccessStatusCode ? CookiesOf(response) : null;
    }

    /// <summary>Signs many users in, each once, spread over the servers. Returns their cookies.</summary>
    public static async Task<string[]> SignInAsync(
        IReadOnlyList<Uri> servers, int users, CancellationToken cancellationToken, int first = 0)
    {
        var cookies = new string[users];
        var degree = new ParallelOptions { MaxDegreeOfParallelism = 48, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, users, degree, async (i, ct) =>
            cookies[i] = await SignInAsync(servers[i % servers.Count], $"user-{first + i:D7}", ct)
                ?? throw new InvalidOperationException("A sign-in was refused."));
        return cookies;
    }

    /// <summary>Asks who is signed in.</summary>
    public static async Task<HttpStatusCode> VisitAsync(Uri server, string cookies, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, "/me"));
        request.Headers.TryAddWithoutValidation("Cookie", cookies);
        using var response = await Client.SendAsync(request, cancellationToken);
        return response.StatusCode;
    }

    /// <summary>Asks who is signed in, and takes no other answer than that one is.</summary>
    public static async Task OpenAsync(Uri server, string cookies, CancellationToken cancellationToken)
    {
        var status = await VisitAsync(server, cookies, cancellationToken);
        if (status != HttpStatusCode.OK)
        {
            throw new InvalidOperationException($"A visit was answered {(int)status}.");
        }
    }

    /// <summary>Signs out.</summary>
    public static async Task SignOutAsync(Uri server, string cookies, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, "/sign-out"));
        request.Headers.TryAddWithoutValidation("Cookie", cookies);
        using var response = await Client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Signs out, and tells whether that was answered with success.</summary>
    public static async Task<bool> TrySignOutAsync(Uri server, string cookies, CancellationToken cancellationToken)
    {
        try
        {
            await SignOutAsync(server, cookies, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Visits, and has the session renewed. Returns what to send as cookies from then on, if that is something else.</summary>
    public static async Task<string?> RenewAsync(Uri server, string cookies, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, "/renew"));
        request.Headers.TryAddWithoutValidation("Cookie", cookies);
        using var response = await Client.SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode && response.Headers.Contains("Set-Cookie") ? CookiesOf(response) : null;
    }

    /// <summary>Asks a process how it is.</summary>
    public static async Task<ServerStats> ReadStatsAsync(Uri process, bool collect, CancellationToken cancellationToken) =>
        (await Client.GetFromJsonAsync<ServerStats>(new Uri(process, collect ? "/stats?collect=true" : "/stats"), cancellationToken))!;

    /// <summary>Waits until an address answers with success.</summary>
    public static Task WaitUntilUpAsync(Uri address, CancellationToken cancellationToken) =>
        WaitUntilAsync(
            async () =>
            {
                using var response = await Client.GetAsync(address, cancellationToken);
                return response.IsSuccessStatusCode;
            },
            cancellationToken);

    /// <summary>Waits until something is so; a failed connection means not yet.</summary>
    public static async Task WaitUntilAsync(Func<Task<bool>> isSo, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await IsSoAsync(isSo))
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException("A process did not come up.");
            }

            await Task.Delay(50, cancellationToken);
        }
    }

    private static string CookiesOf(HttpResponseMessage response) => string.Join(
        "; ", response.Headers.TryGetValues("Set-Cookie", out var values) ? values.Select(cookie => cookie.Split(';')[0]) : []);

    private static async Task<bool> IsSoAsync(Func<Task<bool>> isSo)
    {
        try
        {
            return await isSo();
        }
        catch (Exception e) when (e is HttpRequestException or SocketException)
        {
            return false;
        }
    }
}
