using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using OrleansSessions.Accounts;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend.Tests;

public sealed class SignInTests(Cluster cluster) : FrontEndTest(cluster)
{
    private const string WrongPassword = "not the password";

    [Fact]
    public async Task G1_failures_of_one_source_end_in_429_and_successes_cost_nothing()
    {
        await using var strict = await TestFrontEnd.StartAsync(Cluster, null, "--OrleansSessions:Web:FailedSignInsPerSource=3");
        var userName = await RegisteredAsync();
        using var browser = strict.Browser();

        for (var i = 0; i < 5; i++)
        {
            using var success = await browser.SignInAsync(userName);
            Assert.Equal(HttpStatusCode.Created, success.StatusCode);
        }

        for (var i = 0; i < 3; i++)
        {
            using var failure = await browser.SignInAsync(Some.UserName(), WrongPassword);
            Assert.Equal(HttpStatusCode.Unauthorized, failure.StatusCode);
        }

        using var refused = await browser.SignInAsync(userName);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 300);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_sign_in_whose_session_ID_is_in_use_is_made_with_another_one()
    {
        var ids = new ConcurrentQueue<string>();
        await using var scope = new OwnCluster(static _ => { }, silo => silo.AddIncomingGrainCallFilter(async call =>
        {
            if (call.MethodName == nameof(ISessionGrain.SignInAsync))
            {
                ids.Enqueue(call.TargetId.Key.ToString()!);
                if (ids.Count == 1)
                {
                    call.Result = new SessionSignInResult(SignInStatus.AlreadyUsed);
                    return;
                }
            }

            await call.Invoke();
        }));
        await using var frontEnd = await scope.StartFrontEndAsync();
        using var browser = frontEnd.Browser();

        using var register = await browser.RegisterAsync("alice");

        using var response = await browser.SignInAsync("alice");

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.NotNull(response.SetCookie("__Host-session"));
        Assert.Equal(2, ids.Distinct().Count());
    }

    [Fact]
    public async Task F14_a_sign_in_that_cannot_end_the_session_it_replaces_succeeds_and_the_old_session_stays_in_the_list()
    {
        await using var scope = new OwnCluster(static _ => { }, silo => silo.AddIncomingGrainCallFilter(static call =>
            call.InterfaceMethod.Name == nameof(ISessionGrain.RevokeAsync)
                && call.Request.GetArgument(0) is RevocationRequest { Reason: RevocationReason.Superseded }
                ? throw new TimeoutException()
                : call.Invoke()));
        await using var frontEnd = await scope.StartFrontEndAsync(static builder =>
            builder.Services.PostConfigure<SessionClientOptions>(static options => options.RevocationBudget = TimeSpan.FromSeconds(1)));
        using var browser = frontEnd.Browser();
        using var register = await browser.RegisterAsync("alice");
        using var first = await browser.SignInAsync("alice");
        var held = browser.SessionId;

        using var second = await browser.SignInAsync("alice");

        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.NotEqual(held, browser.SessionId);
        using var list = await browser.GetAsync("/api/sessions");
        var sessions = (await TestBrowser.ReadJsonAsync(list)).EnumerateArray().Select(each => each.GetProperty("sessionId").GetString());
        Assert.Equal([browser.SessionId, held], sessions);
    }

