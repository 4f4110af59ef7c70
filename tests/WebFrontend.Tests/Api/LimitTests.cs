using System.Net;
using OrleansSessions.Accounts;

namespace OrleansSessions.WebFrontend.Tests;

/// <summary>What limits count, and what they must not.</summary>
public sealed class LimitTests(Cluster cluster) : FrontEndTest(cluster)
{
    private const string WrongPassword = "not the password";

    [Theory]
    [InlineData(6)]
    [InlineData(12)]
    [InlineData(24)]
    public async Task C24_right_sign_ins_at_once_all_succeed(int count)
    {
        // Fewer places than sign-ins, so that these wait for their turn, too.
        await using var strict = await TestFrontEnd.StartAsync(Cluster, null, "--OrleansSessions:Web:FailedSignInsPerSource=4");
        var userName = await RegisteredAsync();

        var statuses = await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            using var browser = strict.Browser();
            using var response = await browser.SignInAsync(userName);
            return response.StatusCode;
        }));

        Assert.All(statuses, static status => Assert.Equal(HttpStatusCode.Created, status));
    }

    [Fact]
    public async Task C24_right_sign_ins_among_wrong_guesses_leave_the_limit_as_it_is()
    {
        var userName = await RegisteredAsync();
        using var right = FrontEnd.Browser();
        using var signIn = await right.SignInAsync(userName);

        var wrong = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            using var browser = FrontEnd.Browser();
            using var response = await browser.SignInAsync(userName, $"guess number {i}");
            return response.StatusCode;
        }));
        using var stranger = FrontEnd.Browser();
        using var locked = await stranger.SignInAsync(userName);

        Assert.All(wrong, static status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        Assert.Equal(HttpStatusCode.Unauthorized, locked.StatusCode);
    }

    [Fact]
    public async Task C24_G2_a_right_password_takes_back_its_own_count_and_none_of_those_under_way()
    {
        var account = Cluster.Client.GetAccount(await RegisteredAsync());
        var attempts = new List<PasswordAttempt>();
        for (var i = 0; i < 5; i++)
        {
            attempts.Add(await account.BeginAttemptAsync(null));
        }

        Assert.All(attempts, static attempt => Assert.True(attempt.Allowed));
        Assert.True((await account.BeginAttemptAsync(null)) is { Allowed: false, IsUndecided: true });
        await account.CompleteAttemptAsync(new AttemptCompletion
        {
            Number = attempts[0].Number,
            Device = "phone",
            PasswordHash = attempts[0].PasswordHash!,
        });
        attempts[0] = await account.BeginAttemptAsync(null);
        Assert.True(attempts[0].Allowed);
        Assert.True((await account.BeginAttemptAsync(null)) is { Allowed: false, IsUndecided: true });

        // All of them wrong: the limit is used up, and nobody waits.
        foreach (var attempt in attempts)
        {
            await account.FailAttemptAsync(attempt.Number);
        }

        PasswordAttempt last;
        do
        {
            last = await account.BeginAttemptAsync(null);
        }
        while (last.IsUndecided);
        Assert.False(last.Allowed);
        Assert.True(await account.KnowsDeviceAsync("phone"));
        Assert.False(await account.KnowsDeviceAsync("made up"));
    }

    [Fact]
    public async Task C29_failures_of_neighbours_lock_out_neither_a_known_device_nor_a_live_session()
    {
        await using var strict = await StrictAsync();
        var userName = await RegisteredAsync();
        using var known = (await SignedInAsync(userName)).At(strict);
        using var attacker = strict.Browser();
        await FailAsync(attacker, 3);

        using var stranger = strict.Browser();
        using var refused = await stranger.SignInAsync(userName);
        using var reauthenticated = await known.ReauthenticateAsync();
        using var changed = await known.ChangePasswordAsync(The.Password, The.OtherPassword);
        using var signedIn = await known.SignInAsync(userName, The.OtherPassword);
        known.Cookies.Remove("__Host-device");
        using var withoutDevice = await known.ReauthenticateAsync(The.OtherPassword);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, reauthenticated.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        Assert.Equal(HttpStatusCode.Created, signedIn.StatusCode);
        Assert.Equal(HttpStatusCode.OK, withoutDevice.StatusCode);
    }

    [Fact]
    public async Task C29_a_device_of_another_account_or_a_made_up_one_is_a_neighbour()
    {
        await using var strict = await StrictAsync();
        var userName = await RegisteredAsync();
        using var other = (await SignedInAsync()).At(strict);
        using var attacker = strict.Browser();
        await FailAsync(attacker, 3);

        other.Cookies.Remove("__Host-session");
        using var refused = await other.SignInAsync(userName);
        attacker.Cookies["__Host-device"] = new string('A', 22);
        using var alsoRefused = await attacker.SignInAsync(userName);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, alsoRefused.StatusCode);
    }

    [Fact]
    public async Task C29_a_known_device_that_guesses_is_limited_as_anyone()
    {
        await using var strict = await StrictAsync();
        var userName = await RegisteredAsync();
        using var known = (await SignedInAsync(userName)).At(strict);
        await FailAsync(known, 3);

        using var refused = await known.SignInAsync(userName);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
    }

    [Fact]
    public async Task C29_guesses_spread_over_front_ends_are_counted_together_and_exactly()
    {
        await using var one = await StrictAsync(7);
        await using var two = await StrictAsync(7, one);

        var statuses = await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            using var browser = (i % 2 == 0 ? one : two).Browser();
            browser.Headers["X-Forwarded-For"] = "198.51.100.77";
            using var response = await browser.SignInAsync(Some.UserName(), WrongPassword);
            return response.StatusCode;
        }));

        Assert.Equal(7, statuses.Count(static status => status == HttpStatusCode.Unauthorized));
        Assert.Equal(53, statuses.Count(static status => status == HttpStatusCode.TooManyRequests));
    }

    // A limit of its own begins a count of its own, apart from those of other tests at the same address.
    private async Task<TestFrontEnd> StrictAsync(int limit = 3, TestFrontEnd? beside = null)
    {
        _window += beside is null ? 1 : 0;
        return await TestFrontEnd.StartAsync(
            Cluster, null, $"--OrleansSessions:Web:FailedSignInsPerSource={limit}", $"--OrleansSessions:Web:FailedSignInWindow=00:00:{30 + _window}", "--OrleansSessions:Web:KnownProxies:0=127.0.0.1");
    }

    private static int _window;

    private static async Task FailAsync(TestBrowser browser, int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var response = await browser.SignInAsync(Some.UserName(), WrongPassword);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }
}
