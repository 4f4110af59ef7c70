using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansSessions.Cluster.Tests.Harness;
using OrleansSessions.History;

namespace OrleansSessions.Cluster.Tests.Histories;

/// <summary>A user with several browsers, whose every request is written down.</summary>
internal sealed class RecordedUser(string name, HistoryRecorder recorder)
{
    private const string Password = "correct horse battery staple";

    private static readonly HttpClient Http =
        new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(90) };

    private readonly List<string> _tokens = [];

    /// <summary>The tokens of all sessions so far, the dead ones among them.</summary>
    public string[] Tokens
    {
        get
        {
            lock (_tokens)
            {
                return [.. _tokens];
            }
        }
    }

    public async Task RegisterAsync(RunningServer frontEnd)
    {
        using var answer = await SendAsync(frontEnd, HttpMethod.Post, "/api/accounts", null, Credentials());
        answer.EnsureSuccessStatusCode();
    }

    public Task<string?> SignInAsync(RunningServer frontEnd)
    {
        var operation = Client(frontEnd).SignIn(name);
        return EndAsync(operation, async () =>
        {
            using var answer = await SendAsync(frontEnd, HttpMethod.Post, "/api/session", null, Credentials());
            if (answer.StatusCode != HttpStatusCode.Created)
            {
                Fail(operation, answer);
                return null;
            }

            var token = answer.Headers.GetValues("Set-Cookie").Single(static cookie => cookie.StartsWith(Browser.CookieName, StringComparison.Ordinal))
                .Split(';')[0][(Browser.CookieName.Length + 1)..];
            operation.SignedIn(Credential.FromToken(name, token), (int)answer.StatusCode);
            lock (_tokens)
            {
                _tokens.Add(token);
            }

            return token;
        });
    }

    public Task VisitAsync(RunningServer frontEnd, string token)
    {
        var operation = Client(frontEnd).Validate(Credential.FromToken(name, token));
        return EndAsync(operation, async () =>
        {
            using var answer = await SendAsync(frontEnd, HttpMethod.Get, "/api/session", token);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                var session = await answer.Content.ReadFromJsonAsync<JsonElement>();
                operation.Accepted(session.GetProperty("userName").GetString()!, (int)answer.StatusCode);
            }
            else
            {
                Fail(operation, answer);
            }

            return token;
        });
    }

    public Task SignOutAsync(RunningServer frontEnd, string token) =>
        RevokeAsync(frontEnd, Client(frontEnd).Revoke(name, Credential.FromToken(name, token).SessionId), token, "/api/session");

    public Task EndOthersAsync(RunningServer frontEnd, string token) =>
        RevokeAsync(frontEnd, Client(frontEnd).RevokeAll(name, except: Credential.FromToken(name, token).SessionId), token, "/api/sessions?scope=others");

    public Task ListAsync(RunningServer frontEnd, string token)
    {
        var operation = Client(frontEnd).List(name);
        return EndAsync(operation, async () =>
        {
            using var answer = await SendAsync(frontEnd, HttpMethod.Get, "/api/sessions", token);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                var sessions = (await answer.Content.ReadFromJsonAsync<JsonElement[]>())!;
                operation.Listed(sessions.Select(static session => session.GetProperty("sessionId").GetString()!), (int)answer.StatusCode);
            }
            else
            {
                Fail(operation, answer);
            }

            return token;
        });
    }

    /// <summary>Signs in, visits a good deal, looks at the list, signs out: again and again.</summary>
    public async Task UseAsync(IReadOnlyList<RunningServer> frontEnds, int seed, CancellationToken over)
    {
        var random = new Random(seed);
        while (!over.IsCancellationRequested)
        {
            var frontEnd = frontEnds[random.Next(frontEnds.Count)];
            var tokens = Tokens;
            var token = tokens.Length == 0 ? null : tokens[^(1 + random.Next(Math.Min(3, tokens.Length)))];
            await (token is null ? SignInAsync(frontEnd) : random.Next(100) switch
            {
                < 2 => SignInAsync(frontEnd),
                < 4 => SignOutAsync(frontEnd, token),
                < 5 => EndOthersAsync(frontEnd, token),
                < 8 => ListAsync(frontEnd, token),
                _ => VisitAsync(frontEnd, token),
            });
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(20)), TimeProvider.System, CancellationToken.None);
        }
    }

    private RecordingClient Client(RunningServer frontEnd) => recorder.Client(name, frontEnd.Name);

    private static Task<string?> RevokeAsync(RunningServer frontEnd, PendingOperation operation, string token, string path) => EndAsync(operation, async () =>
    {
        using var answer = await SendAsync(frontEnd, HttpMethod.Delete, path, token);
        if (answer.StatusCode == HttpStatusCode.NoContent)
        {
            operation.Ok((int)answer.StatusCode);
        }
        else
        {
            Fail(operation, answer);
        }

        return token;
    });

    private static void Fail(PendingOperation operation, HttpResponseMessage answer)
    {
        var cleared = answer.Headers.TryGetValues("Set-Cookie", out var cookies)
            && cookies.Any(static cookie => cookie.StartsWith($"{Browser.CookieName}=;", StringComparison.Ordinal));
        operation.Failed((int)answer.StatusCode, cleared);
    }

    /// <summary>A broken connection tells nothing of what was done.</summary>
    private static async Task<string?> EndAsync(PendingOperation operation, Func<Task<string?>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            operation.Unknown();
            return null;
        }
    }

    private static Task<HttpResponseMessage> SendAsync(RunningServer frontEnd, HttpMethod method, string path, string? token, object? body = null)
    {
        var request = new HttpRequestMessage(method, frontEnd.Address + path) { Content = body is null ? null : JsonContent.Create(body) };
        if (token is not null)
        {
            request.Headers.Add("Cookie", $"{Browser.CookieName}={token}");
        }

        return Http.SendAsync(request);
    }

    private object Credentials() => new { userName = name, password = Password };
}