    [Fact]
    public async Task G1_registrations_of_one_source_end_in_429()
    {
        await using var strict = await TestFrontEnd.StartAsync(Cluster, null, "--OrleansSessions:Web:RegistrationsPerSource=2");
        using var browser = strict.Browser();
        var statuses = new List<HttpStatusCode>();

        for (var i = 0; i < 3; i++)
        {
            using var response = await browser.RegisterAsync(Some.UserName());
            statuses.Add(response.StatusCode);
        }

        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.TooManyRequests], statuses);
    }

    [Fact]
    public async Task G2_of_200_wrong_guesses_at_once_no_more_than_the_limit_are_evaluated()
    {
        var hasher = new CountingHasher();
        await using var counted = await TestFrontEnd.StartAsync(
            Cluster, builder => builder.Services.AddSingleton<IPasswordHasher<object>>(hasher));
        await using var other = await TestFrontEnd.StartAsync(
            Cluster, builder => builder.Services.AddSingleton<IPasswordHasher<object>>(hasher));
        var userName = await RegisteredAsync();
        hasher.Victim = await HashOfAsync(userName);

        var guesses = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            using var browser = (i % 2 == 0 ? counted : other).Browser();
            using var response = await browser.SignInAsync(userName, $"guess number {i}");
            return response.StatusCode;
        }));

        Assert.All(guesses, static status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        Assert.InRange(hasher.Evaluated, 1, 5);
        using var right = counted.Browser();
        using var locked = await right.SignInAsync(userName);
        Assert.Equal(HttpStatusCode.Unauthorized, locked.StatusCode);
        Assert.InRange(hasher.Evaluated, 1, 5);
    }

    [Fact]
    public async Task G3_guesses_from_elsewhere_do_not_lock_a_known_device_out()
    {
        var userName = await RegisteredAsync();
        using var owner = await SignedInAsync(userName);
        using var attacker = FrontEnd.Browser();
        for (var i = 0; i < 10; i++)
        {
            using var guess = await attacker.SignInAsync(userName, WrongPassword);
        }

        using var stranger = FrontEnd.Browser();
        using var locked = await stranger.SignInAsync(userName);
        using var known = await owner.SignInAsync(userName);

        Assert.Equal(HttpStatusCode.Unauthorized, locked.StatusCode);
        Assert.Equal(HttpStatusCode.Created, known.StatusCode);
    }

    [Fact]
    public async Task G3_the_cluster_knows_a_device_by_a_hash_which_is_no_device_cookie()
    {
        var userName = await RegisteredAsync();
        using var owner = await SignedInAsync(userName);
        var account = Cluster.Client.GetAccount(userName);
        for (var i = 0; i < 10; i++)
        {
            await account.BeginAttemptAsync(null);
        }

        var device = owner.Cookies["__Host-device"];
        Assert.False((await account.BeginAttemptAsync(device)).Allowed);
        Assert.True((await account.BeginAttemptAsync(SecretHash.Of(device).ToBase64Url())).Allowed);
    }

    [Fact]
    public async Task G4_every_failure_looks_the_same()
    {
        var locked = await RegisteredAsync();
        using var browser = FrontEnd.Browser();
        for (var i = 0; i < 10; i++)
        {
            using var guess = await browser.SignInAsync(locked, WrongPassword);
        }

        var answers = new HashSet<string>();
        foreach (var (userName, password) in new[]
        {
            (await RegisteredAsync(), WrongPassword),
            (Some.UserName(), WrongPassword),
            ("not a user name", WrongPassword),
            ("", ""),
            (await RegisteredAsync(), new string('x', 20_000)),
            (Some.UserName(), new string('x', 20_000)),
            (locked, The.Password),
        })
        {
            using var response = await browser.SignInAsync(userName, password);
            response.Headers.Remove("Date");
            var body = await TestBrowser.ReadJsonAsync(response);
            answers.Add($"{response.StatusCode}\n{response.Headers}\n{body.GetProperty("title")} {body.GetProperty("status")} {body.GetProperty("type")}");
        }

        Assert.Single(answers);
    }

    [Fact]
    public async Task G4_every_failure_takes_one_hash_of_the_present_parameters()
    {
        var hasher = new CountingHasher();
        await using var counted = await TestFrontEnd.StartAsync(
            Cluster, builder => builder.Services.AddSingleton<IPasswordHasher<object>>(hasher));
        using var browser = counted.Browser();
        var userName = await RegisteredAsync();

        foreach (var (name, password) in new[] { (userName, WrongPassword), (Some.UserName(), WrongPassword), ("?", "?"), (userName, new string('x', 500)) })
        {
            var before = hasher.Verifications;
            using var response = await browser.SignInAsync(name, password);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal(before + 1, hasher.Verifications);
        }
    }

    [Fact]
    public async Task G5_a_long_password_counts_to_its_last_character()
    {
        var password = string.Concat(Enumerable.Range(0, 128).Select(static i => char.ConvertFromUtf32(0x4E00 + (i * 37))));
        var userName = Some.UserName();
        using var browser = FrontEnd.Browser();

        using var register = await browser.RegisterAsync(userName, password);
        using var shortened = await browser.SignInAsync(userName, password[..127]);
        using var changed = await browser.SignInAsync(userName, password[..72] + "x" + password[73..]);
        using var right = await browser.SignInAsync(userName, password);

        Assert.Equal(HttpStatusCode.Created, register.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, shortened.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, changed.StatusCode);
        Assert.Equal(HttpStatusCode.Created, right.StatusCode);
    }

    [Fact]
    public async Task G5_a_megabyte_of_password_is_refused_unread()
    {
        using var browser = FrontEnd.Browser();

        using var response = await browser.SignInAsync(Some.UserName(), new string('x', 1_000_000));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task G6_a_hash_of_fewer_iterations_is_replaced_at_the_next_sign_in()
    {
        var userName = await RegisteredAsync();
        var old = await HashOfAsync(userName);
        await using var stronger = await TestFrontEnd.StartAsync(
            Cluster, builder => builder.Services.PostConfigure<PasswordHasherOptions>(static hasher => hasher.IterationCount = 2_000));
        using var browser = stronger.Browser();

        using var first = await browser.SignInAsync(userName);
        var renewed = await HashOfAsync(userName);
        using var second = await browser.SignInAsync(userName);

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.NotEqual(old, renewed);
        Assert.Equal(renewed, await HashOfAsync(userName));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task G7_another_site_can_neither_sign_in_nor_out(string header, string value)
    {
        var userName = await RegisteredAsync();
        using var browser = await SignedInAsync(userName);
        browser.Headers[header] = value;

        using var signIn = await browser.SignInAsync(userName);
        using var signOut = await browser.DeleteAsync("/api/session");
        using var form = await browser.PostFormAsync("/sign-in", new() { ["UserName"] = userName, ["Password"] = The.Password });

        Assert.All([signIn, signOut, form], static response =>
        {
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Null(response.SetCookie("__Host-session"));
        });
        Assert.Contains("came from another site", await form.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        browser.Headers.Clear();
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync());
    }

    [Fact]
    public async Task A_sign_in_past_the_limit_answers_409_where_the_policy_rejects()
    {
        await using var scope = new OwnCluster(static sessions => (sessions.MaxPerUser, sessions.LimitPolicy) = (1, Grains.LimitPolicy.Reject));
        await using var frontEnd = await scope.StartFrontEndAsync();
        var userName = Some.UserName();
        using var first = frontEnd.Browser();
        using var second = frontEnd.Browser();

        using var register = await first.RegisterAsync(userName);
        using var admitted = await first.SignInAsync(userName);
        using var refused = await second.SignInAsync(userName);

        Assert.Equal(HttpStatusCode.Created, admitted.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Null(refused.SetCookie("__Host-session"));
    }

    private async Task<string> HashOfAsync(string userName)
    {
        var account = Cluster.Client.GetAccount(userName);
        var attempt = await account.BeginAttemptAsync(null);
        await account.FailAttemptAsync(attempt.Number);
        return attempt.PasswordHash!;
    }
}
