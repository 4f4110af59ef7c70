using System.Net;
using System.Security.Cryptography;
using System.Text;
using OrleansSessions.Cluster.Tests.Harness;
using OrleansSessions.Testing;
using StackExchange.Redis;
using Xunit.Abstractions;

namespace OrleansSessions.Cluster.Tests.Storage;

/// <summary>What a session's life leaves behind in Redis and in the logs of all processes.</summary>
/// <remarks>
/// Allowed in clear: subjects, session IDs, times, devices, addresses and reasons; a secret's hash in its session's record;
/// the user name in its account's record and key.
/// </remarks>
public sealed class SecretsTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Logging__LogLevel__Default"] = "Debug",
        ["Logging__LogLevel__Microsoft"] = "Debug",
        ["Logging__LogLevel__Microsoft.AspNetCore"] = "Debug",
        ["Logging__LogLevel__Orleans"] = "Debug",
    };

    private readonly string _userName = $"distinctive-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
    private readonly string _password = $"a password {RandomNumberGenerator.GetHexString(16)}";
    private readonly string _nextPassword = $"the next password {RandomNumberGenerator.GetHexString(16)}";
    private readonly string _mistyped = $"in the wrong field {RandomNumberGenerator.GetHexString(16)}";
    private readonly List<SessionToken> _tokens = [];

    [RequiresProgramFact("redis-server")]
    public async Task I8_T10_neither_Redis_nor_a_log_holds_a_secret_a_password_or_a_claim()
    {
        var store = new RedisServer();
        await using var cluster = new RunningCluster(store, output, Settings);
        await cluster.StartAsync(silos: 2, frontEnds: 2);

        var live = await LiveAsync(cluster);

        var entries = await store.QueryAsync(ReadAllAsync);

        // Redis writes to its file before it answers, though it may flush it later.
        var files = string.Concat(Directory.EnumerateFiles(store.Folder, "*", SearchOption.AllDirectories).Select(ReadShared));
        var logs = string.Concat(cluster.Silos.Concat(cluster.FrontEnds).Select(static server => server.Process.Output));
        cluster.Note($"{entries.Count} keys, {files.Length} bytes of files, {logs.Length} characters of logs, the user name {logs.Split(_userName).Length - 1} times among them");
        Assert.Contains(live.SessionId, files, StringComparison.Ordinal);
        Assert.Contains("dbug: ", logs, StringComparison.Ordinal);

        var everything = string.Concat(entries.Select(static entry => $"{entry.Key}\n{entry.Value}\n")) + files + logs;
        foreach (var token in _tokens)
        {
            AssertAbsent("the secret of a cookie", token.ToCookieValue()[SessionToken.SessionIdLength..], everything);
            AssertAbsent("a key that seals a ticket", SealingKeyOf(token), everything);
            AssertAbsent("the hash of a secret", token.SecretHash.ToBase64Url(), logs);
        }

        AssertAbsent("a password", _password, everything);
        AssertAbsent("a password", _nextPassword, everything);
        AssertAbsent("a password in the wrong field", _mistyped, everything);
        var outsideAccount = string.Concat(entries.Where(entry => entry.Key != $"orleans-sessions/state/account/{_userName}").Select(static entry => $"{entry.Key}\n{entry.Value}\n"));
        AssertAbsent("the user name, a claim,", _userName, outsideAccount);
        var hash = live.SecretHash.ToBase64Url();
        Assert.Equal($"orleans-sessions/state/session/{live.SessionId}", Assert.Single(entries, entry => entry.Value.Contains(hash, StringComparison.Ordinal)).Key);
        AssertAbsent("the hash of a secret", hash, string.Concat(entries.Select(static entry => entry.Key)));
    }

    /// <summary>Registration, sign-ins, validations of each kind, rotation, change of the password, and a sign-out.</summary>
    /// <returns>The token of a session that goes on.</returns>
    private async Task<SessionToken> LiveAsync(RunningCluster cluster)
    {
        var (browser, other) = (cluster.OpenBrowser(), cluster.OpenBrowser());
        await PostAsync(browser, "/api/accounts", new { userName = _userName, password = _password }, HttpStatusCode.Created);
        await PostAsync(browser, "/api/session", new { userName = _userName, password = "not the password at all" }, HttpStatusCode.Unauthorized);
        await PostAsync(browser, "/api/session", new { userName = _mistyped, password = _password }, HttpStatusCode.Unauthorized);
        await PostAsync(browser, "/api/session", new { userName = _userName, password = _password }, HttpStatusCode.Created);
        await PostAsync(other, "/api/session", new { userName = _userName, password = _password }, HttpStatusCode.Created);
        await VisitAsync(browser, cluster);
        await VisitAsync(other, cluster);
        await PostAsync(browser, "/api/session/reauthenticate", new { password = _password }, HttpStatusCode.OK);
        Assert.Equal(3, _tokens.Distinct().Count());
        await VisitAsync(browser, cluster);
        await PostAsync(browser, "/api/account/password", new { currentPassword = _password, newPassword = _nextPassword }, HttpStatusCode.NoContent);
        Note(browser);

        // A cookie that is malformed, one of nobody, and the replaced one.
        var stranger = cluster.OpenBrowser();
        stranger.Plant(_tokens[0].ToCookieValue() + "x");
        Assert.Equal(HttpStatusCode.Unauthorized, await stranger.VisitAsync(cluster.FrontEnds[0]));
        stranger.Plant(_tokens[0].Rotate().ToCookieValue());
        Assert.Equal(HttpStatusCode.Unauthorized, await stranger.VisitAsync(cluster.FrontEnds[0]));

        await PostAsync(other, "/api/session", new { userName = _userName, password = _nextPassword }, HttpStatusCode.Created);
        await VisitAsync(other, cluster);
        Assert.Equal(HttpStatusCode.NoContent, await browser.SignOutAsync(cluster.FrontEnds[1]));
        return _tokens[^1];
    }

    /// <summary>A first visit at a front end is a read of the store, and those that follow earn a lease.</summary>
    private async Task VisitAsync(Browser browser, RunningCluster cluster)
    {
        Note(browser);
        foreach (var frontEnd in cluster.FrontEnds)
        {
            for (var i = 0; i < 4; i++)
            {
                Assert.Equal(HttpStatusCode.OK, await browser.VisitAsync(frontEnd));
            }
        }

        using var page = await browser.SendAsync(cluster.FrontEnds[1].Address, HttpMethod.Get, "/sessions");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    private async Task PostAsync(Browser browser, string path, object body, HttpStatusCode expected)
    {
        using var answer = await browser.SendAsync(browser.Address, HttpMethod.Post, path, body);
        Assert.Equal(expected, answer.StatusCode);
        Note(browser);
    }

    private void Note(Browser browser)
    {
        if (SessionToken.TryParse(browser.Token, out var token))
        {
            _tokens.Remove(token);
            _tokens.Add(token);
        }
    }

    private static byte[] SealingKeyOf(SessionToken token)
    {
        var key = new byte[SessionToken.SealingKeySize];
        token.DeriveSealingKey(key);
        return key;
    }

    private static void AssertAbsent(string what, string secret, string where) => AssertAbsent(what, Encoding.UTF8.GetBytes(secret), where);

    private static void AssertAbsent(string what, byte[] secret, string where)
    {
        if (Spellings.Find(where, secret) is { } spelling)
        {
            var at = where.IndexOf(spelling, StringComparison.Ordinal);
            Assert.Fail($"Found {what}: ...{where[Math.Max(0, at - 200)..Math.Min(where.Length, at + 100)]}...");
        }
    }

    /// <summary>Every key with its value, whatever its type.</summary>
    private static async Task<Dictionary<string, string>> ReadAllAsync(IDatabase redis)
    {
        var entries = new Dictionary<string, string>();
        foreach (var key in (string[])(await redis.ExecuteAsync("KEYS", "*"))!)
        {
            entries[key] = await redis.KeyTypeAsync(key) switch
            {
                RedisType.String => Text(await redis.StringGetAsync(key)),
                RedisType.Hash => string.Concat((await redis.HashGetAllAsync(key)).Select(static field => $"{Text(field.Name)} {Text(field.Value)}\n")),
                RedisType.List => string.Concat((await redis.ListRangeAsync(key)).Select(Text)),
                RedisType.Set => string.Concat((await redis.SetMembersAsync(key)).Select(Text)),
                RedisType.None => "",
                var type => throw new InvalidOperationException($"Nobody has said how to look through a {type}."),
            };
        }

        return entries;
    }

    private static string Text(RedisValue value) => Encoding.Latin1.GetString((byte[]?)value ?? []);

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
